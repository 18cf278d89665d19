package toystore.raft.core;

import java.util.List;
import toystore.model.LogPosition;
import toystore.model.PurchaseRequest;
import toystore.raft.core.RaftMessage.AppendReply;
import toystore.raft.core.RaftMessage.SnapshotReply;
import toystore.raft.core.RaftMessage.TimeoutNow;
import toystore.replication.Effects.Fact;
import toystore.replication.Entry;

/**
 * One term's leadership: appends, commits, confirms, hands over (Raft figure 2, "Leaders"). Owned
 * by {@link RaftCore}, which drops it when the term ends.
 */
final class LeaderRole {
  /** Election timeouts after which an office that was not taken is offered again. */
  private static final int PAUSE_ELECTIONS = 30;

  private final RaftState self;
  private final Replicator replicator;
  private final ReadRounds reads;
  private final LeadershipTransfer transfer = new LeadershipTransfer();
  /** Where its no-op goes: with it, all that earlier terms left is committed. */
  private final long firstOwnIndex;
  /** Invariant: established only once begun. Before, it appends nothing. */
  private boolean begun;
  /** Whether it has committed in its own term: only then it may say what is committed, and read. */
  private boolean established;

  private int heartbeatElapsed;
  private int ticksToHandOver;

  LeaderRole(RaftState self, LogPosition saved) {
    this.self = self;
    replicator = new Replicator(self, saved);
    reads = new ReadRounds(self.out);
    firstOwnIndex = self.log.last().index() + 1;
    ticksToHandOver = self.options.electionTicks();
  }

  Replicator replicator() {
    return replicator;
  }

  /** Says who leads, and waits until the catalog says that nothing is missing here. */
  void announce() {
    self.out.fact(new Fact.Elected(self.term(), self.log.last()));
  }

  /** The no-op that commits what earlier terms left (dissertation 6.4, step 1). */
  void begin() {
    if (begun) {
      return;
    }
    begun = true;
    replicator.begin();
    append(Entry.noOp(firstOwnIndex, self.term()));
    replicator.replicate();
  }

  private void append(Entry entry) {
    self.log.append(entry);
    self.out.append(entry);
  }

  void propose(List<PurchaseRequest> purchases) {
    if (!begun) {
      self.out.fact(new Fact.Note("dropped_proposals=" + purchases.size() + " begun=false"));
      return;
    }
    if (transfer.target() != 0) {
      transfer.holdBack(purchases);
      return;
    }
    for (PurchaseRequest purchase : purchases) {
      append(Entry.of(self.log.last().index() + 1, self.term(), purchase));
    }
    replicator.replicate();
  }

  void prove(long readId) {
    reads.add(readId);
  }

  /** One tick; false when no majority or no disk answers any more, and the leader must give up. */
  boolean tick() {
    replicator.tick();
    if (transfer.tick()) {
      // The next try would hold purchases back again.
      ticksToHandOver = PAUSE_ELECTIONS * self.options.electionTicks();
      List<PurchaseRequest> heldBack = transfer.takeHeldBack();
      if (!heldBack.isEmpty()) {
        propose(heldBack);
      }
    }
    if (replicator.deserted()) {
      return false;
    }
    if (self.diskHangs()) {
      // It could answer nobody: what the followers commit without it, it cannot apply.
      self.note("disk=HANGS");
      return false;
    }
    if (--ticksToHandOver <= 0) {
      ticksToHandOver = self.options.electionTicks();
      handOverToHighest();
    }
    if (++heartbeatElapsed >= self.options.heartbeatTicks()) {
      heartbeat();
    }
    return true;
  }

  private void heartbeat() {
    heartbeatElapsed = 0;
    if (established) {
      reads.begin(self.committed(), true);
      replicator.round(reads.round());
    }
    replicator.heartbeat();
    urge();
  }

  void onReply(AppendReply reply) {
    replicator.onReply(reply);
    if (reply.from() == transfer.target()) {
      urge();
    }
  }

  void onReply(SnapshotReply reply) {
    replicator.onReply(reply);
  }

  /** Draws the conclusions of a step: commits, and starts a round for reads that wait. */
  void settle() {
    // Its own disk counts like any other: only for what is durable there (dissertation 10.2.1).
    long index = replicator.matchOfMajority(self.writes.durable());
    // An entry of an earlier term, though a majority has it, may still be overwritten (Raft 5.4.2,
    // figure 8). It is committed with the first entry of this term that comes behind it.
    if (index > self.committed() && self.log.termAt(index) == self.term()) {
      self.commitThrough(index);
    }
    if (!established && self.committed() >= firstOwnIndex) {
      established = true;
      self.out.fact(new Fact.Established(self.term()));
    }
    reads.confirm(replicator.roundOfMajority());
    if (established && reads.begin(self.committed(), false)) {
      replicator.round(reads.round());
      replicator.beat();
    }
  }

  /** After what is committed has been applied. */
  void answerReads() {
    reads.answer(self.applied());
  }

  private void handOverToHighest() {
    int highest = self.options.peers().stream().reduce(0, Math::max);
    if (self.options.handOver()
        && established
        && highest > self.id()
        && replicator.has(highest, self.committed())) {
      handOver(highest);
    }
  }

  /** Gives the office to the best of the followers that answer, if there is one. */
  void resign() {
    replicator.successor().ifPresent(this::handOver);
  }

  private void handOver(int target) {
    if (transfer.target() == 0) {
      transfer.begin(target, self.options.electionTicks());
      self.note("handsOverTo=" + target);
      urge();
    }
  }

  /** Tells the successor to stand, once it has everything. */
  private void urge() {
    int target = transfer.target();
    if (target != 0 && replicator.has(target, self.log.last().index())) {
      self.out.send(new TimeoutNow(self.id(), target, self.term()));
    }
  }

  /** Whether it has appended an entry. */
  boolean begun() {
    return begun;
  }

  boolean established() {
    return established;
  }

  boolean quorate() {
    return replicator.quorate();
  }

  /** Another term, or none, goes on from here. */
  void end() {
    reads.giveUp();
  }
}
