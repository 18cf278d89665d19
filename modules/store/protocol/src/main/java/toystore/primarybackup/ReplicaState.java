package toystore.primarybackup;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import toystore.replication.DiskWatch;
import toystore.replication.DurableState;
import toystore.replication.Effects;
import toystore.replication.Effects.Fact;
import toystore.replication.Effects.Promise;
import toystore.replication.Effects.Write;
import toystore.replication.Entry;
import toystore.replication.Message;
import toystore.replication.OrderLog;
import toystore.replication.Quorum;

/**
 * What a replica knows and holds, shared by all its phases, and the effects of the step under way.
 * Every change of durable state goes through here, so that it is in that step's write.
 */
final class ReplicaState {
  /**
   * What is durable after a write.
   *
   * @param lastIndex where the disk's log ends then; less where a later write truncates it
   */
  private record Pending(long writeId, long lastIndex, long promised) {}

  private static final int MOST_STUCK = 10;

  private final int id;
  private final List<Integer> peers;
  private final Quorum quorum;
  private final PrimaryBackupOptions options;
  private final OrderLog log;
  private final DiskWatch disk;

  private Promise promise;
  private boolean rebuilding;
  private long applied;
  private long known;

  private long lastWriteId;
  private long writtenCommitted;
  private long durableIndex;
  private long durablePromise;
  private final Deque<Pending> pending = new ArrayDeque<>();

  private boolean dirty;
  private long truncatedFrom;
  private List<Entry> appended = new ArrayList<>();
  private List<Message> toSend = new ArrayList<>();
  private List<Message> toSendOnceDurable = new ArrayList<>();
  private List<Long> proven = new ArrayList<>();
  private List<Long> unproven = new ArrayList<>();
  private List<Fact> facts = new ArrayList<>();

  ReplicaState(int id, List<Integer> members, DurableState durable, PrimaryBackupOptions options) {
    if (!members.contains(id) || members.stream().distinct().count() != members.size()) {
      throw new IllegalArgumentException("id=" + id + " members=" + members);
    }
    this.id = id;
    this.peers = members.stream().filter(member -> member != id).toList();
    this.quorum = new Quorum(members.size());
    this.options = options;
    this.log = new OrderLog(durable.entries(), durable.committed());
    this.disk = new DiskWatch(options.stuckTicks(), MOST_STUCK * options.stuckTicks());
    this.promise = durable.promise();
    this.rebuilding = durable.rebuilding();
    this.applied = durable.applied();
    this.writtenCommitted = durable.committed();
    this.durableIndex = log.lastIndex();
    this.durablePromise = promise.epoch();
    if (applied > durable.committed()) {
      throw new IllegalArgumentException("applied=" + applied + " > " + durable.committed());
    }
  }

  int id() {
    return id;
  }

  /** The other replicas. */
  List<Integer> peers() {
    return peers;
  }

  Quorum quorum() {
    return quorum;
  }

  PrimaryBackupOptions options() {
    return options;
  }

  /** For reading; changed only by the methods here. */
  OrderLog log() {
    return log;
  }

  Promise promise() {
    return promise;
  }

  boolean rebuilding() {
    return rebuilding;
  }

  /** Highest committed index heard of from anyone. */
  long known() {
    return Math.max(known, log.committed());
  }

  /** Last index of the log that survives a crash. */
  long durableIndex() {
    return durableIndex;
  }

  boolean promisedTo(long epoch, int leader) {
    return promise.epoch() == epoch && promise.leader() == leader;
  }

  /** Whether its promise survives a crash. */
  boolean promiseIsDurable() {
    return durablePromise == promise.epoch();
  }

  void heardCommitted(long index) {
    known = Math.max(known, index);
  }

  void promise(Promise made) {
    if (made.epoch() < promise.epoch()) {
      throw new IllegalStateException("promise " + made + " after " + promise);
    }
    dirty |= !made.equals(promise);
    promise = made;
  }

  void rebuilt() {
    rebuilding = false;
    dirty = true;
  }

  void append(Entry entry) {
    if (entry.epoch() > promise.epoch() && !rebuilding) {
      throw new IllegalStateException("entry " + entry.position() + " beyond " + promise);
    }
    log.append(entry);
    appended.add(entry);
    dirty = true;
  }

  /** Takes over entries that follow a position of the log, replacing what conflicts with them. */
  void adopt(List<Entry> entries, Rules rules) {
    int held = rules.alreadyHeld(log, entries);
    if (entries.isEmpty()) {
      return;
    }
    long keep = entries.get(0).index() - 1 + held;
    if (rules.mustTruncate(log, keep, entries.size() - held)) {
      truncateFrom(keep + 1);
    }
    entries.subList(held, entries.size()).forEach(this::append);
  }

  private void truncateFrom(long index) {
    if (!appended.isEmpty()) {
      throw new IllegalStateException("truncate from " + index + " after an append in one step");
    }
    log.truncateFrom(index);
    truncatedFrom = index;
    dirty = true;
    // What an earlier write brought beyond this index is no longer what the log holds there.
    durableIndex = Math.min(durableIndex, index - 1);
    List<Pending> cut = pending.stream()
        .map(write ->
            new Pending(write.writeId(), Math.min(write.lastIndex(), index - 1), write.promised()))
        .toList();
    pending.clear();
    pending.addAll(cut);
  }

  void commitTo(long index) {
    log.commitTo(index);
  }

  /** Writes the committed index even if nothing else is to be written. */
  void writeCommitted() {
    dirty |= log.committed() > writtenCommitted && pending.isEmpty();
  }

  /** Time goes on. */
  void tick() {
    disk.tick(!pending.isEmpty());
  }

  /** Whether its disk has ended no write for so long that others would do better. */
  boolean diskIsStuck() {
    return disk.isStuck();
  }

  void persisted(long writeId) {
    while (!pending.isEmpty() && pending.peek().writeId() <= writeId) {
      disk.wrote();
      durableIndex = pending.peek().lastIndex();
      durablePromise = pending.poll().promised();
    }
  }

  void send(Message message) {
    toSend.add(message);
  }

  void sendOnceDurable(Message message) {
    toSendOnceDurable.add(message);
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

  void note(String text) {
    fact(new Fact.Note(text));
  }

  /** The entries that are not applied, the latest effects included. */
  List<Entry> unapplied() {
    return log.slice(applied + 1, Math.toIntExact(log.lastIndex() - applied));
  }

  /** Ends the step: all that it brought about. */
  Effects takeEffects() {
    Optional<Write> write = dirty ? Optional.of(takeWrite()) : Optional.empty();
    List<Entry> toApply = log.slice(applied + 1, Math.toIntExact(log.committed() - applied));
    applied = log.committed();
    Effects effects =
        new Effects(toSend, write, toSendOnceDurable, toApply, proven, unproven, facts);
    toSend = new ArrayList<>();
    toSendOnceDurable = new ArrayList<>();
    proven = new ArrayList<>();
    unproven = new ArrayList<>();
    facts = new ArrayList<>();
    return effects;
  }

  private Write takeWrite() {
    Write write =
        new Write(++lastWriteId, truncatedFrom, appended, promise, log.committed(), rebuilding);
    pending.add(new Pending(lastWriteId, log.lastIndex(), promise.epoch()));
    writtenCommitted = log.committed();
    dirty = false;
    truncatedFrom = 0;
    appended = new ArrayList<>();
    return write;
  }
}
