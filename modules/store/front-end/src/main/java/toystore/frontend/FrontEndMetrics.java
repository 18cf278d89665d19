package toystore.frontend;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import toystore.edge.Metrics;
import toystore.frontend.ServingLoop.LoopView;

/**
 * The front-end in figures. Told by the event loop that watches the leader; asked, when somebody
 * reads the metrics, from any thread.
 */
final class FrontEndMetrics {
  private static final double MS_PER_SECOND = 1_000;

  private final Metrics metrics;
  private final Counter leaderChanges;
  private final Timer outages;
  private boolean serving;
  private boolean hasServed;
  private long lostNanos;
  private volatile FrontEndSeen seen;

  /**
   * What is looked at now and then.
   *
   * @param loops one for each event loop
   * @param consoles that are open
   */
  record FrontEndSeen(
      FrontEndView view,
      List<LoopView> loops,
      List<StatusView.ReplicaSummary> replicas,
      int consoles) {

    /** With the catalog there are products, and with any replica the orders that it knows. */
    boolean canAnswer() {
      return isLive(view.catalog())
          || replicas.stream().anyMatch(replica -> isLive(replica.state()));
    }
  }

  /** @param replicas their names */
  FrontEndMetrics(Metrics metrics, Collection<String> replicas, FrontEndSeen first) {
    this.metrics = metrics;
    seen = first;
    leaderChanges = metrics.registry().counter("toystore.leader.changes");
    outages = metrics.times("toystore.outage");
    counter("toystore.cache.hits", LoopView::hits);
    counter("toystore.cache.misses", LoopView::misses);
    counter("toystore.cache.evictions", LoopView::evictions);
    counter("toystore.cache.invalidations", LoopView::invalidations);
    gauge("toystore.cache.size", now -> now.view.cache().size());
    if (first.view.cache().enabled()) {
      gauge("toystore.cache.lease.seconds", FrontEndMetrics::shortestLease);
    }
    gauge("toystore.orders.waiting", now -> now.view.waiting());
    gauge("toystore.leader", now -> now.view.leader() == null ? 0 : now.view.leader());
    gauge("toystore.serving", now -> now.view.serving() ? 1 : 0);
    gauge("toystore.catalog.up", now -> isLive(now.view.catalog()) ? 1 : 0);
    gauge("toystore.consoles", FrontEndSeen::consoles);
    replicas.forEach(this::measure);
  }

  private void measure(String service) {
    replica("toystore.replica.up", service, its -> isLive(its.state()) ? 1 : 0);
    replica("toystore.replica.behind", service, its -> its.behindBy() == null ? 0 : its.behindBy());
  }

  /** Looks anew, and notes when purchases are not served, and when they are served again. */
  void look(FrontEndSeen now, long nanos) {
    seen = now;
    boolean servesNow = now.view.serving();
    if (serving && !servesNow) {
      lostNanos = nanos;
    } else if (!serving && servesNow && hasServed) {
      outages.record(nanos - lostNanos, TimeUnit.NANOSECONDS);
    }
    serving = servesNow;
    hasServed |= servesNow;
  }

  void hasNewLeader() {
    leaderChanges.increment();
  }

  private static boolean isLive(String state) {
    return "live".equals(state);
  }

  private static double shortestLease(FrontEndSeen now) {
    return now.loops.stream().mapToLong(LoopView::leaseLeftMs).min().orElse(0) / MS_PER_SECOND;
  }

  private void counter(String name, ToLongFunction<LoopView> figure) {
    FunctionCounter.builder(
            name, this, self -> self.seen.loops.stream().mapToLong(figure).sum())
        .register(metrics.registry());
  }

  private void gauge(String name, ToDoubleFunction<FrontEndSeen> figure) {
    Gauge.builder(name, this, self -> figure.applyAsDouble(self.seen)).register(metrics.registry());
  }

  private void replica(
      String name, String service, ToDoubleFunction<StatusView.ReplicaSummary> figure) {
    Gauge.builder(name, this, self -> self.seen.replicas.stream()
            .filter(its -> its.service().equals(service))
            .mapToDouble(figure)
            .sum())
        .tag("replica", service)
        .register(metrics.registry());
  }
}
