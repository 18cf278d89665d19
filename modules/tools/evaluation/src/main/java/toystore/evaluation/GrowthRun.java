package toystore.evaluation;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import toystore.evaluation.GrowthMeasured.Row;
import toystore.model.EngineName;
import toystore.operations.LocalStore;
import toystore.operations.OperationFailed;
import toystore.operations.ServiceStatus;
import toystore.operations.StoreStatus;

/** Measures a store that has grown beside a new one, with one engine. Used once. */
final class GrowthRun {
  private static final int STEPS = 5;
  private static final int TOY_STEPS = 2;
  private static final int FILLING_CONNECTIONS = 256;
  /** So many different orders are asked for. */
  private static final int ASKED = 4_096;
  /** One that lacks no more than what is under way is level. */
  private static final long LEVEL = 256;

  private static final Duration SLICE = Duration.ofMillis(250);
  private static final Duration FILLING = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofMinutes(20);
  private static final double NS_PER_S = 1e9;
  private static final double BYTES_PER_MB = 1e6;

  private final EngineName engine;
  private final GrowthPlan plan;
  private final Vertx vertx;
  private final Steps steps;
  private final List<Row> rows = new ArrayList<>();
  private long failures;

  GrowthRun(EngineName engine, GrowthPlan plan, Vertx vertx, Steps steps) {
    this.engine = engine;
    this.plan = plan;
    this.vertx = vertx;
    this.steps = steps;
  }

  /** Measures these engines, one after the other; gives them by name. */
  static Map<String, GrowthMeasured> all(List<EngineName> engines, GrowthPlan plan)
      throws IOException, InterruptedException {
    int ofEach = plan.toys() > 0 ? STEPS + TOY_STEPS : STEPS;
    return BenchRuns.run(ofEach * engines.size(), (vertx, steps) -> {
      Map<String, GrowthMeasured> measured = new LinkedHashMap<>();
      for (EngineName each : engines) {
        measured.put(each.toString(), new GrowthRun(each, plan, vertx, steps).measure());
      }
      return measured;
    });
  }

  /**
   * Measures all.
   *
   * @throws OperationFailed when a store does not start, or a replica does not become level
   */
  GrowthMeasured measure() throws IOException, InterruptedException {
    steps.begin(engine + ", making " + plan.orders() + " orders");
    try (GrowthStore few = GrowthStore.make(engine, 0, GrowthPlan.FEW_TOYS, true, vertx);
        GrowthStore many =
            GrowthStore.make(engine, plan.orders(), GrowthPlan.FEW_TOYS, true, vertx)) {
      steps.end(engine + ": made " + plan.orders() + " orders");
      starts(few, many);
      rates(few, many);
      heaps(few, many);
      few.audit();
      few.stop();
      catchUp(many);
      many.audit();
      failures += few.failures() + many.failures();
    }
    if (plan.toys() > 0) {
      toys(true, "cached product queries");
      toys(false, "uncached product queries");
    }
    return new GrowthMeasured(rows, failures);
  }

  private void starts(GrowthStore few, GrowthStore many) {
    steps.begin(engine + ", starting");
    rows.add(Row.of("first start", "s", startAlone(few), startAlone(many)));
    rows.add(Row.of("start", "s", startAlone(few), startAlone(many)));
    few.start();
    many.start();
    steps.end(engine + ": started");
  }

  /** A store that has just started, beside it, would take its time. */
  private static double startAlone(GrowthStore store) {
    double seconds = store.start();
    store.stop();
    return seconds;
  }

  private void rates(GrowthStore few, GrowthStore many) throws InterruptedException {
    steps.begin(engine + ", purchases and order queries");
    few.buy(GrowthPlan.CONNECTIONS, plan.warmUp());
    long bought = many.buy(GrowthPlan.CONNECTIONS, plan.warmUp()).answered();
    List<Double> fewRates = new ArrayList<>();
    List<Double> manyRates = new ArrayList<>();
    List<Double> newOrders = new ArrayList<>();
    List<Double> oldOrders = new ArrayList<>();
    List<BenchRequest> oldest = orders(0, Math.max(1, plan.orders() / 2));
    List<BenchRequest> newest = orders(plan.orders(), Math.max(1, Math.min(ASKED, bought)));
    for (int i = 0; i < plan.repetitions(); i++) {
      fewRates.add(few.buy(GrowthPlan.CONNECTIONS, plan.load()).perSecond());
      manyRates.add(many.buy(GrowthPlan.CONNECTIONS, plan.load()).perSecond());
      newOrders.add(asked(many, newest));
      oldOrders.add(asked(many, oldest));
    }
    rows.add(Row.of("purchases", "a second", median(fewRates), median(manyRates)));
    rows.add(Row.of(
        "order queries: of new orders, of old ones",
        "a second",
        median(newOrders),
        median(oldOrders)));
    steps.end(String.format(
        Locale.ROOT,
        "%s: %.0f and %.0f purchases a second",
        engine,
        median(fewRates),
        median(manyRates)));
  }

  private double asked(GrowthStore store, List<BenchRequest> requests) throws InterruptedException {
    Throughput asked = store.load(GrowthPlan.CONNECTIONS, plan.load(), requests);
    failures += asked.failures();
    return asked.perSecond();
  }

  /** Some of these, by chance, and the same each time. */
  private static List<BenchRequest> orders(long first, long count) {
    Random random = new Random(count);
    return LongStream.generate(() -> first + Math.floorMod(random.nextLong(), count))
        .limit(ASKED)
        .mapToObj(BenchRequest::order)
        .toList();
  }

  private void heaps(GrowthStore few, GrowthStore many) throws IOException, InterruptedException {
    steps.begin(engine + ", heaps");
    List<ServiceStatus> grown = many.local().status().services();
    StoreStatus fresh = few.local().status();
    for (ServiceStatus service : grown) {
      String name = service.service().name();
      double before = Jcmd.heapBytes(fresh.of(name).pid().orElseThrow());
      double after = Jcmd.heapBytes(service.pid().orElseThrow());
      rows.add(Row.of("heap, " + name, "MB", before / BYTES_PER_MB, after / BYTES_PER_MB));
      if (plan.orders() > 0) {
        rows.add(Row.ofMany("  more, for each order", "bytes", (after - before) / plan.orders()));
      }
    }
    steps.end(engine + ": asked for the heaps");
  }

  private void catchUp(GrowthStore store) throws InterruptedException {
    LocalStore local = store.local();
    String away = local.status().services().stream()
        .filter(service -> service.role().filter("follower"::equals).isPresent())
        .map(service -> service.service().name())
        .findFirst()
        .orElseThrow(() -> new OperationFailed("no replica follows"));
    steps.begin(engine + ", buying " + plan.behind() + " orders while " + away + " is away");
    local.stop(away);
    long known = newest(local);
    while (newest(local) < known + plan.behind()) {
      store.buy(FILLING_CONNECTIONS, FILLING);
    }
    long lacked = newest(local) - known;
    steps.begin(engine + ", " + away + " catches up");
    Level level = level(store, local, away);
    rows.add(Row.ofMany("orders that a replica lacked", "orders", lacked));
    rows.add(Row.ofMany("  level after, its start included", "s", level.seconds));
    rows.add(Row.ofMany("  caught up with", "orders a second", level.perSecond));
    steps.end(String.format(Locale.ROOT, "%s: level after %.1f s", engine, level.seconds));
  }

  private record Level(double seconds, double perSecond) {}

  /** Starts it, and looks at it between purchases. */
  private static Level level(GrowthStore store, LocalStore local, String away)
      throws InterruptedException {
    long startNs = System.nanoTime();
    CompletableFuture<Void> started = CompletableFuture.runAsync(() -> local.start(away));
    long firstNs = 0;
    long first = 0;
    while (System.nanoTime() - startNs < LONGEST.toNanos()) {
      store.buy(GrowthPlan.CONNECTIONS, SLICE);
      StoreStatus status = local.status();
      long nowNs = System.nanoTime();
      long here = last(status.of(away));
      if (here >= 0 && firstNs == 0) {
        firstNs = nowNs;
        first = here;
      }
      long most = status.services().stream().mapToLong(GrowthRun::last).max().orElse(0);
      if (here >= 0 && most - here <= LEVEL) {
        started.join();
        double seconds = (nowNs - firstNs) / NS_PER_S;
        return new Level(
            (nowNs - startNs) / NS_PER_S, seconds > 0 ? (here - first) / seconds : Double.NaN);
      }
    }
    throw new OperationFailed(away + " was not level after " + LONGEST.toMinutes() + " minutes");
  }

  private static long newest(LocalStore local) {
    return local.status().services().stream().mapToLong(GrowthRun::last).max().orElse(0);
  }

  private static long last(ServiceStatus service) {
    return service.number("lastOrder").orElse(-1);
  }

  private void toys(boolean cache, String what) throws IOException, InterruptedException {
    steps.begin(engine + ", " + plan.toys() + " toys");
    try (GrowthStore few = GrowthStore.make(engine, 0, GrowthPlan.FEW_TOYS, cache, vertx);
        GrowthStore many = GrowthStore.make(engine, 0, plan.toys(), cache, vertx)) {
      if (cache) {
        rows.add(Row.of("first start with many toys", "s", startAlone(few), startAlone(many)));
        rows.add(Row.of("start with many toys", "s", startAlone(few), startAlone(many)));
      }
      few.start();
      many.start();
      Workload workload = cache ? Workload.CACHED_QUERY : Workload.UNCACHED_QUERY;
      List<Double> fewRates = new ArrayList<>();
      List<Double> manyRates = new ArrayList<>();
      for (int i = 0; i <= plan.repetitions(); i++) {
        double fewRate = asked(few, workload.requests(few.toys()));
        double manyRate = asked(many, cache ? workload.requests(many.toys()) : some(many.toys()));
        // The first of each only warms up.
        if (i > 0) {
          fewRates.add(fewRate);
          manyRates.add(manyRate);
        }
      }
      rows.add(Row.of(what + " with many toys", "a second", median(fewRates), median(manyRates)));
    }
    steps.end(engine + ": " + what);
  }

  /** Spread over all of them. */
  private static List<BenchRequest> some(List<String> toys) {
    return new Random(1)
        .ints(ASKED, 0, toys.size())
        .mapToObj(i -> BenchRequest.product(toys.get(i)))
        .toList();
  }

  private static double median(List<Double> repetitions) {
    return Spread.of(repetitions).median();
  }
}
