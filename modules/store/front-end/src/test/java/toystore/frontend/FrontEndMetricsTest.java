package toystore.frontend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import toystore.edge.Metrics;
import toystore.frontend.FrontEndMetrics.FrontEndSeen;
import toystore.frontend.FrontEndView.CacheFigures;
import toystore.frontend.ServingLoop.LoopView;
import toystore.frontend.StatusView.ReplicaSummary;

class FrontEndMetricsTest {
  private static final LoopView SMALL = new LoopView(2, 10, 5, 3, 1, 7, 900, "live", null);
  private static final LoopView SHORT = new LoopView(3, 20, 6, 4, 2, 8, 300, "live", null);

  private final Metrics metrics = Metrics.ofService("front-end");
  private final FrontEndMetrics figures =
      new FrontEndMetrics(metrics, List.of("order-1", "order-2"), seen(false, "live"));

  @Test
  void theTimeInWhichPurchasesAreNotServedIsAnOutage() {
    look(10, true);
    look(40, false);
    look(60, false);
    look(90, true);
    look(95, true);

    assertEquals(1, outages());
    assertEquals(
        50, metrics.times("toystore.outage").totalTime(TimeUnit.MILLISECONDS), "milliseconds");
  }

  @Test
  void theTimeBeforeAStoreServesFirstIsNone() {
    look(0, false);
    look(5_000, true);

    assertEquals(0, outages());
  }

  @Test
  void figuresOfAllEventLoopsAreAdded() {
    figures.look(seen(true, "live"), 0);

    assertEquals(
        30, metrics.registry().get("toystore.cache.hits").functionCounter().count());
    assertEquals(
        7, metrics.registry().get("toystore.cache.evictions").functionCounter().count());
    assertEquals(
        3,
        metrics.registry().get("toystore.cache.invalidations").functionCounter().count());
  }

  @Test
  void theShortestLeaseCounts() {
    figures.look(seen(true, "live"), 0);

    assertEquals(0.3, gauge("toystore.cache.lease.seconds"));
  }

  @Test
  void aServiceThatIsSilentIsNotUp() {
    figures.look(seen(true, "silent"), 0);

    assertEquals(0, gauge("toystore.catalog.up"));
    assertEquals(1, replica("toystore.replica.up", "order-1"));
    assertEquals(0, replica("toystore.replica.up", "order-2"));
    assertEquals(12, replica("toystore.replica.behind", "order-2"));
  }

  @Test
  void aFrontEndIsOfUseUntilItReachesNeitherTheCatalogNorAnyReplica() {
    FrontEndSeen all = seen(true, "live");
    List<ReplicaSummary> none = List.of(all.replicas().get(1));
    FrontEndSeen noCatalog = seen(true, "down");

    assertTrue(all.canAnswer());
    assertTrue(noCatalog.canAnswer());
    assertTrue(new FrontEndSeen(all.view(), all.loops(), none, 0).canAnswer());
    assertFalse(new FrontEndSeen(noCatalog.view(), all.loops(), none, 0).canAnswer());
  }

  private void look(long ms, boolean serving) {
    figures.look(seen(serving, "live"), TimeUnit.MILLISECONDS.toNanos(ms));
  }

  private long outages() {
    return metrics.times("toystore.outage").count();
  }

  private double gauge(String name) {
    return metrics.registry().get(name).gauge().value();
  }

  private double replica(String name, String replica) {
    return metrics.registry().get(name).tag("replica", replica).gauge().value();
  }

  private static FrontEndSeen seen(boolean serving, String catalog) {
    CacheFigures cache = new CacheFigures(true, 5, 20, 30, 11, 0.7);
    return new FrontEndSeen(
        new FrontEndView("front-end", "front-end", 1, "1.1", serving, catalog, cache, 7, 300, 0),
        List.of(SMALL, SHORT),
        List.of(
            new ReplicaSummary("order-1", "live", "leader", "1.1", 20L, 0L),
            new ReplicaSummary("order-2", "down", null, null, 8L, 12L)),
        0);
  }
}
