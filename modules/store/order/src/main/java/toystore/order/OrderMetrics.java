package toystore.order;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import toystore.edge.Leg;
import toystore.edge.LegTimes;
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
  private final PurchaseLegs legs;
  private final LegTimes log;
  private final LegTimes append;
  private final LegTimes settle;
  private final Map<Integer, LegTimes> appendCalls = new HashMap<>();

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
    legs = new PurchaseLegs(metrics);
    log = metrics.leg(Leg.LOG);
    append = metrics.leg(Leg.APPEND);
    settle = metrics.leg(Leg.SETTLE_CALL);
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
  public void ordered(PurchaseRequest purchase, long number, long nowNanos) {
    ordered.increment();
    legs.ordered(purchase, nowNanos);
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
  public void came(PurchaseRequest request, long nowNanos) {
    legs.came(request, nowNanos);
  }

  @Override
  public void answered(PurchaseRequest request, StoreError error, long cameNanos, long nowNanos) {
    purchase.record(nowNanos - cameNanos, TimeUnit.NANOSECONDS);
    legs.answered(request, nowNanos);
    (error == null ? bought : refused.get(error)).increment();
  }

  @Override
  public void roleChanged() {
    roleChanges.increment();
  }

  @Override
  public void reserving(List<PurchaseRequest> purchases, long nowNanos) {
    reserveBatch.record(purchases.size());
    legs.reserving(purchases, nowNanos);
  }

  @Override
  public void reserved(List<PurchaseRequest> purchases, long nowNanos) {
    legs.reserved(purchases, nowNanos);
  }

  @Override
  public void settled(int purchases, long tookNanos) {
    settle.record(purchases, tookNanos);
  }

  @Override
  public void proposed(List<PurchaseRequest> purchases, long nowNanos) {
    proposeBatch.record(purchases.size());
    legs.proposed(purchases, nowNanos);
  }

  @Override
  public void logged(int entries, long tookNanos) {
    log.record(entries, tookNanos);
  }

  /** A peer replied, or the wait for it ended. */
  void exchanged(int peer, int entries, long nanos) {
    exchange.record(nanos, TimeUnit.NANOSECONDS);
    appendCalls
        .computeIfAbsent(peer, known -> metrics.leg(Leg.APPEND_CALL, Integer.toString(known)))
        .record(entries, nanos);
  }

  /** A peer's message has its reply, and what it brought is durable. */
  void replied(Message message, long nanos) {
    append.record(message.entries().size(), nanos);
  }

  @Override
  public void tookOver(long nanos) {
    takeOver.record(nanos, TimeUnit.NANOSECONDS);
  }
}
