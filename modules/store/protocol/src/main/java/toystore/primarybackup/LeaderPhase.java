package toystore.primarybackup;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.model.PurchaseRequest;
import toystore.model.Role;
import toystore.primarybackup.PrimaryBackupMessage.AppendReply;
import toystore.primarybackup.PrimaryBackupMessage.AppendRequest;
import toystore.replication.Effects.Fact;
import toystore.replication.Entry;
import toystore.replication.OrderLog;

/**
 * Appends, replicates, commits by counting durable copies, and proves that it still leads. It ends
 * at the first sign of a later epoch.
 */
final class LeaderPhase implements Phase {
  /** Confirmed by requests that left after it: those of a later round. */
  private record Proof(long readId, long afterRound) {}

  private final ReplicaState state;
  private final long epoch;
  // Invariant: one for each peer, for as long as this leadership lasts.
  private final Map<Integer, FollowerProgress> followers = new HashMap<>();
  // Invariant: ordered by round, so the first is the first to be confirmed.
  private final Deque<Proof> proofs = new ArrayDeque<>();
  /** Invariant: every request of this leadership has another, and a later one a higher. */
  private long round;

  /** Invariant: never taken back; before it, what is committed here may lack what was answered. */
  private boolean established;

  private boolean deposed;

  /** @param promised last positions of those whose promises made this leadership */
  LeaderPhase(ReplicaState state, Map<Integer, LogPosition> promised) {
    this.state = state;
    this.epoch = state.promise().epoch();
    long end = state.log().lastIndex();
    for (int peer : state.peers()) {
      LogPosition last = promised.get(peer);
      long next = last == null ? end + 1 : Math.min(last.index(), end) + 1;
      followers.put(
          peer,
          new FollowerProgress(
              peer, next, last == null ? Integer.MAX_VALUE : 0, state.options().quorumTicks()));
    }
  }

  @Override
  public Role role() {
    return Role.LEADER;
  }

  /** It has committed an entry of its own epoch: its log is the truth. */
  boolean established() {
    return established;
  }

  /** A majority, itself included, answered recently. */
  boolean quorate() {
    long answering =
        followers.values().stream().filter(FollowerProgress::answers).count();
    return state.quorum().isMajority(1 + (int) answering);
  }

  @Override
  public void enter() {
    // Commits, with itself, all that was adopted.
    state.append(Entry.noOp(state.log().lastIndex() + 1, epoch));
    sendToAll();
  }

  void propose(List<PurchaseRequest> purchases) {
    for (PurchaseRequest purchase : purchases) {
      state.append(Entry.of(state.log().lastIndex() + 1, epoch, purchase));
    }
    sendToAll();
  }

  void prove(long readId) {
    proofs.add(new Proof(readId, round));
    sendToAll();
    settleProofs();
  }

  private void sendToAll() {
    for (FollowerProgress follower : followers.values()) {
      if (!follower.inFlight() && !follower.silent()) {
        send(follower);
      }
    }
  }

  private void send(FollowerProgress follower) {
    OrderLog log = state.log();
    // One that did not answer is probed without entries: a dead one must cost nothing.
    List<Entry> entries = follower.silent()
        ? List.of()
        : log.slice(follower.next(), state.options().maxEntries());
    LogPosition previous = log.positionAt(follower.next() - 1);
    round++;
    state.send(new AppendRequest(
        state.id(), follower.peer(), epoch, previous, entries, log.committed(), round));
    long shown = previous.index() + entries.size();
    follower.sent(round, shown, log.committed());
  }

  @Override
  public void tick() {
    for (FollowerProgress follower : followers.values()) {
      follower.tick();
      if (follower.inFlight() && follower.ticksSinceSent() >= state.options().retryTicks()) {
        follower.lost();
      }
      boolean heartbeat = follower.ticksSinceSent() >= state.options().heartbeatTicks();
      boolean news = !follower.silent()
          && (hasMoreFor(follower) || follower.toldCommitted() < state.log().committed());
      if (!follower.inFlight() && (heartbeat || news)) {
        send(follower);
      }
    }
    if (Rules.makesRoom(state.diskIsStuck(), othersAhead(), state.quorum())) {
      state.note("epoch=" + Epochs.text(epoch) + " disk=STUCK");
      resign();
    }
  }

  /** Those whose disks have what this replica's has not. */
  private int othersAhead() {
    return (int) followers.values().stream()
        .filter(follower -> follower.match() > state.durableIndex())
        .count();
  }

  @Override
  public void reply(PrimaryBackupMessage message) {
    if (message instanceof AppendReply reply && reply.epoch() == epoch) {
      appendReply(reply, followers.get(reply.from()));
    }
  }

  private void appendReply(AppendReply reply, FollowerProgress follower) {
    if (reply.promise().epoch() > epoch) {
      state.note("epoch=" + Epochs.text(epoch) + " overtaken_by="
          + Epochs.text(reply.promise().epoch()) + " replica=" + reply.from());
      deposed = true;
      return;
    }
    if (!fits(reply, follower)) {
      state.note("dropped=AppendReply from=" + reply.from() + " round=" + reply.round() + " match="
          + reply.match());
      return;
    }
    if (reply.promise().epoch() == epoch && reply.promise().leader() != state.id()) {
      // The epoch was given out twice, by a front-end that forgot. The next one is everybody's.
      state.note("epoch=" + Epochs.text(epoch) + " is_also_of="
          + reply.promise().leader() + " replica=" + reply.from());
      deposed = true;
      return;
    }
    if (reply.rebuilding()) {
      // It may have forgotten a promise to another: its answer proves nothing.
      follower.lost();
      return;
    }
    boolean current = follower.answered(reply.round());
    boolean goOn = reply.accepted() || current && follower.backTo(reply.match());
    if (reply.accepted()) {
      follower.matched(reply.match());
    }
    commit();
    settleProofs();
    if (goOn && !follower.inFlight() && hasMoreFor(follower)) {
      send(follower);
    }
  }

  /** Whether it answers what was asked: no later request, and no more than was shown. */
  private static boolean fits(AppendReply reply, FollowerProgress follower) {
    return reply.round() <= follower.sentRound()
        && (!reply.accepted() || reply.match() <= follower.shown());
  }

  /** Whether there are entries that it lacks, or proofs that its answer would help. */
  private boolean hasMoreFor(FollowerProgress follower) {
    boolean unproved = !proofs.isEmpty() && proofs.peekLast().afterRound() >= follower.sentRound();
    return follower.next() <= state.log().lastIndex() || unproved;
  }

  @Override
  public void persisted() {
    commit();
    settleProofs();
  }

  private void commit() {
    long own = state.durableIndex();
    long[] durable = LongStream.concat(
            LongStream.of(own), followers.values().stream().mapToLong(FollowerProgress::match))
        .toArray();
    long index = Rules.committable(own, durable, state.quorum());
    if (index > state.log().committed()
        && Rules.commitsByCounting(state.log().epochAt(index), epoch)) {
      state.commitTo(index);
      establish();
    }
  }

  private void establish() {
    if (!established) {
      established = true;
      state.fact(new Fact.Established(epoch));
    }
  }

  private void settleProofs() {
    while (established && !proofs.isEmpty() && confirmed(proofs.peek())) {
      state.proven(proofs.poll().readId());
    }
  }

  private boolean confirmed(Proof proof) {
    long confirming = followers.values().stream()
        .filter(follower -> Rules.confirms(follower.answeredRound(), proof.afterRound()))
        .count();
    return Rules.enoughConfirmations(1 + (int) confirming, state.quorum());
  }

  @Override
  public void unreachable(int peer) {
    followers.get(peer).lost();
  }

  /** Lets the followers know what is committed, and stops. */
  void resign() {
    for (FollowerProgress follower : followers.values()) {
      if (!follower.inFlight()
          && !follower.silent()
          && follower.toldCommitted() < state.log().committed()) {
        send(follower);
      }
    }
    deposed = true;
  }

  @Override
  public Phase next() {
    return deposed || !state.promisedTo(epoch, state.id()) ? new FollowerPhase() : this;
  }

  @Override
  public void leave() {
    proofs.forEach(proof -> state.unproven(proof.readId()));
    proofs.clear();
  }
}
