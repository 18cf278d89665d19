package toystore.evaluation;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import toystore.client.ExitCode;
import toystore.client.LoadException;
import toystore.client.LoadRun;
import toystore.client.LoadSettings;
import toystore.client.Progress;
import toystore.client.Report;
import toystore.client.RequestKind;
import toystore.client.StoreAddress;
import toystore.operations.AuditReport;
import toystore.operations.OperationFailed;
import toystore.operations.UpOptions;

/** Runs a plan, once: stores up, loads, look-ups, audits, stores down. */
final class Evaluation {
  private static final Duration TIMEOUT = Duration.ofSeconds(12);
  private static final double WARM_UP_PROBABILITY = 0.4;
  /** Many, so that the compilers of five JVMs are through sooner. */
  private static final int WARM_UP_CLIENTS = 64;

  private final EvaluationPlan plan;
  private final Vertx vertx;
  private final Steps steps;
  private final Consumer<List<Measurement>> sink;
  private final List<Measurement> measurements = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();
  private long orders;
  private long failures;
  private int runs;

  /**
   * @param sink told the measurements of each run when it is over
   */
  Evaluation(EvaluationPlan plan, Vertx vertx, Steps steps, Consumer<List<Measurement>> sink) {
    this.plan = plan;
    this.vertx = vertx;
    this.steps = steps;
    this.sink = sink;
  }

  /**
   * Runs it.
   *
   * @throws OperationFailed when a store cannot be started or loaded
   */
  Outcome run() throws IOException, InterruptedException {
    steps.begin("starting two stores");
    UpOptions options = UpOptions.defaults().withEngine(plan.engine()).withStock(plan.stock());
    try (TemporaryStore cached = TemporaryStore.up(options.withCache(true));
        TemporaryStore uncached = TemporaryStore.up(options.withCache(false))) {
      steps.begin("warming up");
      warmUp(cached);
      warmUp(uncached);
      for (int repetition = 1; repetition <= plan.repetitions(); repetition++) {
        for (Trial trial : plan.trials(repetition)) {
          runTrial(trial, trial.cache() ? cached : uncached);
        }
      }
      steps.begin("audit");
      check(cached.audit());
      check(uncached.audit());
    }
    return new Outcome(measurements, orders, failures, broken);
  }

  private void warmUp(TemporaryStore store) throws InterruptedException {
    Trial any = new Trial(0, true, WARM_UP_PROBABILITY, 1);
    keep(any, load(store, WARM_UP_CLIENTS, any, plan.storeWarmUp()));
  }

  private void runTrial(Trial trial, TemporaryStore store) throws InterruptedException {
    steps.begin(words(trial));
    Report report = load(store, plan.clients(), trial, plan.load());
    store.requireOpen();
    keep(trial, report);
    runs++;
    List<Measurement> rows = new ArrayList<>();
    for (RequestKind kind : RequestKind.values()) {
      Measurement row = Measurement.of(runs, trial, report.figures(kind));
      if (row.count() > 0 || row.failures() > 0) {
        rows.add(row);
      }
    }
    measurements.addAll(rows);
    sink.accept(rows);
    steps.end(String.format(
        Locale.ROOT,
        "%s: query %s ms, buy %s ms, order query %s ms",
        words(trial),
        median(report, RequestKind.QUERY),
        median(report, RequestKind.BUY),
        median(report, RequestKind.ORDER)));
  }

  private static String median(Report report, RequestKind kind) {
    return Numbers.ms(report.figures(kind).percentileMs(50));
  }

  private static String words(Trial trial) {
    return String.format(
        Locale.ROOT, "p=%.1f cache %s", trial.probability(), trial.cache() ? "on" : "off");
  }

  private Report load(TemporaryStore store, int clients, Trial trial, Duration load)
      throws InterruptedException {
    LoadSettings settings = LoadSettings.closedLoop(
        StoreAddress.parse(store.address().toString(), ""),
        clients,
        trial.probability(),
        plan.warmUp(),
        load,
        trial.seed(),
        TIMEOUT);
    try {
      return new LoadRun(vertx, settings, new Progress())
          .start()
          .toCompletionStage()
          .toCompletableFuture()
          .get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LoadException unreachable) {
        throw new OperationFailed(unreachable.getMessage(), unreachable);
      }
      throw new IllegalStateException("the load failed", e);
    }
  }

  /** Remembers what the clients saw of the store's promises, also while it warmed up. */
  private void keep(Trial trial, Report report) {
    orders += report.verdict().acknowledged();
    for (RequestKind kind : RequestKind.values()) {
      failures += report.figures(kind).failures();
    }
    if (report.exitCode() != ExitCode.GOOD) {
      broken.add(words(trial) + ": " + report.exitCode().meaning());
    }
  }

  private void check(AuditReport audit) {
    if (audit.verdict() != AuditReport.Verdict.HOLDS) {
      broken.add("audit: " + audit);
    }
  }

  /**
   * What came of it.
   *
   * @param orders acknowledged, and each looked up
   * @param failures requests that were not answered as they should, those of the warm-up too
   * @param broken promises that were not kept, or could not be checked
   */
  record Outcome(List<Measurement> measurements, long orders, long failures, List<String> broken) {
    Outcome {
      measurements = List.copyOf(measurements);
      broken = List.copyOf(broken);
    }

    /** Whether nothing failed at all: no process is harmed here, so nothing may. */
    boolean isGood() {
      return failures == 0 && broken.isEmpty();
    }
  }
}
