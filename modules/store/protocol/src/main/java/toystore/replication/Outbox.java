package toystore.replication;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import toystore.replication.Effects.Command;
import toystore.replication.Effects.Fact;
import toystore.replication.Effects.Promise;
import toystore.replication.Effects.Write;

/** Gathers what one step of a core brings about. Owned by that core. */
public final class Outbox {
  private List<Message> toSend = new ArrayList<>();
  private List<Message> toSendOnceDurable = new ArrayList<>();
  private List<Entry> toAppend = new ArrayList<>();
  private List<Entry> toApply = new ArrayList<>();
  private List<Long> proven = new ArrayList<>();
  private List<Long> unproven = new ArrayList<>();
  private List<Fact> facts = new ArrayList<>();
  private List<Command> commands = new ArrayList<>();
  private long truncateFrom;

  /** Leaves at once; only what no crash could make untrue. */
  public void send(Message message) {
    toSend.add(message);
  }

  /** Leaves when all that was written up to this step is durable. */
  public void sendOnceDurable(Message message) {
    toSendOnceDurable.add(message);
  }

  public void append(Entry entry) {
    toAppend.add(entry);
  }

  /** Once a step, before what it appends: a disk truncates first. */
  public void truncateFrom(long index) {
    if (truncateFrom != 0 || !toAppend.isEmpty()) {
      throw new IllegalStateException("truncates from " + index + " late in a step");
    }
    truncateFrom = index;
  }

  public void apply(Entry entry) {
    toApply.add(entry);
  }

  public void proven(long readId) {
    proven.add(readId);
  }

  public void unproven(long readId) {
    unproven.add(readId);
  }

  public void fact(Fact fact) {
    facts.add(fact);
  }

  /** A line for the log, as {@code key=value} words. */
  public void note(String text) {
    fact(new Fact.Note(text));
  }

  public void command(Command command) {
    commands.add(command);
  }

  /** Whether this step changes the log. */
  public boolean changesLog() {
    return truncateFrom != 0 || !toAppend.isEmpty();
  }

  /** What this step writes of the log, with these. Asked for once a step. */
  public Write write(long id, Promise promise, long committed, boolean rebuilding) {
    return new Write(id, truncateFrom, List.copyOf(toAppend), promise, committed, rebuilding);
  }

  /** All that was gathered; empty again afterwards. */
  public Effects drain(Optional<Write> write) {
    Effects effects =
        new Effects(toSend, write, toSendOnceDurable, toApply, proven, unproven, facts, commands);
    toSend = new ArrayList<>();
    toSendOnceDurable = new ArrayList<>();
    toAppend = new ArrayList<>();
    toApply = new ArrayList<>();
    proven = new ArrayList<>();
    unproven = new ArrayList<>();
    facts = new ArrayList<>();
    commands = new ArrayList<>();
    truncateFrom = 0;
    return effects;
  }
}
