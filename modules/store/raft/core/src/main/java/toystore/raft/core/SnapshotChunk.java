package toystore.raft.core;

import toystore.model.LogPosition;
import toystore.model.Require;

/**
 * A piece of the state machine's state as it was when exactly the entries up to {@code state} had
 * been applied: what the entries behind one index and up to another led to. Whoever has applied the
 * former needs no earlier piece. What it says is the state machine's own affair.
 *
 * @param state last position the snapshot covers
 * @param offset the index behind which this piece starts
 * @param next the index up to which it goes, which is the next piece's offset
 * @param data the piece
 */
public record SnapshotChunk(LogPosition state, long offset, long next, String data) {
  public SnapshotChunk {
    LogPosition.requirePlace("state", state);
    Require.present("data", data);
    if (offset < 0 || next < offset || next > state.index()) {
      throw new IllegalArgumentException("state=" + state + " offset=" + offset + " next=" + next);
    }
  }
}
