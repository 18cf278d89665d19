package toystore.evaluation;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import toystore.evaluation.LookThenBuy.Bought;
import toystore.model.EngineName;
import toystore.operations.LocalStore;
import toystore.operations.OperationFailed;
import toystore.operations.ServiceStatus;
import toystore.operations.ServiceUse;

/** Times the legs of purchases in a store of its own, and counts what they cost. Used once. */
final class LegsRun {
  private static final int WARM_UP_CONNECTIONS = 64;
  private static final int TRIES = 5;
  private static final int ANSWER_LIMIT_MS = 5_000;

  private final BenchStore store;
  private final LegsPlan plan;
  private final Steps progress;
  private final String name;
  private final List<String> toys;
  private final List<Throughput> all = new ArrayList<>();

  private LegsRun(BenchStore store, LegsPlan plan, Steps progress, String name) {
    this.store = store;
    this.plan = plan;
    this.progress = progress;
    this.name = name;
    this.toys = store.toys();
  }

  /**
   * Makes a store, warms it, loads it from as many connections as planned.
   *
   * @throws OperationFailed when the store does not start, cannot be loaded, or changes its leader
   */
  static List<LegsMeasured> of(EngineName engine, LegsPlan plan, Vertx vertx, Steps progress)
      throws IOException, InterruptedException {
    progress.begin("starting a store, " + engine);
    try (BenchStore store = BenchStore.up(engine, true, vertx)) {
      return store.withLogsKept(
          () -> new LegsRun(store, plan, progress, engine.toString()).measure());
    }
  }

  private List<LegsMeasured> measure() throws IOException, InterruptedException {
    progress.begin(name + ", warming up");
    looksAndPurchases(WARM_UP_CONNECTIONS, plan.warmUp());
    List<LegsMeasured> measured = new ArrayList<>();
    for (int connections : plan.connections()) {
      progress.begin(Bench.words(name, connections));
      measured.add(measure(connections));
      progress.end(String.format(
          Locale.ROOT,
          "%s: %.0f us a purchase",
          Bench.words(name, connections),
          measured.get(measured.size() - 1).purchase().times().meanUs()));
    }
    progress.begin("audit");
    store.requireOrders(all.stream().mapToLong(Throughput::answered).sum(), all);
    return measured;
  }

  private LegsMeasured measure(int connections) throws IOException, InterruptedException {
    for (int i = 0; i < TRIES; i++) {
      Optional<LegsMeasured> measured = tryToMeasure(connections);
      if (measured.isPresent()) {
        return measured.get();
      }
      progress.remark("another replica came to lead meanwhile: once more");
    }
    throw new OperationFailed("the leader changed each of " + TRIES + " times: the machine is too"
        + " busy for a measurement");
  }

  /** Empty when the leader changed: then the legs of two replicas are those of none. */
  private Optional<LegsMeasured> tryToMeasure(int connections)
      throws IOException, InterruptedException {
    looksAndPurchases(connections, plan.settle());
    String leader = leader();
    Map<String, ServiceFigures> before = figures();
    Bought bought = looksAndPurchases(connections, plan.load());
    Map<String, ServiceFigures> after = figures();
    if (!leader.equals(leader())) {
      return Optional.empty();
    }
    LegNode purchase = PurchaseTree.of(bought.purchases(), before, after, leader);
    return Optional.of(
        new LegsMeasured(connections, bought.pairs(), leader, purchase, costs(connections)));
  }

  /** Of purchases alone: who only looks costs too. */
  private List<LegsMeasured.Cost> costs(int connections) throws IOException, InterruptedException {
    Map<String, ServiceFigures> before = figures();
    List<ServiceUse> usedBefore = store.uses();
    Throughput buying = store.load(connections, plan.settle(), plan.buying());
    all.add(buying);
    ColdStep step = ColdStep.of("warm", connections, buying, usedBefore, store.uses());
    return LegsMeasured.Cost.of(step, before, figures());
  }

  private Bought looksAndPurchases(int connections, Duration load) throws InterruptedException {
    LookThenBuy customers = new LookThenBuy(store.vertx(), store.target(), toys);
    Bought bought = Target.awaited(customers.run(connections, load));
    all.add(bought.pairs());
    return bought;
  }

  private LocalStore local() {
    return store.store().own().orElseThrow().store();
  }

  private String leader() {
    return local().status().leader().orElseThrow(() -> new OperationFailed("no replica leads"));
  }

  private Map<String, ServiceFigures> figures() throws IOException {
    Map<String, ServiceFigures> figures = new LinkedHashMap<>();
    for (ServiceStatus service : local().status().services()) {
      String called = service.service().name();
      figures.put(called, ServiceFigures.parse(metrics(local().internalAddress(called))));
    }
    return figures;
  }

  private static String metrics(String address) throws IOException {
    HttpURLConnection call =
        (HttpURLConnection) URI.create("http://" + address + "/metrics").toURL().openConnection();
    call.setConnectTimeout(ANSWER_LIMIT_MS);
    call.setReadTimeout(ANSWER_LIMIT_MS);
    try (InputStream said = call.getInputStream()) {
      return new String(said.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
