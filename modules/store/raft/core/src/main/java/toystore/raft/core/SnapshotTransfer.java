package toystore.raft.core;

import toystore.model.LogPosition;

/**
 * A snapshot on its way to one follower, piece by piece; the follower says which piece it wants
 * next, so a broken transfer resumes (Raft 7, figure 13; dissertation 5.1). Owned by {@link
 * PeerProgress}.
 */
final class SnapshotTransfer {
  private final LogPosition state;
  private long offset;
  private SnapshotChunk sent;
  private int waitedHeartbeats;
  /** Heartbeats after which a piece without an answer is sent again. */
  private int patience = LEAST_PATIENCE;

  private static final int LEAST_PATIENCE = 3;
  private static final int MOST_PATIENCE = 96;

  /** @param offset where the follower's own state probably ends */
  SnapshotTransfer(LogPosition state, long offset) {
    this.state = state;
    this.offset = offset;
  }

  LogPosition state() {
    return state;
  }

  /** A piece has been read; whether it is the one to send now. */
  boolean read(SnapshotChunk chunk) {
    if (sent != null || !chunk.state().equals(state) || chunk.offset() != offset) {
      return false;
    }
    sent = chunk;
    waitedHeartbeats = 0;
    return true;
  }

  /** The follower wants this offset; whether it must be read now. */
  boolean wants(long nextOffset) {
    if (nextOffset == offset) {
      return false;
    }
    offset = nextOffset;
    sent = null;
    return true;
  }

  /**
   * On each heartbeat: the piece to send again, or null. A follower that is slow is made slower by
   * the same piece once more: so each time, and for all pieces that follow, more is waited.
   */
  SnapshotChunk overdue() {
    if (sent == null || ++waitedHeartbeats < patience) {
      return null;
    }
    waitedHeartbeats = 0;
    patience = Math.min(2 * patience, MOST_PATIENCE);
    return sent;
  }
}
