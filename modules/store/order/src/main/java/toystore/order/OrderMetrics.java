package toystore.order;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import toystore.edge.Metrics;
import toystore.model.StoreError;

/** A replica's figures. Owned by one event loop. */
final class OrderMetrics {
  private final PrometheusMeterRegistry registry;
  private final Counter ordered;
  private final Counter bought;
  private final Map<StoreError, Counter> refused = new EnumMap<>(StoreError.class);
  private final Counter roleChanges;
  private final DistributionSummary reserveBatch;
  private final DistributionSummary proposeBatch;
  private final Timer takeOver;
  private final Timer write;
  private final Timer exchange;
  private final Timer purchase;

  OrderMetrics(String service) {
    registry = Metrics.ofService(service);
    ordered = registry.counter("toystore.orders.applied");
    bought = registry.counter("toystore.purchases", "outcome", "ORDERED");
    for (StoreError error : StoreError.values()) {
      refused.put(error, registry.counter("toystore.purchases", "outcome", error.name()));
    }
    roleChanges = registry.counter("toystore.role.changes");
    reserveBatch = registry.summary("toystore.reserve.batch");
    proposeBatch = registry.summary("toystore.append.batch");
    takeOver = registry.timer("toystore.takeover");
    write = registry.timer("toystore.log.write");
    exchange = registry.timer("toystore.replicate");
    purchase = registry.timer("toystore.purchase");
  }

  PrometheusMeterRegistry registry() {
    return registry;
  }

  void ordered() {
    ordered.increment();
  }

  /** Figures that are looked up when somebody asks for them. */
  void observe(OrderStore orders, OrderService service) {
    FunctionCounter.builder("toystore.disk.commits", orders, o -> o.counts().commits())
        .register(registry);
    FunctionCounter.builder("toystore.disk.changes", orders, o -> o.counts().changes())
        .register(registry);
    Gauge.builder("toystore.purchases.underway", service, s -> s.state().underWay())
        .register(registry);
    Gauge.builder("toystore.behind", service, s -> s.state().behindBy()).register(registry);
  }

  void answered(StoreError error, long nanos) {
    purchase.record(nanos, TimeUnit.NANOSECONDS);
    (error == null ? bought : refused.get(error)).increment();
  }

  void roleChanged() {
    roleChanges.increment();
  }

  void reserving(int purchases) {
    reserveBatch.record(purchases);
  }

  void proposed(int purchases) {
    proposeBatch.record(purchases);
  }

  /** A write of the log became durable. */
  void wrote(long nanos) {
    write.record(nanos, TimeUnit.NANOSECONDS);
  }

  /** A peer replied, or the wait for it ended. */
  void exchanged(long nanos) {
    exchange.record(nanos, TimeUnit.NANOSECONDS);
  }

  void tookOver(long nanos) {
    takeOver.record(nanos, TimeUnit.NANOSECONDS);
  }
}
