package toystore.evaluation;

import toystore.client.Figures;
import toystore.client.RequestKind;

/**
 * One kind of request in one run: a line of the CSV. Latencies are of good answers.
 *
 * @param run from 1, in the order in which they were made
 * @param failures requests that were not answered as they should
 */
record Measurement(
    int run,
    int repetition,
    boolean cache,
    double probability,
    RequestKind kind,
    long count,
    long failures,
    double perSecond,
    double meanMs,
    double p50Ms,
    double p95Ms,
    double p99Ms,
    double maxMs) {
  private static final double MEDIAN = 50;
  private static final double P95 = 95;
  private static final double P99 = 99;

  static Measurement of(int run, Trial trial, Figures figures) {
    return new Measurement(
        run,
        trial.repetition(),
        trial.cache(),
        trial.probability(),
        figures.kind(),
        figures.count(),
        figures.failures(),
        figures.throughputPerSecond(),
        figures.meanMs(),
        figures.percentileMs(MEDIAN),
        figures.percentileMs(P95),
        figures.percentileMs(P99),
        figures.maxMs());
  }
}
