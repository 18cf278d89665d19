package toystore.raft.core;

import toystore.model.LogPosition;
import toystore.replication.Effects;

/** What a Raft replica asks of its shell beyond the common effects. */
public sealed interface RaftCommand extends Effects.Command {

  /**
   * The log up to this position may go; the position itself must be remembered. A crash may undo
   * it.
   */
  record DropThrough(LogPosition base) implements RaftCommand {}

  /** Read a piece of a snapshot for a peer and feed it back as {@link RaftInput.SnapshotRead}. */
  record ReadSnapshot(int peer, LogPosition state, long offset) implements RaftCommand {}

  /**
   * Take a received piece in. It starts at, or before, what is applied or was taken in before; what
   * it says was committed, so it may be seen at once. A crash may lose it.
   */
  record StageSnapshot(SnapshotChunk chunk) implements RaftCommand {}

  /**
   * Make the pieces taken in durable, as the state at {@code state}, then replace the log: by
   * nothing from {@code state} on, unless the log holds that position; then what follows it stays.
   * If a crash comes between the two, the state machine is ahead of the log, and {@link RaftCore}
   * starts from there (Raft figure 13, rules 5 to 8).
   */
  record InstallSnapshot(LogPosition state) implements RaftCommand {}
}
