package toystore.evaluation;

import org.HdrHistogram.Histogram;

/**
 * What one stretch of load measured.
 *
 * @param perSecond good answers
 * @param failures answers other than 200, and requests without any
 * @param answered good answers from first to last: those of the warm-up, and those that came when
 *     the time was over, too
 */
record Throughput(double perSecond, double p50Ms, double p99Ms, long failures, long answered) {
  private static final double NS_PER_MS = 1e6;
  private static final double MEDIAN = 50;
  private static final double P99 = 99;

  static Throughput of(Histogram latenciesNs, double seconds, long failures, long answered) {
    return new Throughput(
        latenciesNs.getTotalCount() / seconds,
        latenciesNs.getValueAtPercentile(MEDIAN) / NS_PER_MS,
        latenciesNs.getValueAtPercentile(P99) / NS_PER_MS,
        failures,
        answered);
  }
}
