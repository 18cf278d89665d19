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
 * is cold, then from so many connections when it is warm. Or an etcd, with plain puts in the place
 * of purchases.
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

  /** What is measured from its start on. */
  interface Loaded {
    /** What each process has used of the machine so far. */
    List<ServiceUse> uses();

    /**
     * Loads it with writes from so many connections.
     *
     * @param warmUp before what counts
     */
    Throughput load(int connections, Duration warmUp, Duration load) throws InterruptedException;
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
      return store.withLogsKept(() -> {
        ColdRun run = new Load(store, plan, progress, engine.toString()).from(upSeconds);
        progress.begin("audit");
        List<Throughput> all = run.throughputs();
        store.requireOrders(all.stream().mapToLong(Throughput::answered).sum(), all);
        return run;
      });
    }
  }

  /**
   * The same of an etcd, with its plain puts.
   *
   * @throws toystore.operations.OperationFailed when it does not start, or cannot be loaded
   */
  static ColdRun ofEtcd(ColdPlan plan, Vertx vertx, Steps progress)
      throws IOException, InterruptedException {
    progress.begin("starting " + EtcdBench.NAME);
    long startNs = System.nanoTime();
    try (EtcdCluster etcd = EtcdCluster.up(vertx)) {
      double upSeconds = (System.nanoTime() - startNs) / NS_PER_S;
      return new Load(etcd, plan, progress, EtcdBench.NAME).from(upSeconds);
    }
  }

  List<Throughput> throughputs() {
    return steps.stream().map(ColdStep::throughput).toList();
  }

  private static final class Load {
    private final Loaded loaded;
    private final ColdPlan plan;
    private final Steps progress;
    private final String name;
    private final List<ColdStep> steps = new ArrayList<>();

    Load(Loaded loaded, ColdPlan plan, Steps progress, String name) {
      this.loaded = loaded;
      this.plan = plan;
      this.progress = progress;
      this.name = name;
    }

    ColdRun from(double upSeconds) throws InterruptedException {
      List<ServiceUse> atRest = loaded.uses();
      long second = 0;
      for (Duration length : plan.cold()) {
        long end = second + length.toSeconds();
        run(second + " to " + end + " s", ColdPlan.COLD_CONNECTIONS, length);
        second = end;
      }
      for (int connections : plan.connections()) {
        run("warm", connections, plan.warm());
      }
      return new ColdRun(upSeconds, atRest, steps, loaded.uses());
    }

    private void run(String when, int connections, Duration length) throws InterruptedException {
      progress.begin(name + ", " + when);
      List<ServiceUse> before = loaded.uses();
      Throughput throughput = loaded.load(connections, Duration.ZERO, length);
      steps.add(ColdStep.of(when, connections, throughput, before, loaded.uses()));
      progress.end(String.format(
          Locale.ROOT,
          "%s, %s, %d connections: %.0f/s",
          name,
          when,
          connections,
          throughput.perSecond()));
    }
  }
}
