package toystore.catalog;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import toystore.disk.GroupCommit;
import toystore.edge.Metrics;
import toystore.stock.CatalogFigures;

/** The catalog in figures. Batch size is changes by commits; latency is seconds by commits. */
final class CatalogMetrics {
  private CatalogMetrics() {}

  /** Adds those of a running catalog. */
  static Metrics observe(Metrics metrics, CatalogService service, CatalogStore store) {
    PrometheusMeterRegistry registry = metrics.registry();
    counter(registry, "reserved", service, figures -> figures.reserved());
    counter(registry, "refused", service, figures -> figures.refused());
    counter(registry, "restocks", service, figures -> figures.restocks());
    counter(registry, "invalidations", service, figures -> figures.pushes());
    gauge(registry, "sessions", service, figures -> figures.sessions());
    gauge(registry, "holds", service, figures -> figures.holds());
    gauge(registry, "changes.pending", service, figures -> figures.pendingChanges());
    gauge(registry, "ledger.rows", service, figures -> figures.ledgerRows());
    gauge(registry, "ledger.bytes", service, figures -> figures.ledgerBytes());
    gauge(registry, "refusals", service, figures -> figures.refusals());
    FunctionTimer.builder(
            "toystore.catalog.commit",
            store,
            disk -> disk.counts().commits(),
            disk -> disk.counts().nanos(),
            TimeUnit.NANOSECONDS)
        .register(registry);
    disk(registry, "commit.changes", store, GroupCommit.Counts::changes);
    FunctionCounter.builder("toystore.catalog.commit.rows", service, CatalogService::rowsWritten)
        .register(registry);
    return metrics;
  }

  private static void counter(
      PrometheusMeterRegistry registry,
      String name,
      CatalogService service,
      ToDoubleFunction<CatalogFigures> figure) {
    FunctionCounter.builder(
            "toystore.catalog." + name, service, it -> figure.applyAsDouble(it.figures()))
        .register(registry);
  }

  private static void gauge(
      PrometheusMeterRegistry registry,
      String name,
      CatalogService service,
      ToDoubleFunction<CatalogFigures> figure) {
    Gauge.builder("toystore.catalog." + name, service, it -> figure.applyAsDouble(it.figures()))
        .register(registry);
  }

  private static void disk(
      PrometheusMeterRegistry registry,
      String name,
      CatalogStore store,
      ToDoubleFunction<GroupCommit.Counts> figure) {
    FunctionCounter.builder(
            "toystore.catalog." + name, store, it -> figure.applyAsDouble(it.counts()))
        .register(registry);
  }
}
