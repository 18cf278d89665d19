package toystore.evaluation;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import toystore.api.Answer;
import toystore.api.StoreClient;
import toystore.api.ToyAvailability;
import toystore.command.CommandFailed;
import toystore.command.ExitCode;
import toystore.model.EngineName;
import toystore.operations.AuditReport;
import toystore.operations.OperationFailed;
import toystore.operations.ServiceUse;
import toystore.operations.UpOptions;

/** A store that a bench makes for itself: what is asked of it, and what must hold afterwards. */
record BenchStore(MeasuredStore store, Vertx vertx) implements ColdRun.Loaded, AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  static BenchStore up(EngineName engine, boolean cache, Vertx vertx) throws IOException {
    return new BenchStore(
        MeasuredStore.up(
            UpOptions.defaults().withEngine(engine).withCache(cache).withStock(BenchPlan.STOCK)),
        vertx);
  }

  Target target() {
    return Target.of(store);
  }

  /** What each service has used of the machine so far. */
  @Override
  public List<ServiceUse> uses() {
    return store.own().orElseThrow().store().uses();
  }

  /** Buys toys. */
  @Override
  public Throughput load(int connections, Duration warmUp, Duration load)
      throws InterruptedException {
    return target().load(vertx, Workload.PURCHASE.requests(toys()), connections, warmUp, load);
  }

  /** How the database of the store is reached; empty where it has none. */
  Optional<PgConnectOptions> database() {
    return store.own().orElseThrow().store().database();
  }

  StoreClient client() {
    return new StoreClient(vertx, store.address(), 1, TIMEOUT);
  }

  List<String> toys() {
    Answer<List<ToyAvailability>> toys = client().products().await();
    if (!toys.isOk()) {
      throw new OperationFailed("no toys: " + toys.detail());
    }
    return toys.value().stream().map(ToyAvailability::name).toList();
  }

  /** Without its logs, the failure of a store that is gone cannot be explained. */
  <T> T withLogsKept(Measuring<T> measuring) throws IOException, InterruptedException {
    try {
      return measuring.run();
    } catch (CommandFailed e) {
      throw new CommandFailed(
          e.exitCode().orElse(ExitCode.NOT_DONE),
          e.getMessage() + "; logs: " + store.keepLogs().orElseThrow());
    }
  }

  /** Speed counts only if nothing was lost for it. */
  void requireOrders(long acknowledged, List<Throughput> runs) {
    store.requireOpen();
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

  @Override
  public void close() {
    store.close();
  }

  @FunctionalInterface
  interface Measuring<T> {
    T run() throws IOException, InterruptedException;
  }
}
