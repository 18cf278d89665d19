package toystore.raft.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import toystore.replication.DiskWatch;
import toystore.replication.Effects;
import toystore.replication.Effects.Fact;
import toystore.replication.Effects.Promise;
import toystore.replication.Effects.Write;
import toystore.replication.Entry;
import toystore.replication.Message;

/** Gathers what one step brings about. Owned by {@link RaftCore}. */
final class Outbox {
  private final List<Message> toSend = new ArrayList<>();
  private final List<Message> toSendOnceDurable = new ArrayList<>();
  private final List<Entry> toAppend = new ArrayList<>();
  private final List<Entry> toApply = new ArrayList<>();
  private final List<Long> proven = new ArrayList<>();
  private final List<Long> unproven = new ArrayList<>();
  private final List<Fact> facts = new ArrayList<>();
  private final List<RaftCommand> commands = new ArrayList<>();
  private long truncateFrom;
  private boolean installs;
  /** Term and vote as the last write has them. */
  private Promise written;
  /** The write that brought them; durable once that is. */
  private long promiseWriteId;
  /** Invariant: persisted < nextWriteId. Writes end in the order of their ids. */
  private long persisted;

  private long nextWriteId = 1;
  private final DiskWatch disk;

  /** @param disk told of every write */
  Outbox(Promise written, DiskWatch disk) {
    this.written = written;
    this.disk = disk;
  }

  /** Leaves at once; only what no crash could make untrue. */
  void send(RaftMessage message) {
    toSend.add(message);
  }

  void sendOnceDurable(RaftMessage message) {
    toSendOnceDurable.add(message);
  }

  void append(Entry entry) {
    toAppend.add(entry);
  }

  void truncateFrom(long index) {
    if (truncateFrom != 0 || !toAppend.isEmpty()) {
      throw new IllegalStateException("truncates twice in one step");
    }
    truncateFrom = index;
  }

  void apply(Entry entry) {
    toApply.add(entry);
  }

  void proven(long readId) {
    proven.add(readId);
  }

  void unproven(long readId) {
    unproven.add(readId);
  }

  void fact(Fact fact) {
    facts.add(fact);
  }

  void command(RaftCommand command) {
    commands.add(command);
    installs |= command instanceof RaftCommand.InstallSnapshot;
  }

  void tick() {
    disk.tick(persisted + 1 < nextWriteId);
  }

  void persisted(long writeId) {
    if (writeId > persisted) {
      persisted = writeId;
      disk.wrote();
    }
  }

  /** Whether no crash could undo this promise. */
  boolean isDurable(Promise promise) {
    return promise.equals(written) && promiseWriteId <= persisted;
  }

  /** The id that this step's write will have, if there is one. */
  long nextWriteId() {
    return nextWriteId;
  }

  /** All that was gathered; empty again afterwards. */
  Effects drain(Promise promise, long committed, RaftLog log) {
    Optional<Write> write = Optional.empty();
    if (truncateFrom != 0 || !toAppend.isEmpty() || installs || !promise.equals(written)) {
      List<Entry> append = List.copyOf(toAppend);
      boolean rebuilding = promise.equals(Promise.NONE);
      write =
          Optional.of(new Write(nextWriteId, truncateFrom, append, promise, committed, rebuilding));
      log.writing(nextWriteId);
      promiseWriteId = promise.equals(written) ? promiseWriteId : nextWriteId;
      nextWriteId++;
      written = promise;
    }
    Effects effects = new Effects(
        List.copyOf(toSend),
        write,
        List.copyOf(toSendOnceDurable),
        List.copyOf(toApply),
        List.copyOf(proven),
        List.copyOf(unproven),
        List.copyOf(facts),
        List.copyOf(commands));
    clear();
    return effects;
  }

  private void clear() {
    toSend.clear();
    toSendOnceDurable.clear();
    toAppend.clear();
    toApply.clear();
    proven.clear();
    unproven.clear();
    facts.clear();
    commands.clear();
    truncateFrom = 0;
    installs = false;
  }
}
