package toystore.primarybackup;

import java.util.List;
import toystore.model.LogPosition;
import toystore.replication.Effects.Promise;
import toystore.replication.Entry;
import toystore.replication.OrderLog;
import toystore.replication.Quorum;

/**
 * The decisions on which the promises rest, in one place. Each is needed: a test leaves it out of
 * the source and shows that an order gets lost.
 */
final class Rules {
  private Rules() {}

  /**
   * A replica takes part in no epoch below its promise, and in that one under its leader only, once
   * it knows who that is.
   */
  static boolean admits(long epoch, int leader, Promise promise) {
    boolean knowsAnother = promise.leader() != 0 && promise.leader() != leader;
    return epoch > promise.epoch() || epoch == promise.epoch() && !knowsAnother;
  }

  /**
   * An epoch is promised once, to one leader. A promise whose leader is not known (0) is granted to
   * nobody: it may have been made to another.
   */
  static boolean mayPromise(long epoch, int leader, Promise promise) {
    return epoch > promise.epoch() || promise.equals(new Promise(epoch, leader));
  }

  /** A candidate leads after a majority, itself included, has promised. */
  static boolean enoughPromises(int distinctReplicas, Quorum quorum) {
    return quorum.isMajority(distinctReplicas);
  }

  /** A new leader's log is the most up to date among those that promised. */
  static boolean mustAdopt(LogPosition own, LogPosition best) {
    return best.compareTo(own) > 0;
  }

  /** An entry is committed when it is on a majority's disks, the leader's own included. */
  static long committable(long ownDurable, long[] allDurable, Quorum quorum) {
    return Math.min(ownDurable, quorum.reachedByMajority(allDurable));
  }

  /**
   * Only an entry of the leader's own epoch is committed by counting: an older one on a majority
   * may still be replaced by a leader that has a later epoch's entry (Raft, section 5.4.2).
   */
  static boolean commitsByCounting(long entryEpoch, long leaderEpoch) {
    return entryEpoch == leaderEpoch;
  }

  /**
   * A follower confirms that its leader still leads by answering a request that was sent after the
   * question: an earlier answer may be older than a later leader's promises.
   */
  static boolean confirms(long answeredRound, long askedAfterRound) {
    return answeredRound > askedAfterRound;
  }

  /** Leadership is proved when a majority, the leader included, confirms it. */
  static boolean enoughConfirmations(int distinctReplicas, Quorum quorum) {
    return quorum.isMajority(distinctReplicas);
  }

  /** A follower's committed index never passes what this very request proved it holds. */
  static long provenCommit(long leaderCommitted, long match, long lastIndex) {
    return Math.min(leaderCommitted, match);
  }

  /**
   * A leader whose disk is stuck makes room, but only for one whose disk is not: when a majority of
   * others has on disk what it has not. Where all disks are slow, nobody would do better.
   */
  static boolean makesRoom(boolean stuck, int othersAhead, Quorum quorum) {
    return stuck && quorum.isMajority(othersAhead);
  }

  /**
   * How many of these entries, which follow a position that the log has, are in the log already.
   * The log is truncated after them only if there is an entry of another epoch in the way: a late
   * request must not remove what a newer one brought.
   */
  static int alreadyHeld(OrderLog log, List<Entry> entries) {
    int held = 0;
    while (held < entries.size() && log.has(entries.get(held).position())) {
      held++;
    }
    return held;
  }

  /** Whether entries beyond those held already replace a tail of the log, or only follow it. */
  static boolean mustTruncate(OrderLog log, long keep, int newEntries) {
    return newEntries > 0 && keep < log.lastIndex();
  }
}
