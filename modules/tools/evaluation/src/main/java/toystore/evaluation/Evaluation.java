package toystore.evaluation;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import toystore.api.StoreAddress;
import toystore.client.LoadException;
import toystore.client.LoadProgress;
import toystore.client.LoadRun;
import toystore.client.LoadSettings;
import toystore.client.Report;
import toystore.client.RequestKind;
import toystore.command.ExitCode;
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
  private final List<String> unwell = new ArrayList<>();
  private boolean isBroken;
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
      try {
        measure(cached, uncached);
      } catch (OperationFailed e) {
        throw new OperationFailed(e.getMessage() + keepLogs(cached, uncached), e);
      }
      if (failures > 0 || !unwell.isEmpty()) {
        steps.remark("something was not good" + keepLogs(cached, uncached));
      }
    }
    return new Outcome(measurements, orders, failures, unwell, isBroken);
  }

  private void measure(TemporaryStore cached, TemporaryStore uncached) throws InterruptedException {
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

  private static String keepLogs(TemporaryStore cached, TemporaryStore uncached) {
    return "\n  logs with the cache on:  " + cached.keepLogs() + "\n  logs with the cache off: "
        + uncached.keepLogs();
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
      return new LoadRun(vertx, settings, new LoadProgress())
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
      unwell.add(words(trial) + ": " + report.inWords());
      isBroken |= report.exitCode() == ExitCode.BROKEN;
    }
  }

  private void check(AuditReport audit) {
    if (audit.verdict() != AuditReport.Verdict.HOLDS) {
      unwell.add("audit: " + audit);
      isBroken |= audit.verdict() == AuditReport.Verdict.BROKEN;
    }
  }

  /**
   * What came of it.
   *
   * @param orders acknowledged, and each looked up
   * @param failures requests that were not answered as they should, those of the warm-up too
   * @param broken promises that were not kept, or could not be checked
   * @param isBroken whether one was seen not to be kept
   */
  record Outcome(
      List<Measurement> measurements,
      long orders,
      long failures,
      List<String> broken,
      boolean isBroken) {
    Outcome {
      measurements = List.copyOf(measurements);
      broken = List.copyOf(broken);
    }

    ExitCode exitCode() {
      return isGood() ? ExitCode.GOOD : isBroken ? ExitCode.BROKEN : ExitCode.NOT_GOOD;
    }

    /** One line for a person. */
    String inWords() {
      if (isGood()) {
        return String.format(
            Locale.ROOT,
            "Measured: every request was answered, and all %,d orders are as acknowledged.",
            orders);
      }
      String what = isBroken ? "A PROMISE WAS BROKEN" : "NOT ALL IS GOOD";
      return String.format(Locale.ROOT, "MEASURED, BUT %s: %,d requests failed", what, failures)
          + broken.stream().map(each -> "; " + each).collect(Collectors.joining());
    }

    /** Whether nothing failed at all: no process is harmed here, so nothing may. */
    boolean isGood() {
      return failures == 0 && broken.isEmpty();
    }
  }
}
