package toystore.primarybackup;

import java.util.List;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.primarybackup.PrimaryBackupMessage.FetchReply;
import toystore.primarybackup.PrimaryBackupMessage.FetchRequest;
import toystore.replication.Entry;
import toystore.replication.OrderLog;

/**
 * Takes over a peer's log chunk by chunk, from the committed index on: up to there all logs are
 * equal. One request at a time.
 */
final class Fetch {
  private final ReplicaState state;
  private final int peer;
  private final long epoch;
  // Invariant: this log has it, and up to it equals the log of the peer.
  private LogPosition cursor;
  private int ticksWaited;

  /**
   * @param epoch the peer answers only while it keeps its promise of this epoch to this replica;
   *     {@link Epochs#NONE} for no condition
   */
  Fetch(ReplicaState state, int peer, long epoch) {
    this.state = state;
    this.peer = peer;
    this.epoch = epoch;
    this.cursor = state.log().positionAt(state.log().committed());
  }

  /** A request that only asks where a peer stands. */
  static FetchRequest inquiry(ReplicaState state, int peer) {
    OrderLog log = state.log();
    return new FetchRequest(state.id(), peer, Epochs.NONE, log.positionAt(log.committed()), 0);
  }

  int peer() {
    return peer;
  }

  void ask() {
    ticksWaited = 0;
    state.send(new FetchRequest(state.id(), peer, epoch, cursor, state.options().maxEntries()));
  }

  /** Whether the peer has left the request unanswered for too long. */
  boolean tick() {
    ticksWaited++;
    return ticksWaited >= state.options().retryTicks();
  }

  /** Whether this answers the request under way, and not an earlier one or an inquiry. */
  boolean awaits(FetchReply reply) {
    return reply.from() == peer
        && reply.epoch() == epoch
        && reply.limit() > 0
        && reply.after().equals(cursor);
  }

  /**
   * Takes over the entries of the awaited reply, and knows committed what the peer does of them.
   *
   * @param through last index to take over
   * @return whether there were any; if not, this peer has no more to give
   */
  boolean take(FetchReply reply, long through) {
    List<Entry> entries =
        reply.entries().stream().filter(entry -> entry.index() <= through).toList();
    if (!reply.matched() || entries.isEmpty() || isBeyondThePromise(entries)) {
      return false;
    }
    state.adopt(entries);
    cursor = entries.get(entries.size() - 1).position();
    state.commitTo(Math.min(reply.committed(), cursor.index()));
    return true;
  }

  private boolean isBeyondThePromise(List<Entry> entries) {
    long newest = entries.get(entries.size() - 1).epoch();
    return !state.rebuilding() && newest > state.promise().epoch();
  }
}
