package toystore.raft.core;

import java.util.ArrayDeque;
import java.util.Deque;
import toystore.replication.Slowness;

/**
 * What a leader knows of one follower's log, and what it has under way to it.
 * Owned by {@link LeaderRole}.
 */
final class PeerProgress {
  enum SendMode {
    /** Where the logs part is not known yet: one append with entries, then heartbeats there. */
    PROBE,
    /** The logs match: appends are sent ahead of their answers (dissertation 10.2.2). */
    STREAM,
    /** What it lacks is compacted: it gets a snapshot. */
    SNAPSHOT
  }

  /** Heartbeats without a step forward after which one asks whether what is in flight arrived. */
  private static final int PATIENCE_HEARTBEATS = 5;

  /** Election timeouts that are waited for the slowest. */
  private static final int MOST_ELECTIONS = 10;

  private static final int FORGETTING_TICKS = 10;

  private final int window;
  private final int electionTicks;
  /** Last indexes of the appends under way, rising; empty but when streaming. */
  private final Deque<Long> inFlight = new ArrayDeque<>();

  private SendMode mode = SendMode.PROBE;
  private boolean probing;
  /** All up to here is known to be the leader's, durably. Invariant: match < next, always. */
  private long match;
  /** The next entry to send; ahead of answers only while streaming. */
  private long next;

  private long round;
  private boolean voter;
  private final Slowness slowness;
  private int ticks;
  private int unconfirmedTicks;
  private int silentTicks;
  private int stuckTicks;
  private int waitedHeartbeats;
  private SnapshotTransfer transfer;

  /** @param electionTicks within which it must answer to count, where it is quick as a rule */
  PeerProgress(long next, int window, int electionTicks) {
    this.next = next;
    this.window = window;
    this.electionTicks = electionTicks;
    this.slowness = new Slowness(electionTicks, (long) MOST_ELECTIONS * electionTicks);
  }

  SendMode mode() {
    return mode;
  }

  long next() {
    return next;
  }

  /** Index up to which its log is the leader's; as far as it counts for anything. */
  long match() {
    return voter ? match : 0;
  }

  /** The latest round in which it confirmed the leader. */
  long round() {
    return round;
  }

  boolean voter() {
    return voter;
  }

  SnapshotTransfer transfer() {
    return transfer;
  }

  /** Whether another append may go out. */
  boolean ready() {
    return switch (mode) {
      case PROBE -> !probing;
      case STREAM -> inFlight.size() < window;
      case SNAPSHOT -> false;
    };
  }

  /** Entries up to here are on their way. */
  void sent(long last) {
    if (mode == SendMode.PROBE) {
      probing = true;
    } else if (last >= next) {
      inFlight.add(last);
      next = last + 1;
    }
  }

  /** It answered in this term: it is up, and as a voter it confirms the leader. */
  void heard(long answeredRound, boolean isVoter) {
    slowness.took(silentTicks);
    silentTicks = 0;
    voter = isVoter;
    if (isVoter) {
      unconfirmedTicks = 0;
      round = Math.max(round, answeredRound);
    }
  }

  void accepted(long index) {
    // A message that says no more than who leads proves nothing of where the logs part.
    boolean meets = index >= next - 1;
    if (index > match) {
      waitedHeartbeats = 0;
      stuckTicks = 0;
    }
    match = Math.max(match, index);
    next = Math.max(next, match + 1);
    while (!inFlight.isEmpty() && inFlight.peek() <= index) {
      inFlight.remove();
    }
    if (mode == SendMode.PROBE && meets) {
      mode = SendMode.STREAM;
      probing = false;
    }
  }

  /** It refused this previous index; {@code candidate} is the highest that may match. */
  void refused(long previous, long candidate) {
    if (!voter || previous == match) {
      // Its disk is a new one, or an older one: what it held says nothing. To count less is safe.
      match = 0;
    }
    boolean stale = previous <= match || mode == SendMode.PROBE && previous != next - 1;
    if (mode != SendMode.SNAPSHOT && !stale) {
      probeFrom(Math.min(previous, candidate + 1));
    }
  }

  /** No answer came: what was on its way may be lost. */
  void lost() {
    if (mode == SendMode.STREAM) {
      probeFrom(match + 1);
    }
    // The heartbeats ask on; entries at once would be a busy loop against a closed port.
    probing = true;
  }

  /**
   * The index that a message without entries names. It may overtake appends, so it is one that is
   * known to match; but where that is sought, the one in question.
   */
  long ground() {
    return mode == SendMode.PROBE ? next - 1 : match;
  }

  /**
   * On each heartbeat: whether it should ask for all that is in flight. Who sends is told of what
   * fails, but an answer that is lost in silence must not close the window for ever.
   */
  boolean overdue() {
    if (mode != SendMode.STREAM || inFlight.isEmpty()) {
      waitedHeartbeats = 0;
      return false;
    }
    waitedHeartbeats = (waitedHeartbeats + 1) % PATIENCE_HEARTBEATS;
    return waitedHeartbeats == 0;
  }

  private void probeFrom(long index) {
    mode = SendMode.PROBE;
    next = Math.max(match + 1, index);
    probing = false;
    inFlight.clear();
  }

  void startSnapshot(SnapshotTransfer newTransfer) {
    mode = SendMode.SNAPSHOT;
    transfer = newTransfer;
    inFlight.clear();
  }

  /** A piece of the snapshot. */
  void tookIn() {
    stuckTicks = 0;
  }

  void snapshotInstalled() {
    match = Math.max(match, transfer.state().index());
    stuckTicks = 0;
    transfer = null;
    probeFrom(match + 1);
  }

  /** @param last of the leader's log */
  void tick(long last) {
    if (++ticks % FORGETTING_TICKS == 0 && silentTicks < FORGETTING_TICKS) {
      slowness.forget();
    }
    silentTicks++;
    unconfirmedTicks++;
    stuckTicks = match < last ? stuckTicks + 1 : 0;
  }

  /** Ticks for which it lacked something, and took nothing in. */
  int stuckTicks() {
    return stuckTicks;
  }

  int silentTicks() {
    return silentTicks;
  }

  /** Whether it has not answered for longer than one as slow as it is takes. */
  boolean silent() {
    return silentTicks > slowness.patience();
  }

  /**
   * Whether it has answered as a voter for as long as any follower waits before it stands; at
   * first, counted from the term's begin. One that is far behind takes in much at a time, and has
   * longer.
   */
  boolean confirms(boolean farBehind) {
    long patience = farBehind ? MOST_ELECTIONS * electionTicks : slowness.patience();
    return unconfirmedTicks < Math.max(patience, 2 * electionTicks);
  }
}
