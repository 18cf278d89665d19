package toystore.evaluation;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import toystore.api.StoreClient;
import toystore.evaluation.BenchRow.Pair;
import toystore.model.EngineName;
import toystore.operations.OperationFailed;

/** Runs a bench, once: store and ceiling in turn, or engine and engine. */
final class Bench {
  static final int WARM_UP_CONNECTIONS = 64;

  private final BenchPlan plan;
  private final Vertx vertx;
  private final Steps steps;

  Bench(BenchPlan plan, Vertx vertx, Steps steps) {
    this.plan = plan;
    this.vertx = vertx;
    this.steps = steps;
  }

  static int runs(BenchPlan plan) {
    return Workload.values().length * plan.connections().size() * plan.repetitions();
  }

  static int engineRuns(BenchPlan plan, List<EngineName> engines, boolean etcd) {
    return (engines.size() + (etcd ? 1 : 0)) * plan.connections().size() * plan.repetitions();
  }

  /**
   * Store against ceiling.
   *
   * @throws OperationFailed when something does not start, or orders are missing afterwards
   */
  List<Pair> againstCeiling(EngineName engine) throws IOException, InterruptedException {
    List<Pair> pairs = new ArrayList<>();
    for (boolean cache : new boolean[] {true, false}) {
      List<Workload> workloads = List.of(Workload.values()).stream()
          .filter(load -> load.cache() == cache)
          .toList();
      steps.begin("starting a store");
      try (BenchStore store = BenchStore.up(engine, cache, vertx)) {
        pairs.addAll(store.withLogsKept(() -> load(store, workloads)));
      }
    }
    return pairs;
  }

  private List<Pair> load(BenchStore store, List<Workload> workloads)
      throws IOException, InterruptedException {
    Target target = store.target();
    StoreClient client = store.client();
    List<String> toys = store.toys();
    // The catalog's order, so a new store numbers these orders from 0.
    for (int i = 0; i < Workload.ORDERS; i++) {
      RecordedAnswer.of(client, BenchRequest.purchase(toys.get(i % toys.size())));
    }
    long acknowledged = Workload.ORDERS;
    steps.begin("warming up");
    for (Workload workload : workloads) {
      Throughput warm =
          run(target, workload.requests(toys), WARM_UP_CONNECTIONS, plan.warmUpOf(workload));
      acknowledged += workload == Workload.PURCHASE ? warm.answered() : 0;
    }
    List<RecordedAnswer> answers = new ArrayList<>();
    for (Workload workload : workloads) {
      for (BenchRequest request : workload.requests(toys)) {
        answers.add(RecordedAnswer.of(client, request));
        acknowledged += workload == Workload.PURCHASE ? 1 : 0;
      }
    }
    List<Pair> pairs;
    try (Ceiling ceiling = Ceiling.start(answers)) {
      Target bare = new Target("127.0.0.1", ceiling.port());
      run(bare, workloads.get(0).requests(toys), WARM_UP_CONNECTIONS, plan.storeWarmUp());
      pairs = alternate(target, bare, workloads, toys);
    }
    for (Pair pair : pairs) {
      acknowledged += pair.workload() == Workload.PURCHASE ? pair.store().answered() : 0;
    }
    steps.begin("audit");
    store.requireOrders(acknowledged, pairs.stream().map(Pair::store).toList());
    return pairs;
  }

  private List<Pair> alternate(
      Target store, Target ceiling, List<Workload> workloads, List<String> toys)
      throws InterruptedException {
    List<Pair> pairs = new ArrayList<>();
    for (int repetition = 0; repetition < plan.repetitions(); repetition++) {
      for (Workload workload : workloads) {
        List<BenchRequest> requests = workload.requests(toys);
        for (int connections : plan.connections()) {
          steps.begin(words(workload.label(), connections));
          boolean storeFirst = repetition % 2 == 0;
          Throughput first = run(storeFirst ? store : ceiling, requests, connections, plan.load());
          Throughput second = run(storeFirst ? ceiling : store, requests, connections, plan.load());
          Pair pair = new Pair(
              workload, connections, storeFirst ? first : second, storeFirst ? second : first);
          pairs.add(pair);
          steps.end(String.format(
              Locale.ROOT,
              "%s: %.0f/s, %.2f of the ceiling",
              words(workload.label(), connections),
              pair.store().perSecond(),
              pair.ratio()));
        }
      }
    }
    return pairs;
  }

  /**
   * Engine against engine: orders a second, each run on a store that is new in each repetition.
   *
   * @param engines whose order changes with each repetition, so that age and warmth favour none
   * @param etcd whether plain puts of an etcd are measured beside them, in the same order
   */
  Alternations engines(List<EngineName> engines, boolean etcd)
      throws IOException, InterruptedException {
    Alternations all = new Alternations(new ArrayList<>(), new ArrayList<>());
    for (int repetition = 1; repetition <= plan.repetitions(); repetition++) {
      boolean forwards = repetition % 2 == 1;
      List<EngineName> order = new ArrayList<>(engines);
      if (!forwards) {
        Collections.reverse(order);
      }
      if (etcd && !forwards) {
        all.puts().addAll(new EtcdBench(plan, vertx, steps).run(repetition));
      }
      for (EngineName engine : order) {
        steps.begin("starting a store, " + engine);
        try (BenchStore store = BenchStore.up(engine, true, vertx)) {
          int current = repetition;
          all.runs().addAll(store.withLogsKept(() -> purchases(store, engine, current)));
        }
      }
      if (etcd && forwards) {
        all.puts().addAll(new EtcdBench(plan, vertx, steps).run(repetition));
      }
    }
    return all;
  }

  private List<EngineRun> purchases(BenchStore store, EngineName engine, int repetition)
      throws IOException, InterruptedException {
    Target target = store.target();
    List<BenchRequest> requests = Workload.PURCHASE.requests(store.toys());
    steps.begin("warming up");
    List<Throughput> all = new ArrayList<>();
    all.add(run(target, requests, WARM_UP_CONNECTIONS, plan.warmUpOf(Workload.PURCHASE)));
    List<EngineRun> runs = new ArrayList<>();
    for (int connections : plan.connections()) {
      steps.begin(words(engine.toString(), connections));
      Throughput measured = run(target, requests, connections, plan.load());
      all.add(measured);
      EngineRun orders = new EngineRun(repetition, engine, connections, measured);
      runs.add(commits(store, connections).map(orders::withCommits).orElse(orders));
      steps.end(String.format(
          Locale.ROOT, "%s: %.0f/s", words(engine.toString(), connections), measured.perSecond()));
    }
    steps.begin("audit");
    store.requireOrders(all.stream().mapToLong(Throughput::answered).sum(), all);
    return runs;
  }

  /** What its database does by itself over as many connections; empty where it has none. */
  private Optional<Throughput> commits(BenchStore store, int connections)
      throws InterruptedException {
    if (store.database().isEmpty()) {
      return Optional.empty();
    }
    steps.begin(words("plain commits", connections));
    return Optional.of(
        new CommitLoad(vertx, store.database().get()).run(connections, plan.warmUp(), plan.load()));
  }

  private Throughput run(Target target, List<BenchRequest> requests, int connections, Duration load)
      throws InterruptedException {
    return target.load(vertx, requests, connections, plan.warmUp(), load);
  }

  /** For the line of progress. */
  static String words(String what, int connections) {
    return what + ", " + connections + (connections == 1 ? " connection" : " connections");
  }

  /**
   * What was measured in all repetitions, each list in their order.
   *
   * @param puts of an etcd; none where it was not measured
   */
  record Alternations(List<EngineRun> runs, List<EtcdBench.PutRun> puts) {}

  /**
   * Purchases of one engine.
   *
   * @param commits plain ones of its database afterwards, if it has one
   */
  record EngineRun(
      int repetition,
      EngineName engine,
      int connections,
      Throughput throughput,
      Optional<Throughput> commits) {
    EngineRun(int repetition, EngineName engine, int connections, Throughput throughput) {
      this(repetition, engine, connections, throughput, Optional.empty());
    }

    EngineRun withCommits(Throughput plain) {
      return new EngineRun(repetition, engine, connections, throughput, Optional.of(plain));
    }
  }
}
