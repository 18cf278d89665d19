package toystore.postgres;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import java.util.function.ToDoubleFunction;
import toystore.desk.DeskStatus;
import toystore.edge.Metrics;

/** A desk in figures. Batch size is purchases by turns. */
final class DeskMetrics {
  private final Metrics metrics;
  private final DeskService service;

  private DeskMetrics(String name, DeskService service) {
    this.metrics = Metrics.ofService(name);
    this.service = service;
  }

  static Metrics of(String name, DeskService service) {
    DeskMetrics metrics = new DeskMetrics(name, service);
    metrics.counter("turns", DeskStatus::turns);
    metrics.counter("sold", DeskStatus::sold);
    metrics.counter("refused", DeskStatus::refused);
    metrics.counter("invalidations", DeskStatus::pushes);
    metrics.gauge("active", status -> status.isActive() ? 1 : 0);
    metrics.gauge("connected", status -> status.connected() ? 1 : 0);
    metrics.gauge("epoch", DeskStatus::epoch);
    metrics.gauge("orders", DeskStatus::orders);
    metrics.gauge("waiting", DeskStatus::waiting);
    metrics.gauge("sessions", DeskStatus::sessions);
    metrics.gauge("changes.pending", DeskStatus::callingBack);
    return metrics.metrics;
  }

  private void counter(String name, ToDoubleFunction<DeskStatus> figure) {
    FunctionCounter.builder(
            "toystore.desk." + name, service, it -> figure.applyAsDouble(it.status()))
        .register(metrics.registry());
  }

  private void gauge(String name, ToDoubleFunction<DeskStatus> figure) {
    Gauge.builder("toystore.desk." + name, service, it -> figure.applyAsDouble(it.status()))
        .register(metrics.registry());
  }
}
