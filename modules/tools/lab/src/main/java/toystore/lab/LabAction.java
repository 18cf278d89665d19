package toystore.lab;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be done to a service. */
enum LabAction {
  KILL("was killed"),
  PAUSE("is paused: it has its memory and its connections, and says nothing"),
  RESUME("goes on"),
  START("was started"),
  CUT("is cut off: nothing that it sends, or that is sent to it, arrives"),
  HEAL("is connected again");

  private final String done;

  LabAction(String done) {
    this.done = done;
  }

  /** By the word in a path. */
  static Optional<LabAction> of(String word) {
    return Arrays.stream(values()).filter(action -> action.word().equals(word)).findFirst();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What was done, in one sentence. */
  String outcome(String service) {
    return service + " " + done + ".";
  }
}
