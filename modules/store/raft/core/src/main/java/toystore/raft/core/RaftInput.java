package toystore.raft.core;

import toystore.replication.Input;

/** What happens to a Raft replica alone. */
public sealed interface RaftInput extends Input.OfEngine {

  /** The state machine's own disk holds everything up to this index. */
  record Saved(long index) implements RaftInput {}

  /** The answer to {@link RaftCommand.ReadSnapshot}. */
  record SnapshotRead(int peer, SnapshotChunk chunk) implements RaftInput {}
}
