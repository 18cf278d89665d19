package toystore.edge;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long one leg took, for each purchase on it. A batch counts once for each purchase that it
 * carries, since each of them waits for all of it: so the means of legs that follow each other add
 * up. Any thread may add.
 */
public final class LegTimes {
  private static final double[] BOUNDS = TimeBounds.fine();
  private static final long[] BOUNDS_NANOS =
      Arrays.stream(BOUNDS).mapToLong(bound -> Math.round(bound * 1e9)).toArray();
  private static final double[] UPPER_ENDS = withoutEnd();
  private static final double NANOS_PER_SECOND = 1e9;

  private final AtomicLongArray counts = new AtomicLongArray(UPPER_ENDS.length);
  private final AtomicLong sumNanos = new AtomicLong();

  LegTimes() {}

  private static double[] withoutEnd() {
    double[] ends = Arrays.copyOf(BOUNDS, BOUNDS.length + 1);
    ends[BOUNDS.length] = Double.POSITIVE_INFINITY;
    return ends;
  }

  /** Adds a purchase that took so long. */
  public void record(long nanos) {
    record(1, nanos);
  }

  /** Adds as many, which went together. */
  public void record(int purchases, long nanos) {
    if (purchases > 0) {
      counts.getAndAdd(bucket(nanos), purchases);
      sumNanos.getAndAdd(purchases * nanos);
    }
  }

  private static int bucket(long nanos) {
    int found = Arrays.binarySearch(BOUNDS_NANOS, nanos);
    return found >= 0 ? found : -found - 1;
  }

  HistogramDataPointSnapshot snapshot(Labels labels) {
    long[] now = new long[UPPER_ENDS.length];
    Arrays.setAll(now, counts::get);
    return new HistogramDataPointSnapshot(
        ClassicHistogramBuckets.of(UPPER_ENDS, now),
        sumNanos.get() / NANOS_PER_SECOND,
        labels,
        null,
        0);
  }
}
