package toystore.disk;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * One pass over the rows that are sealed when it begins: which are read next, and whether they are
 * those that were sealed. Pure, owned by one thread.
 */
final class OldRowsPass {
  private final int most;
  // Invariant: what a run said stays true when it is merged, so rows are compared with what runs
  // said when the pass began.
  private final Deque<SealedRows.Extent> ends;
  private long next;
  private long sum;

  /** Rows from the first to before the end. */
  record Chunk(long first, long end) {}

  /** @param most rows to read at a time */
  OldRowsPass(List<SealedRows.Extent> extents, int most) {
    this.ends = new ArrayDeque<>(extents);
    this.most = most;
  }

  boolean isOver() {
    return ends.isEmpty();
  }

  /** The rows to read now, if it is not over: never from two runs. */
  Chunk next() {
    return new Chunk(next, Math.min(next + most, ends.element().rows()));
  }

  /**
   * The rows of {@link #next} were read.
   *
   * @param digest the sum of their digests
   * @return false where rows of a run are not those that were sealed
   */
  boolean read(long digest) {
    next = next().end();
    sum += digest;
    return next < ends.element().rows() || ends.remove().digest() == sum;
  }
}
