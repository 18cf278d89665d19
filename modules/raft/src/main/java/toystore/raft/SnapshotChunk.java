package toystore.raft;

import java.util.Objects;
import toystore.replication.LogPosition;

/**
 * A piece of the state machine's state as it was when exactly the entries up to {@code state} had
 * been applied; what it says is the state machine's own affair.
 *
 * @param state last position the snapshot covers
 * @param offset where this piece starts, 0 for the first
 * @param next offset of the next piece
 * @param last whether no piece follows
 * @param data the piece
 */
public record SnapshotChunk(LogPosition state, long offset, long next, boolean last, String data) {
  public SnapshotChunk {
    Objects.requireNonNull(data, "data");
    if (offset < 0 || next < offset || next == offset && !last) {
      throw new IllegalArgumentException("offset=" + offset + " next=" + next);
    }
  }
}
