package toystore.raft.core;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import toystore.model.LogPosition;
import toystore.raft.core.RaftMessage.AppendReply;
import toystore.raft.core.RaftMessage.AppendRequest;
import toystore.raft.core.RaftMessage.SnapshotReply;
import toystore.raft.core.RaftMessage.SnapshotRequest;
import toystore.replication.Entry;

/**
 * Brings the followers' logs up to the leader's, by appends or by a snapshot, and knows who is how
 * far (Raft 5.3 and 7). Owned by {@link LeaderRole}.
 */
final class Replicator {
  /** How many tails of the log a follower that answers may be behind without a snapshot. */
  private static final int TAILS = 4;
  /** Election timeouts of silence after which the log waits for a follower no longer. */
  private static final int PATIENCE_ELECTIONS = 4;

  private final RaftState self;
  private final SortedMap<Integer, PeerProgress> peers = new TreeMap<>();
  private LogPosition saved;
  private long round;
  /**
   * Invariant: false until the catalog agrees with this log. Before, no follower is brought level:
   * what this log lacks, and a follower has, would be gone from there too.
   */
  private boolean begun;

  Replicator(RaftState self, LogPosition saved) {
    this.self = self;
    this.saved = saved;
    long next = self.log.last().index() + 1;
    for (int peer : self.options.peers()) {
      peers.put(
          peer,
          new PeerProgress(next, self.options.bounds().window(), self.options.electionTicks()));
    }
  }

  /** Snapshots sent from now on are of this position. */
  void saved(LogPosition position) {
    saved = position;
  }

  /**
   * The log behind this index must stay. A follower that is getting a snapshot will go on from
   * there, and one that is a little further behind than usual needs none.
   */
  long neededAfter() {
    long least = saved.index() - (long) TAILS * self.options.bounds().kept();
    return peers.values().stream()
        .filter(peer -> peer.silentTicks() <= PATIENCE_ELECTIONS * self.options.electionTicks())
        .mapToLong(peer -> peer.transfer() != null
            ? peer.transfer().state().index()
            : Math.max(peer.match(), least))
        .reduce(Long.MAX_VALUE, Math::min);
  }

  /** Number that goes with every message from now on (see {@link ReadRounds}). */
  void round(long newRound) {
    round = newRound;
  }

  void tick() {
    long last = self.log.last().index();
    peers.values().forEach(peer -> peer.tick(last));
  }

  /** From now on it changes its followers' logs. */
  void begin() {
    begun = true;
  }

  /** Sends to each peer what it lacks, as far as its window allows. */
  void replicate() {
    peers.forEach(this::replicateTo);
  }

  private void replicateTo(int peer, PeerProgress progress) {
    long last = self.log.last().index();
    while (begun
        && progress.ready()
        && (progress.mode() == PeerProgress.SendMode.PROBE || progress.next() <= last)) {
      if (progress.next() <= self.log.base().index()) {
        startSnapshot(peer, progress);
        return;
      }
      List<Entry> entries = self.log.from(progress.next(), self.options.bounds().batch());
      sendAppend(peer, before(progress.next()), entries);
      progress.sent(progress.next() - 1 + entries.size());
    }
  }

  private LogPosition before(long index) {
    return new LogPosition(self.log.termAt(index - 1), index - 1);
  }

  private void sendAppend(int peer, LogPosition previous, List<Entry> entries) {
    self.out.send(new AppendRequest(
        self.id(), peer, self.term(), previous, entries, self.committed(), round));
  }

  /** Says to all who leads, and tries again where something may have been lost. */
  void heartbeat() {
    peers.forEach((peer, progress) -> {
      boolean compacted = progress.next() <= self.log.base().index();
      if (begun && compacted && progress.mode() != PeerProgress.SendMode.SNAPSHOT) {
        // No heartbeat could tell what arrived or where the logs part: that place is gone.
        startSnapshot(peer, progress);
      }
      beat(peer, progress.overdue() ? progress.next() - 1 : progress.ground());
      Optional.ofNullable(progress.transfer())
          .map(SnapshotTransfer::overdue)
          .ifPresent(chunk -> sendChunk(peer, chunk));
    });
  }

  /** One message to each, which carries the round's number. */
  void beat() {
    peers.forEach((peer, progress) -> beat(peer, progress.ground()));
  }

  private void beat(int peer, long ground) {
    boolean held = begun && ground >= self.log.base().index();
    // Every log holds the start: that says no more than who leads. More must not be said before the
    // catalog agrees: a follower whose committed entries are others would take it for the truth.
    sendAppend(peer, held ? before(ground + 1) : LogPosition.START, List.of());
  }

  void onReply(AppendReply reply) {
    if (reply.round() > round || reply.index() > self.log.last().index()) {
      dropped(reply);
      return;
    }
    PeerProgress progress = peers.get(reply.from());
    progress.heard(reply.round(), reply.voter());
    if (reply.accepted()) {
      progress.accepted(reply.index());
    } else {
      progress.refused(reply.index(), self.log.lastWithin(reply.hint()).index());
    }
    replicateTo(reply.from(), progress);
  }

  void unreachable(int peer) {
    Optional.ofNullable(peers.get(peer)).ifPresent(PeerProgress::lost);
  }

  private void startSnapshot(int peer, PeerProgress progress) {
    long offset = Math.min(progress.match(), saved.index());
    progress.startSnapshot(new SnapshotTransfer(saved, offset));
    self.out.command(new RaftCommand.ReadSnapshot(peer, saved, offset));
    self.note("snapshot=" + saved.index() + " to=" + peer);
  }

  void onSnapshotRead(int peer, SnapshotChunk chunk) {
    Optional.ofNullable(peers.get(peer))
        .map(PeerProgress::transfer)
        .filter(transfer -> transfer.read(chunk))
        .ifPresent(transfer -> sendChunk(peer, chunk));
  }

  private void sendChunk(int peer, SnapshotChunk chunk) {
    self.out.send(new SnapshotRequest(self.id(), peer, self.term(), round, chunk));
  }

  /** It answers what this leader never sent. */
  private void dropped(RaftMessage reply) {
    self.note("dropped=" + reply);
  }

  void onReply(SnapshotReply reply) {
    if (reply.round() > round) {
      dropped(reply);
      return;
    }
    PeerProgress progress = peers.get(reply.from());
    progress.heard(reply.round(), reply.voter());
    SnapshotTransfer transfer = progress.transfer();
    if (transfer == null || !transfer.state().equals(reply.state())) {
      return;
    }
    if (reply.installed()) {
      progress.snapshotInstalled();
      replicateTo(reply.from(), progress);
    } else if (transfer.wants(reply.next())) {
      if (transfer.state().index() - reply.next() <= self.options.bounds().kept()) {
        progress.tookIn(); // It will soon be level: what is proposed now need not be refused.
      }
      self.out.command(new RaftCommand.ReadSnapshot(reply.from(), transfer.state(), reply.next()));
    }
  }

  /** The highest index that a majority has, this replica included. */
  long matchOfMajority(long own) {
    return majorityOf(own, PeerProgress::match);
  }

  /** The latest round that a majority has confirmed. */
  long roundOfMajority() {
    return majorityOf(Long.MAX_VALUE, PeerProgress::round);
  }

  private long majorityOf(long own, ToLongFunction<PeerProgress> value) {
    long[] values = new long[peers.size() + 1];
    int place = 0;
    for (PeerProgress progress : peers.values()) {
      values[place++] = value.applyAsLong(progress);
    }
    values[place] = own;
    Arrays.sort(values);
    return values[values.length - self.options.majority()];
  }

  /**
   * Whether no majority, this replica included, has answered for as long as any follower waits
   * before it stands. Earlier would be too early: a pause that no follower minds deposes nobody.
   */
  boolean deserted() {
    long farBehind = self.log.last().index() - self.options.bounds().batch();
    long answering = peers.values().stream()
        .filter(peer -> peer.confirms(peer.match() < farBehind))
        .count();
    return answering + 1 < self.options.majority();
  }

  /** Whether a majority, this replica included, answered lately, and not only heartbeats. */
  boolean quorate() {
    long counting = answeringVoters()
        .filter(peer -> peer.getValue().stuckTicks() < self.diskPatience())
        .count();
    return counting + 1 >= self.options.majority();
  }

  /** The follower that would lead best: the furthest, and among those the highest id. */
  OptionalInt successor() {
    return answeringVoters()
        .max(Comparator.comparingLong(
                (Map.Entry<Integer, PeerProgress> peer) -> peer.getValue().match())
            .thenComparing(Map.Entry::getKey))
        .map(peer -> OptionalInt.of(peer.getKey()))
        .orElse(OptionalInt.empty());
  }

  private Stream<Map.Entry<Integer, PeerProgress>> answeringVoters() {
    return peers.entrySet().stream()
        .filter(peer -> peer.getValue().voter())
        .filter(peer -> !peer.getValue().silent());
  }

  /** Whether this peer answers, and has at least everything up to here. */
  boolean has(int peer, long index) {
    return answeringVoters()
        .anyMatch(other -> other.getKey() == peer && other.getValue().match() >= index);
  }
}
