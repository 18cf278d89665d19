package toystore.evaluation;

import java.util.function.ToDoubleFunction;

/** What of a run's latencies is looked at. */
enum Latency {
  MEDIAN("median", Measurement::p50Ms),
  P95("p95", Measurement::p95Ms);

  private final String label;
  private final ToDoubleFunction<Measurement> figure;

  Latency(String label, ToDoubleFunction<Measurement> figure) {
    this.label = label;
    this.figure = figure;
  }

  String label() {
    return label;
  }

  double of(Measurement measurement) {
    return figure.applyAsDouble(measurement);
  }
}
