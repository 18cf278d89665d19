package toystore.order;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import toystore.edge.Metrics;
import toystore.edge.RequestTrail;
import toystore.model.PurchaseRequest;
import toystore.model.StoreError;
import toystore.replication.Entry;
import toystore.replication.Message;

/** A replica's figures, and its lines in the log. Owned by one event loop. */
final class OrderMetrics implements ReplicaObserver {
  private static final Logger LOG = LoggerFactory.getLogger(ReplicaShell.class);

  private final int id;
  private final Metrics metrics;
  private final RequestTrail trail = RequestTrail.ofThisProcess();
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

  /** With which request each purchase came. */
  RequestTrail trail() {
    return trail;
  }

  /** What is said to a peer of the requests behind a message; null for nothing. */
  String requestsOf(Message message) {
    return trail.isOn() ? trail.header(purchases(message)) : null;
  }

  /** What a peer said of the requests behind its message, null for nothing. */
  void noteRequests(Message message, String requests) {
    if (trail.isOn()) {
      trail.read(requests, purchases(message));
    }
  }

  private static List<PurchaseRequest> purchases(Message message) {
    // Entries that are no order have no purchase, which an immutable list does not take.
    return message.entries().stream().map(Entry::purchase).collect(Collectors.toList());
  }

  @Override
  public void ordered(PurchaseRequest purchase, long number) {
    ordered.increment();
    if (trail.isOn()) {
      trail.tell("replica=" + id + " order=" + number, purchase.key());
    }
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
