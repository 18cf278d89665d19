package toystore.evaluation;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import toystore.model.EngineName;
import toystore.operations.ServiceUse;

/**
 * A new store, measured from its start on: customers buy from the moment it serves, first while it
 * is cold, then from so many connections when it is warm.
 *
 * @param upSeconds from the start of the first process until the store serves
 * @param atRest what each service used until then
 * @param steps in turn, cold ones first
 * @param atTheEnd what each service used until after the last
 */
record ColdRun(
    double upSeconds, List<ServiceUse> atRest, List<ColdStep> steps, List<ServiceUse> atTheEnd) {
  private static final double NS_PER_S = 1e9;

  ColdRun {
    atRest = List.copyOf(atRest);
    steps = List.copyOf(steps);
    atTheEnd = List.copyOf(atTheEnd);
  }

  /**
   * Makes it, once.
   *
   * @throws toystore.operations.OperationFailed when the store does not start, or cannot be loaded
   */
  static ColdRun of(EngineName engine, ColdPlan plan, Vertx vertx, Steps progress)
      throws IOException, InterruptedException {
    progress.begin("starting a store, " + engine);
    long startNs = System.nanoTime();
    try (BenchStore store = BenchStore.up(engine, true, vertx)) {
      double upSeconds = (System.nanoTime() - startNs) / NS_PER_S;
      return store.withLogsKept(() -> new Load(store, plan, progress, engine).from(upSeconds));
    }
  }

  List<Throughput> throughputs() {
    return steps.stream().map(ColdStep::throughput).toList();
  }

  private static final class Load {
    private final BenchStore store;
    private final ColdPlan plan;
    private final Steps progress;
    private final EngineName engine;
    private final List<ColdStep> steps = new ArrayList<>();

    Load(BenchStore store, ColdPlan plan, Steps progress, EngineName engine) {
      this.store = store;
      this.plan = plan;
      this.progress = progress;
      this.engine = engine;
    }

    ColdRun from(double upSeconds) throws IOException, InterruptedException {
      List<ServiceUse> atRest = store.uses();
      long second = 0;
      for (Duration length : plan.cold()) {
        long end = second + length.toSeconds();
        run(second + " to " + end + " s", ColdPlan.COLD_CONNECTIONS, length);
        second = end;
      }
      for (int connections : plan.connections()) {
        run("warm", connections, plan.warm());
      }
      ColdRun whole = new ColdRun(upSeconds, atRest, steps, store.uses());
      progress.begin("audit");
      List<Throughput> all = whole.throughputs();
      store.requireOrders(all.stream().mapToLong(Throughput::answered).sum(), all);
      return whole;
    }

    private void run(String when, int connections, Duration length) throws InterruptedException {
      progress.begin(engine + ", " + when);
      List<ServiceUse> before = store.uses();
      Throughput throughput = store
          .target()
          .load(
              store.vertx(),
              Workload.PURCHASE.requests(store.toys()),
              connections,
              Duration.ZERO,
              length);
      steps.add(ColdStep.of(when, connections, throughput, before, store.uses()));
      progress.end(String.format(
          Locale.ROOT,
          "%s, %s, %d connections: %.0f/s",
          engine,
          when,
          connections,
          throughput.perSecond()));
    }
  }
}
