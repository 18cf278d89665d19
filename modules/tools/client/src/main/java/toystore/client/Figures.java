package toystore.client;

import org.HdrHistogram.Histogram;

/**
 * One kind's figures. Pure data.
 *
 * @param latencies of answered requests, in nanoseconds
 * @param failures requests that were not answered as they should
 * @param seconds in which this kind was sent
 */
public record Figures(RequestKind kind, Histogram latencies, long failures, double seconds) {
  private static final double NS_PER_MS = 1e6;

  public long count() {
    return latencies.getTotalCount();
  }

  public double throughputPerSecond() {
    return seconds > 0 ? count() / seconds : 0;
  }

  /** Not a number if there was none, like all latencies here. */
  public double meanMs() {
    return count() == 0 ? Double.NaN : latencies.getMean() / NS_PER_MS;
  }

  public double minMs() {
    return count() == 0 ? Double.NaN : latencies.getMinValue() / NS_PER_MS;
  }

  public double maxMs() {
    return count() == 0 ? Double.NaN : latencies.getMaxValue() / NS_PER_MS;
  }

  double standardDeviationMs() {
    return count() == 0 ? Double.NaN : latencies.getStdDeviation() / NS_PER_MS;
  }

  /**
   * @param percentile 0 to 100
   */
  public double percentileMs(double percentile) {
    return count() == 0 ? Double.NaN : latencies.getValueAtPercentile(percentile) / NS_PER_MS;
  }
}
