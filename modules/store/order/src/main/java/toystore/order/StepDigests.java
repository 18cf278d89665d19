package toystore.order;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sums of the digests of rows, for each step of so many rows that is not sealed yet. Whoever
 * writes rows adds to it, and whoever seals them takes from it, once they are durable; these may be
 * different threads.
 */
final class StepDigests {
  private final long first;
  private final int step;
  private final Map<Long, Long> sums = new ConcurrentHashMap<>();

  /** @param first the number of the first row of a step; no row before it comes here */
  StepDigests(long first, int step) {
    this.first = first;
    this.step = step;
  }

  void add(long number, long digest) {
    sums.merge((number - first) / step, digest, Long::sum);
  }

  /** The sum for the whole step that begins with this row; it is forgotten here. */
  long take(long number) {
    Long sum = (number - first) % step == 0 ? sums.remove((number - first) / step) : null;
    if (sum == null) {
      throw new IllegalStateException("no rows of a step that begins with " + number);
    }
    return sum;
  }
}
