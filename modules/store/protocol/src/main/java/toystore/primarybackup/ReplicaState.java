package toystore.primarybackup;

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
import toystore.replication.OlderEntries;
import toystore.replication.OrderLog;
import toystore.replication.Outbox;
import toystore.replication.Quorum;
import toystore.replication.WriteProgress;

/**
 * What a replica knows and holds, shared by all its phases, and the effects of the step under way.
 * Every change of durable state goes through here, so that it is in that step's write.
 */
final class ReplicaState {
  private static final int MOST_STUCK = 10;

  private final int id;
  private final List<Integer> peers;
  private final Quorum quorum;
  private final PrimaryBackupOptions options;
  private final OrderLog log;
  private final Outbox out = new Outbox();
  private final WriteProgress writes;

  // Invariant: its epoch never falls, and no entry of the log is of a later one unless rebuilding.
  private Promise promise;
  private boolean rebuilding;
  // Invariant: applied <= committed; every entry is handed out to be applied once.
  private long applied;
  private long known;

  private boolean dirty;
  /** Since a leader last sent entries that this log took in. */
  private int ticksSinceAppended = Integer.MAX_VALUE;

  ReplicaState(
      int id,
      List<Integer> members,
      DurableState durable,
      OlderEntries older,
      PrimaryBackupOptions options) {
    if (!members.contains(id) || members.stream().distinct().count() != members.size()) {
      throw new IllegalArgumentException("id=" + id + " members=" + members);
    }
    this.id = id;
    this.peers = members.stream().filter(member -> member != id).toList();
    this.quorum = new Quorum(members.size());
    this.options = options;
    this.log = new OrderLog(durable.base(), durable.entries(), durable.committed(), older);
    this.promise = durable.promise();
    DiskWatch disk = new DiskWatch(options.stuckTicks(), MOST_STUCK * options.stuckTicks());
    this.writes = new WriteProgress(promise, log.lastIndex(), disk);
    this.rebuilding = durable.rebuilding();
    this.applied = durable.applied();
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
    return writes.durable();
  }

  boolean promisedTo(long epoch, int leader) {
    return promise.epoch() == epoch && promise.leader() == leader;
  }

  /** Whether its promise survives a crash. */
  boolean promiseIsDurable() {
    return writes.isDurable(promise);
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
    out.append(entry);
    dirty = true;
  }

  /** Takes over entries that follow a position of the log, replacing what conflicts with them. */
  void adopt(List<Entry> entries) {
    int held = Rules.alreadyHeld(log, entries);
    if (entries.isEmpty()) {
      return;
    }
    long keep = entries.get(0).index() - 1 + held;
    if (Rules.mustTruncate(log, keep, entries.size() - held)) {
      truncateFrom(keep + 1);
    }
    entries.subList(held, entries.size()).forEach(this::append);
  }

  private void truncateFrom(long index) {
    log.truncateFrom(index);
    out.truncateFrom(index);
    writes.truncatedFrom(index);
    dirty = true;
  }

  void commitTo(long index) {
    log.commitTo(index);
  }

  /** Time goes on. */
  void tick() {
    writes.tick();
    ticksSinceAppended =
        ticksSinceAppended == Integer.MAX_VALUE ? ticksSinceAppended : ticksSinceAppended + 1;
  }

  /** A leader's entries are in the log. */
  void appended() {
    ticksSinceAppended = 0;
  }

  /** Whether a leader is bringing this log level: then nobody else need do it. */
  boolean isBroughtLevel() {
    return ticksSinceAppended < options.retryTicks();
  }

  /** Whether its disk has ended no write for so long that others would do better. */
  boolean diskIsStuck() {
    return writes.isStuck();
  }

  void persisted(long writeId) {
    writes.ended(writeId);
  }

  void send(Message message) {
    out.send(message);
  }

  void sendOnceDurable(Message message) {
    out.sendOnceDurable(message);
  }

  void proven(long readId) {
    out.proven(readId);
  }

  void unproven(long readId) {
    out.unproven(readId);
  }

  void fact(Fact fact) {
    out.fact(fact);
  }

  void note(String text) {
    out.note(text);
  }

  /** The entries that are not applied, the latest effects included. */
  List<Entry> unapplied() {
    return log.slice(applied + 1, Math.toIntExact(log.lastIndex() - applied));
  }

  /** Ends the step: all that it brought about. */
  Effects takeEffects() {
    Optional<Write> write = dirty ? Optional.of(takeWrite()) : Optional.empty();
    while (applied < log.committed()) {
      applied++;
      out.apply(log.entryAt(applied));
    }
    log.keepInMemory(options.keptEntries(), writes.durable());
    return out.drain(write);
  }

  private Write takeWrite() {
    Write write = out.write(writes.nextId(), promise, log.committed(), rebuilding);
    writes.begin(log.lastIndex(), promise);
    dirty = false;
    return write;
  }
}
