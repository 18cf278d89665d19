package toystore.simulation;

import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import toystore.replication.Message;
import toystore.virtualtime.Timeline;

/** What happened, for people: one line an event. Says nothing unless somebody reads it. */
final class Trace {
  static final Trace NONE = new Trace(null);

  private final Consumer<String> reader;
  private Timeline timeline;

  Trace(Consumer<String> reader) {
    this.reader = reader;
  }

  void follow(Timeline followed) {
    timeline = followed;
  }

  void note(Object who, String what) {
    if (reader != null) {
      reader.accept(String.format(Locale.ROOT, "%6d ms  %-12s %s", timeline.now(), who, what));
    }
  }

  void note(Object who, Supplier<String> what) {
    if (reader != null) {
      note(who, what.get());
    }
  }

  void arrived(Replica to, Message message) {
    if (reader != null) {
      note(to, "<- order-" + message.from() + " " + message);
    }
  }

  void call(Call<?> call) {
    if (reader != null) {
      note(call.to, "<- " + call.from + " " + call.what);
    }
  }

  void answer(Call<?> call, Object answer) {
    if (reader != null) {
      note(call.from, "<- " + call.to + " " + call.what + ": " + answer);
    }
  }
}
