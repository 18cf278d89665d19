package toystore.evaluation;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.stream.LongStream;
import toystore.api.Answer;
import toystore.api.StoreClient;
import toystore.api.ToyAvailability;
import toystore.command.CommandFailed;
import toystore.command.ExitCode;
import toystore.evaluation.BenchRow.Pair;
import toystore.operations.AuditReport;
import toystore.operations.EngineChoice;
import toystore.operations.OperationFailed;
import toystore.operations.UpOptions;

/** Runs a bench, once: store and ceiling in turn, or engine and engine. */
final class Bench {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final int ORDERS = 64;
  private static final int WARM_UP_CONNECTIONS = 64;

  /** Fewer than the cache has room for. */
  private static final int CACHED_TOYS = 8;

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

  static int engineRuns(BenchPlan plan) {
    return EngineChoice.values().length * plan.connections().size() * plan.repetitions();
  }

  /**
   * Store against ceiling.
   *
   * @throws OperationFailed when something does not start, or orders are missing afterwards
   */
  List<Pair> againstCeiling(EngineChoice engine) throws IOException, InterruptedException {
    List<Pair> pairs = new ArrayList<>();
    for (boolean cache : new boolean[] {true, false}) {
      List<Workload> workloads = List.of(Workload.values()).stream()
          .filter(load -> load.cache() == cache)
          .toList();
      steps.begin("starting a store");
      try (MeasuredStore store = start(engine, cache)) {
        pairs.addAll(measure(store, workloads));
      }
    }
    return pairs;
  }

  private List<Pair> measure(MeasuredStore store, List<Workload> workloads)
      throws IOException, InterruptedException {
    return withLogsKept(store, () -> load(store, workloads));
  }

  /** Without its logs, the failure of a store that is gone cannot be explained. */
  private static <T> T withLogsKept(MeasuredStore store, Measuring<T> measuring)
      throws IOException, InterruptedException {
    try {
      return measuring.run();
    } catch (CommandFailed e) {
      throw new CommandFailed(
          e.exitCode().orElse(ExitCode.NOT_DONE),
          e.getMessage() + "; logs: " + store.keepLogs().orElseThrow());
    }
  }

  private List<Pair> load(MeasuredStore store, List<Workload> workloads)
      throws IOException, InterruptedException {
    Target target = Target.of(store);
    StoreClient client = client(store);
    List<String> toys = toys(client);
    // The catalog's order, so a new store numbers these orders from 0.
    for (int i = 0; i < ORDERS; i++) {
      RecordedAnswer.of(client, BenchRequest.purchase(toys.get(i % toys.size())));
    }
    long acknowledged = ORDERS;
    steps.begin("warming up");
    for (Workload workload : workloads) {
      Throughput warm =
          run(target, requests(workload, toys), WARM_UP_CONNECTIONS, plan.warmUpOf(workload));
      acknowledged += workload == Workload.PURCHASE ? warm.answered() : 0;
    }
    List<RecordedAnswer> answers = new ArrayList<>();
    for (Workload workload : workloads) {
      for (BenchRequest request : requests(workload, toys)) {
        answers.add(RecordedAnswer.of(client, request));
        acknowledged += workload == Workload.PURCHASE ? 1 : 0;
      }
    }
    List<Pair> pairs;
    try (Ceiling ceiling = Ceiling.start(answers)) {
      Target bare = new Target("127.0.0.1", ceiling.port());
      run(bare, requests(workloads.get(0), toys), WARM_UP_CONNECTIONS, plan.storeWarmUp());
      pairs = alternate(target, bare, workloads, toys);
    }
    for (Pair pair : pairs) {
      acknowledged += pair.workload() == Workload.PURCHASE ? pair.store().answered() : 0;
    }
    requireOrders(store, acknowledged, pairs.stream().map(Pair::store).toList());
    return pairs;
  }

  private List<Pair> alternate(
      Target store, Target ceiling, List<Workload> workloads, List<String> toys)
      throws InterruptedException {
    List<Pair> pairs = new ArrayList<>();
    for (int repetition = 0; repetition < plan.repetitions(); repetition++) {
      for (Workload workload : workloads) {
        List<BenchRequest> requests = requests(workload, toys);
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

  /** Engine against engine: orders a second, each run on a store that is new in each repetition. */
  List<EngineRun> engines() throws IOException, InterruptedException {
    List<EngineRun> runs = new ArrayList<>();
    for (int repetition = 1; repetition <= plan.repetitions(); repetition++) {
      List<EngineChoice> order = repetition % 2 == 1
          ? List.of(EngineChoice.PRIMARY_BACKUP, EngineChoice.RAFT)
          : List.of(EngineChoice.RAFT, EngineChoice.PRIMARY_BACKUP);
      for (EngineChoice engine : order) {
        steps.begin("starting a store, " + engine);
        try (MeasuredStore store = start(engine, true)) {
          int current = repetition;
          runs.addAll(withLogsKept(store, () -> purchases(store, engine, current)));
        }
      }
    }
    return runs;
  }

  private List<EngineRun> purchases(MeasuredStore store, EngineChoice engine, int repetition)
      throws IOException, InterruptedException {
    Target target = Target.of(store);
    List<BenchRequest> requests = requests(Workload.PURCHASE, toys(client(store)));
    steps.begin("warming up");
    List<Throughput> all = new ArrayList<>();
    all.add(run(target, requests, WARM_UP_CONNECTIONS, plan.warmUpOf(Workload.PURCHASE)));
    List<EngineRun> runs = new ArrayList<>();
    for (int connections : plan.connections()) {
      steps.begin(words(engine.toString(), connections));
      Throughput measured = run(target, requests, connections, plan.load());
      all.add(measured);
      runs.add(new EngineRun(repetition, engine, connections, measured));
      steps.end(String.format(
          Locale.ROOT, "%s: %.0f/s", words(engine.toString(), connections), measured.perSecond()));
    }
    requireOrders(store, all.stream().mapToLong(Throughput::answered).sum(), all);
    return runs;
  }

  private StoreClient client(MeasuredStore store) {
    return new StoreClient(vertx, store.address(), 1, TIMEOUT);
  }

  private static List<String> toys(StoreClient client) {
    Answer<List<ToyAvailability>> toys = client.products().await();
    if (!toys.isOk()) {
      throw new OperationFailed("no toys: " + toys.detail());
    }
    return toys.value().stream().map(ToyAvailability::name).toList();
  }

  private static MeasuredStore start(EngineChoice engine, boolean cache) throws IOException {
    return MeasuredStore.up(
        UpOptions.defaults().withEngine(engine).withCache(cache).withStock(BenchPlan.STOCK));
  }

  /** Speed counts only if nothing was lost for it. */
  private void requireOrders(MeasuredStore store, long acknowledged, List<Throughput> runs) {
    store.requireOpen();
    steps.begin("audit");
    AuditReport audit = store.audit().orElseThrow();
    if (audit.verdict() != AuditReport.Verdict.HOLDS) {
      throw new CommandFailed(
          audit.verdict() == AuditReport.Verdict.BROKEN ? ExitCode.BROKEN : ExitCode.NOT_GOOD,
          "the audit after the load: " + audit);
    }
    // What failed may have become an order all the same.
    boolean certain = runs.stream().allMatch(run -> run.failures() == 0);
    if (audit.orders() < acknowledged || certain && audit.orders() > acknowledged) {
      throw new CommandFailed(
          ExitCode.BROKEN,
          acknowledged + " orders were acknowledged, but " + audit.orders() + " are there");
    }
  }

  private static List<BenchRequest> requests(Workload workload, List<String> toys) {
    return switch (workload) {
      case CACHED_QUERY, UNCACHED_QUERY ->
        toys.stream().limit(CACHED_TOYS).map(BenchRequest::product).toList();
      case PURCHASE -> toys.stream().map(BenchRequest::purchase).toList();
      case ORDER_QUERY ->
        LongStream.range(0, ORDERS).mapToObj(BenchRequest::order).toList();
    };
  }

  private Throughput run(Target target, List<BenchRequest> requests, int connections, Duration load)
      throws InterruptedException {
    try {
      return new HttpLoad(vertx, target.host(), target.port(), requests)
          .run(connections, plan.warmUp(), load)
          .toCompletionStage()
          .toCompletableFuture()
          .get();
    } catch (ExecutionException e) {
      throw new OperationFailed("no load possible: " + e.getCause().getMessage(), e);
    }
  }

  private static String words(String what, int connections) {
    return what + ", " + connections + (connections == 1 ? " connection" : " connections");
  }

  @FunctionalInterface
  private interface Measuring<T> {
    T run() throws IOException, InterruptedException;
  }

  private record Target(String host, int port) {
    static Target of(MeasuredStore store) {
      return new Target(
          store.address().address().host(), store.address().address().port());
    }
  }

  /** Purchases of one engine. */
  record EngineRun(int repetition, EngineChoice engine, int connections, Throughput throughput) {}
}
