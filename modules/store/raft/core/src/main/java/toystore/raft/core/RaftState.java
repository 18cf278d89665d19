package toystore.raft.core;

import java.util.Optional;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.model.Role;
import toystore.replication.DiskWatch;
import toystore.replication.Effects;
import toystore.replication.Effects.Fact;
import toystore.replication.Effects.Promise;
import toystore.replication.Effects.Write;
import toystore.replication.Outbox;
import toystore.replication.WriteProgress;

/**
 * Where a replica stands: term, vote, role, log, commit index (Raft figure 2, "State"). Shared by
 * the parts of one {@link RaftCore}, and owned by it.
 */
final class RaftState {
  /**
   * Election timeouts, about a second in all, after which a write that does not end is no stall.
   */
  private static final int DISK_PATIENCE_ELECTIONS = 7;
  /** So many times as long where every write is slow. */
  private static final int MOST_DISK_PATIENCE = 3;

  final RaftOptions options;
  final RaftLog log;
  final Outbox out = new Outbox();
  final WriteProgress writes;

  /** Invariant: never falls, and what is sent of it is durable before (Raft figure 2). */
  private long term;
  /** In this term, or 0. Invariant: once it names somebody, it stays for the term (Raft 5.2). */
  private int votedFor;
  /** Who is followed now, or 0. */
  private int leader;
  /** Who was seen to lead this term, whether or not it is followed now; 0 while nobody was. */
  private int leaderOfTerm;

  private Role role;
  private boolean voter;
  /**
   * Invariant: applied <= committed <= known, and committed <= last of the log; none ever falls.
   */
  private long committed;

  private long applied;
  /** The highest index that anybody said is committed. */
  private long known;

  private Fact.RoleChanged told;
  /** Whether this step installs a snapshot, which is a write too. */
  private boolean installs;

  RaftState(RaftOptions options, Restored restored) {
    this.options = options;
    DiskWatch disk = new DiskWatch(diskPatience(), MOST_DISK_PATIENCE * diskPatience());
    long last = restored.base().index() + restored.entries().size();
    writes = new WriteProgress(restored.promise(), last, disk);
    log = new RaftLog(restored.base(), restored.entries(), writes);
    voter = !restored.promise().equals(Promise.NONE);
    term = restored.promise().epoch();
    votedFor = restored.promise().leader();
    role = voter ? Role.FOLLOWER : Role.REBUILDING;
    meet(restored.saved());
    committed = restored.saved().index();
    applied = committed;
    known = committed;
  }

  /** A crash while a snapshot was installed leaves the state ahead of the log, never behind. */
  private void meet(LogPosition saved) {
    if (saved.index() < log.base().index()) {
      throw new IllegalStateException("the log starts after " + log.base()
          + ", but the state ends at " + saved + ": entries between them are missing");
    }
    boolean held = saved.index() <= log.base().index() || log.holds(saved);
    if (!held) {
      log.coveredThrough(saved);
      writes.durableThrough(saved.index());
    }
  }

  int id() {
    return options.id();
  }

  long term() {
    return term;
  }

  int votedFor() {
    return votedFor;
  }

  int leader() {
    return leader;
  }

  Role role() {
    return role;
  }

  /** Whether this replica remembers all it ever promised; only then it counts for anything. */
  boolean voter() {
    return voter;
  }

  long committed() {
    return committed;
  }

  long applied() {
    return applied;
  }

  long known() {
    return known;
  }

  boolean leads() {
    return role == Role.LEADER;
  }

  /** Enters a later term, in which it has voted for nobody yet (Raft 5.1). */
  void enter(long laterTerm) {
    if (laterTerm <= term) {
      throw new IllegalStateException("term " + laterTerm + " after " + term);
    }
    term = laterTerm;
    votedFor = 0;
    leader = 0;
    leaderOfTerm = 0;
  }

  void vote(int candidate) {
    votedFor = candidate;
  }

  void become(Role newRole, int newLeader) {
    role = newRole;
    lead(newLeader);
  }

  private void lead(int newLeader) {
    leader = newLeader;
    leaderOfTerm = newLeader == 0 ? leaderOfTerm : newLeader;
  }

  /** A term has one leader (Raft 5.2): whether it may be this one, as far as this replica saw. */
  boolean mayLead(int replica) {
    return leaderOfTerm == 0 || leaderOfTerm == replica;
  }

  /**
   * It was silent for too long. Another leader of the same term there is only where a disk went
   * back and a vote was given twice; then the catalog lets no more than one of them append.
   */
  void forgetLeaderOfTerm() {
    leaderOfTerm = 0;
  }

  int leaderOfTerm() {
    return leaderOfTerm;
  }

  void note(String text) {
    out.note(text);
  }

  /** Follows this leader of the current term, or 0 for none yet. */
  void follow(int newLeader) {
    if (voter) {
      become(role == Role.CATCHING_UP ? role : Role.FOLLOWER, newLeader);
    } else {
      lead(newLeader);
    }
  }

  /** From here on it counts; it votes for nobody in the term at hand, where it may have voted. */
  void takePart(long highestTerm) {
    voter = true;
    if (highestTerm > term) {
      enter(highestTerm);
    }
    if (term == Epochs.NONE) {
      enter(Epochs.next(term, 0));
    }
    votedFor = id();
    role = Role.FOLLOWER;
  }

  /** Somebody knows that all up to here is committed. */
  void heardOf(long commitIndex) {
    known = Math.max(known, commitIndex);
    if (role == Role.FOLLOWER && known > log.last().index()) {
      role = Role.CATCHING_UP;
    } else if (role == Role.CATCHING_UP && known <= log.last().index()) {
      role = Role.FOLLOWER;
    }
  }

  /** All up to here, which the log must hold, is committed. */
  void commitThrough(long index) {
    if (index > log.last().index()) {
      throw new IllegalStateException("commits " + index + " beyond " + log.last());
    }
    committed = Math.max(committed, index);
    known = Math.max(known, committed);
  }

  /** The state machine has been, or is being, replaced by one that covers this position. */
  void restoreTo(LogPosition state) {
    log.coveredThrough(state);
    installs = true;
    committed = Math.max(committed, state.index());
    applied = Math.max(applied, state.index());
    heardOf(committed);
  }

  /**
   * Applies what is committed. It waits for this replica's own disk too, so that the state machine
   * is never ahead of the log but after a snapshot.
   */
  void applyCommitted() {
    long end = Math.min(committed, writes.durable());
    while (applied < end) {
      applied++;
      out.apply(log.entry(applied));
    }
  }

  /** What must be on disk: while rebuilding, nothing that could be taken for a memory. */
  Promise promise() {
    return voter ? new Promise(term, votedFor) : Promise.NONE;
  }

  /** Whether term and vote are on disk as they are here. */
  boolean promiseIsDurable() {
    return writes.isDurable(promise());
  }

  /** Whether the disk has reported neither success nor an error for longer than a stall takes. */
  boolean diskHangs() {
    return writes.isStuck();
  }

  /** Ticks after which a disk, whoever's, that gets nothing done is taken to hang. */
  int diskPatience() {
    return DISK_PATIENCE_ELECTIONS * options.electionTicks();
  }

  Effects drain() {
    Fact.RoleChanged now = new Fact.RoleChanged(role, term, leader);
    if (!now.equals(told)) {
      told = now;
      out.fact(now);
    }
    return out.drain(write());
  }

  private Optional<Write> write() {
    Promise promise = promise();
    if (!out.changesLog() && !installs && promise.equals(writes.written())) {
      return Optional.empty();
    }
    installs = false;
    boolean rebuilding = promise.equals(Promise.NONE);
    Write write = out.write(writes.nextId(), promise, committed, rebuilding);
    writes.begin(log.last().index(), promise);
    return Optional.of(write);
  }
}
