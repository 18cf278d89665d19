package toystore.raft.core;

import java.util.Map;
import java.util.TreeMap;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.raft.core.RaftMessage.RecoverReply;
import toystore.raft.core.RaftMessage.RecoverRequest;

/**
 * The way back of a replica whose disk is new or lost. Its past life may have voted and
 * acknowledged, and Raft rests on both being remembered (Raft figure 2, "Persistent state"). The
 * dissertation lets it come back as another, by a change of membership (3.8); this is the recovery
 * of Viewstamped Replication Revisited (4.3) instead. So it counts for nothing until
 *
 * <ul>
 *   <li>all others have answered: any vote it gave was in no term above the highest of theirs, and
 *       in that one it abstains;
 *   <li>its log is as up to date as the best of theirs was then, and on its disk: whatever it
 *       acknowledged and was committed is in that one.
 * </ul>
 *
 * Where all logs are empty that is so at once, and a new store begins. Owned by {@link RaftCore}.
 */
final class LostDiskRecovery {
  private final RaftState self;
  private final long life;
  private final Map<Integer, RecoverReply> answers = new TreeMap<>();
  private int ticksToAsking = 1;

  /** @param life no past life of this replica had this number */
  LostDiskRecovery(RaftState self, long life) {
    this.self = self;
    this.life = life;
  }

  void tick() {
    if (--ticksToAsking > 0) {
      return;
    }
    ticksToAsking = self.options.heartbeatTicks();
    for (int peer : self.options.peers()) {
      if (!answers.containsKey(peer)) {
        self.out.send(new RecoverRequest(self.id(), peer, life));
      }
    }
  }

  void onReply(RecoverReply reply) {
    if (reply.life() == life) {
      answers.putIfAbsent(reply.from(), reply);
    }
  }

  /** Ends the rebuilding when it may end; whether it has. */
  boolean finish() {
    if (!answers.keySet().containsAll(self.options.peers())) {
      return false;
    }
    LogPosition best = answers.values().stream()
        .map(RecoverReply::last)
        .reduce(LogPosition.START, (one, other) -> one.compareTo(other) >= 0 ? one : other);
    // A promise without the log it stands for would make a voter of a replica that a crash emptied.
    if (self.log.lastDurable().compareTo(best) < 0) {
      return false;
    }
    long highest = answers.values().stream()
        .mapToLong(RecoverReply::highestTerm)
        .reduce(Epochs.NONE, Math::max);
    self.takePart(highest);
    self.note("rebuilt=true last=" + self.log.last().index());
    return true;
  }
}
