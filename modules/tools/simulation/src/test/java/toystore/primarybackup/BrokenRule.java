package toystore.primarybackup;

import java.util.List;
import toystore.model.LogPosition;
import toystore.replication.DurableState;
import toystore.replication.Effects.Promise;
import toystore.replication.OrderLog;
import toystore.replication.Quorum;
import toystore.replication.ReplicaCore;

/** The rules of the primary-backup core, each left out. */
public enum BrokenRule {
  PROMISE_ROUND(new Rules() {
    @Override
    boolean enoughPromises(int distinctReplicas, Quorum quorum) {
      return true;
    }
  }),
  LOG_ADOPTION(new Rules() {
    @Override
    boolean mustAdopt(LogPosition own, LogPosition best) {
      return false;
    }
  }),
  ANSWER_AFTER_A_MAJORITY(new Rules() {
    @Override
    long committable(long ownDurable, long[] allDurable, Quorum quorum) {
      return ownDurable;
    }
  }),
  ONE_PROMISE_AN_EPOCH(new Rules() {
    @Override
    boolean mayPromise(long epoch, int leader, Promise promise) {
      return epoch >= promise.epoch();
    }
  }),
  COUNT_OWN_EPOCH_ONLY(new Rules() {
    @Override
    boolean commitsByCounting(long entryEpoch, long leaderEpoch) {
      return true;
    }
  }),
  COMMIT_WHAT_IS_PROVED(new Rules() {
    @Override
    long provenCommit(long leaderCommitted, long match, long lastIndex) {
      return Math.min(leaderCommitted, lastIndex);
    }
  }),
  TRUNCATE_CONFLICTS_ONLY(new Rules() {
    @Override
    boolean mustTruncate(OrderLog log, long keep, int newEntries) {
      return keep < log.lastIndex();
    }
  }),
  MAKE_ROOM_FOR_A_DISK_THAT_WRITES(new Rules() {
    @Override
    boolean makesRoom(boolean stuck, int othersAhead, Quorum quorum) {
      return false;
    }
  }),
  PROOF_BY_A_MAJORITY(new Rules() {
    @Override
    boolean enoughConfirmations(int distinctReplicas, Quorum quorum) {
      return true;
    }
  }),
  PROOF_AFTER_THE_QUESTION(new Rules() {
    @Override
    boolean confirms(long answeredRound, long askedAfterRound) {
      return answeredRound > 0;
    }
  });

  private final Rules rules;

  BrokenRule(Rules rules) {
    this.rules = rules;
  }

  /** A core without this rule. */
  public ReplicaCore core(
      int id, List<Integer> members, DurableState state, PrimaryBackupOptions options) {
    return new PrimaryBackupCore(id, members, state, options, rules);
  }
}
