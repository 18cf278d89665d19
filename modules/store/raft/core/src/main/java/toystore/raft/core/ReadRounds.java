package toystore.raft.core;

import java.util.ArrayDeque;
import java.util.Deque;
import toystore.replication.Outbox;

/**
 * Proofs that this replica leads, many in a round of heartbeats (ReadIndex, dissertation 6.4).
 * Rounds are numbered, and a number is never used again: an answer to an earlier round says nothing
 * about a later read. Owned by {@link LeaderRole}.
 */
final class ReadRounds {
  private final Outbox out;
  private final Deque<Long> waiting = new ArrayDeque<>();
  // Invariant: in the order of round and index, so that the first is the first to be proven.
  private final Deque<PendingRead> asked = new ArrayDeque<>();
  private long round;
  private long confirmed;

  /** A read that its round, and applying up to an index, will prove. */
  private record PendingRead(long readId, long round, long index) {}

  ReadRounds(Outbox out) {
    this.out = out;
  }

  /** The number that goes with every append from now on. */
  long round() {
    return round;
  }

  void add(long readId) {
    waiting.add(readId);
  }

  /**
   * Starts a round for all reads that wait, if one may start now; then a message must go to all.
   *
   * @param committed the commit index, by now one of the leader's own term
   * @param retry start one although the last has not been confirmed
   */
  boolean begin(long committed, boolean retry) {
    if (waiting.isEmpty() || confirmed < round && !retry) {
      return false;
    }
    // A round that is under way began before these reads came, and proves nothing for them.
    round++;
    while (!waiting.isEmpty()) {
      asked.add(new PendingRead(waiting.remove(), round, committed));
    }
    return true;
  }

  /** A majority has confirmed the leader in this round or a later one. */
  void confirm(long confirmedRound) {
    confirmed = Math.max(confirmed, confirmedRound);
  }

  void answer(long applied) {
    while (!asked.isEmpty()
        && asked.peek().round() <= confirmed
        && asked.peek().index() <= applied) {
      out.proven(asked.remove().readId());
    }
  }

  void giveUp() {
    asked.forEach(read -> out.unproven(read.readId()));
    waiting.forEach(out::unproven);
    asked.clear();
    waiting.clear();
  }
}
