package toystore.order;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.EnumMap;
import java.util.Map;
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
  private final DistributionSummary takeOverMs;

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
    takeOverMs = registry.summary("toystore.takeover.ms");
  }

  PrometheusMeterRegistry registry() {
    return registry;
  }

  void ordered() {
    ordered.increment();
  }

  void answered(StoreError error) {
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

  void tookOver(long ms) {
    takeOverMs.record(ms);
  }
}
