package toystore.primarybackup;

import toystore.replication.Slowness;

/**
 * What a leader knows of one follower, within one leadership. At most one append is in flight; all
 * that comes up meanwhile goes in the next.
 */
final class FollowerProgress {
  private static final long NOTHING = 0;
  /** So many times the usual patience at most. */
  private static final int MOST = 10;

  private static final int FORGETTING_TICKS = 10;

  private final int peer;
  // Invariant: match < next, always: what is proved equal is not sent again.
  private long match;
  private long next;
  private long inFlightRound = NOTHING;
  // Invariant: answeredRound <= sentRound, and match <= shown: no answer proves what was not sent.
  private long sentRound;
  private long answeredRound;
  private long shown;
  private long toldCommitted;
  private int ticks;
  private int ticksSinceSent;
  private int ticksSinceAnswer;
  private final Slowness slowness;
  private boolean silent;

  /**
   * @param next index of the first entry to send
   * @param ticksSinceAnswer how long ago the follower was heard of
   * @param quorumTicks within which it must answer to count, where it is quick as a rule
   */
  FollowerProgress(int peer, long next, int ticksSinceAnswer, int quorumTicks) {
    this.slowness = new Slowness(quorumTicks, (long) MOST * quorumTicks);
    this.peer = peer;
    this.next = next;
    this.ticksSinceAnswer = ticksSinceAnswer;
  }

  int peer() {
    return peer;
  }

  /** Highest index up to which the follower's durable log is proved equal. */
  long match() {
    return match;
  }

  /** Index of the next entry to send; above {@link #match()}. */
  long next() {
    return next;
  }

  /** The round of the latest request to it. */
  long sentRound() {
    return sentRound;
  }

  /** Highest index that any request to it showed: it can prove no more. */
  long shown() {
    return shown;
  }

  /** The latest round that the follower answered: it had promised no later epoch then. */
  long answeredRound() {
    return answeredRound;
  }

  /** The committed index that the latest request let the follower know. */
  long toldCommitted() {
    return toldCommitted;
  }

  int ticksSinceSent() {
    return ticksSinceSent;
  }

  /** Whether it answered lately, for one that is as slow as it is. */
  boolean answers() {
    return ticksSinceAnswer < slowness.patience();
  }

  boolean inFlight() {
    return inFlightRound != NOTHING;
  }

  /** Its last request was lost: it gets empty heartbeats only, until it answers one. */
  boolean silent() {
    return silent;
  }

  void tick() {
    if (++ticks % FORGETTING_TICKS == 0 && ticksSinceAnswer < FORGETTING_TICKS) {
      slowness.forget();
    }
    ticksSinceSent = ticksSinceSent == Integer.MAX_VALUE ? ticksSinceSent : ticksSinceSent + 1;
    ticksSinceAnswer =
        ticksSinceAnswer == Integer.MAX_VALUE ? ticksSinceAnswer : ticksSinceAnswer + 1;
  }

  /**
   * A request leaves.
   *
   * @param last index up to which it shows the log
   */
  void sent(long round, long last, long committed) {
    inFlightRound = round;
    sentRound = round;
    shown = Math.max(shown, last);
    toldCommitted = Math.min(committed, last);
    ticksSinceSent = 0;
  }

  /** The request in flight is given up. */
  void lost() {
    inFlightRound = NOTHING;
    silent = true;
    toldCommitted = NOTHING;
  }

  /**
   * Any answer of this leadership, late or not, that is no refusal of its epoch.
   *
   * @return whether it answers the request in flight
   */
  boolean answered(long round) {
    answeredRound = Math.max(answeredRound, round);
    if (ticksSinceAnswer < Integer.MAX_VALUE) {
      slowness.took(ticksSinceAnswer);
    }
    ticksSinceAnswer = 0;
    silent = false;
    boolean current = round == inFlightRound;
    if (current) {
      inFlightRound = NOTHING;
    }
    return current;
  }

  /** The follower holds all up to this index; what it proved before stays proved. */
  void matched(long index) {
    match = Math.max(match, index);
    next = Math.max(next, match + 1);
  }

  /**
   * The previous position did not match: try again after this index. Below {@link #match()} only if
   * the follower lost what it had acknowledged; then that does not count any more.
   *
   * @return whether that is any further back than before
   */
  boolean backTo(long index) {
    boolean further = index + 1 < next;
    next = Math.min(next, index + 1);
    match = Math.min(match, index);
    return further;
  }
}
