package toystore.edge;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** How long the requests of one route took, by the status that it answered. Any thread may add. */
public final class RouteTimes {
  /** HTTP has none from here on. */
  private static final int STATUSES = 600;

  private static final double NANOS_PER_SECOND = 1e9;

  private final Histogram times;
  private final String route;
  /** Looked up once. */
  private final AtomicReferenceArray<DistributionDataPoint> byStatus =
      new AtomicReferenceArray<>(STATUSES);

  RouteTimes(Histogram times, String route) {
    this.times = times;
    this.route = route;
  }

  /**
   * Adds a request.
   *
   * @param status HTTP's, 100 to 599
   * @param nanos how long it took, at least 0
   */
  public void record(int status, long nanos) {
    DistributionDataPoint known = byStatus.get(status);
    if (known == null) {
      known = times.labelValues(route, Integer.toString(status));
      byStatus.set(status, known);
    }
    known.observe(nanos / NANOS_PER_SECOND);
  }
}
