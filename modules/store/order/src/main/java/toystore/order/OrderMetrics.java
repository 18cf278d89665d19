package toystore.order;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import toystore.edge.Metrics;
import toystore.model.StoreError;

/** A replica's figures, and its lines in the log. Owned by one event loop. */
final class OrderMetrics implements ReplicaObserver {
  private static final Logger LOG = LoggerFactory.getLogger(ReplicaShell.class);

  private final int id;
  private final Metrics metrics;
  private final Counter ordered;
  private final Counter bought;
  private final Map<StoreError, Counter> refused = new EnumMap<>(StoreError.class);
  private final Counter roleChanges;
  private final DistributionSummary reserveBatch;
  private final DistributionSummary proposeBatch;
  private final Timer takeOver;
  private final Timer exchange;
  private final Timer purchase;

  OrderMetrics(String service, int id) {
    this.id = id;
    metrics = Metrics.ofService(service);
    PrometheusMeterRegistry registry = metrics.registry();
    ordered = registry.counter("toystore.orders.applied");
    bought = registry.counter("toystore.purchases", "outcome", "ORDERED");
    for (StoreError error : StoreError.values()) {
      refused.put(error, registry.counter("toystore.purchases", "outcome", error.name()));
    }
    roleChanges = registry.counter("toystore.role.changes");
    reserveBatch = metrics.sizes("toystore.reserve.batch");
    proposeBatch = metrics.sizes("toystore.append.batch");
    takeOver = metrics.times("toystore.takeover");
    exchange = metrics.times("toystore.replicate");
    purchase = metrics.times("toystore.purchase");
  }

  @Override
  public void note(String text) {
    LOG.info("replica={} {}", id, text);
  }

  Metrics metrics() {
    return metrics;
  }

  @Override
  public void ordered() {
    ordered.increment();
  }

  /** Figures that are looked up when somebody asks for them. */
  void observe(OrderStore orders, DurableLog log, OrderService service) {
    PrometheusMeterRegistry registry = metrics.registry();
    FunctionCounter.builder("toystore.disk.commits", orders, o -> o.counts().commits())
        .register(registry);
    FunctionCounter.builder("toystore.disk.changes", orders, o -> o.counts().changes())
        .register(registry);
    FunctionTimer.builder(
            "toystore.log.commit",
            log,
            writes -> writes.counts().commits(),
            writes -> writes.counts().nanos(),
            TimeUnit.NANOSECONDS)
        .register(registry);
    Gauge.builder("toystore.leads", service, s -> s.leads() ? 1 : 0).register(registry);
    Gauge.builder("toystore.purchases.underway", service, s -> s.state().underWay())
        .register(registry);
    Gauge.builder("toystore.behind", service, s -> s.state().behindBy()).register(registry);
  }

  @Override
  public void answered(StoreError error, long nanos) {
    purchase.record(nanos, TimeUnit.NANOSECONDS);
    (error == null ? bought : refused.get(error)).increment();
  }

  @Override
  public void roleChanged() {
    roleChanges.increment();
  }

  @Override
  public void reserving(int purchases) {
    reserveBatch.record(purchases);
  }

  @Override
  public void proposed(int purchases) {
    proposeBatch.record(purchases);
  }

  /** A peer replied, or the wait for it ended. */
  void exchanged(long nanos) {
    exchange.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void tookOver(long nanos) {
    takeOver.record(nanos, TimeUnit.NANOSECONDS);
  }
}
