package toystore.evaluation;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import toystore.client.LoadException;
import toystore.client.LoadProgress;
import toystore.client.LoadRun;
import toystore.client.LoadSettings;
import toystore.client.Report;
import toystore.client.RequestKind;
import toystore.command.ExitCode;
import toystore.operations.AuditReport;
import toystore.operations.OperationFailed;

/** Runs a plan on stores that are up, once: loads, look-ups, audits. */
final class Evaluation {
  private static final Duration TIMEOUT = Duration.ofSeconds(12);
  private static final double WARM_UP_PROBABILITY = 0.4;
  /** Many, so that the compilers of five JVMs are through sooner. */
  private static final int WARM_UP_CLIENTS = 64;

  private final EvaluationPlan plan;
  private final StorePair stores;
  private final Vertx vertx;
  private final Steps steps;
  private final ResultFolder folder;
  private final List<Measurement> measurements = new ArrayList<>();
  private final List<ByClients> byClients = new ArrayList<>();
  private final List<String> unwell = new ArrayList<>();
  private List<CrashRound> crashes = List.of();
  private boolean audited;
  private boolean isBroken;
  private long orders;
  private long failures;
  private int runs;

  /**
   * @param folder is given the measurements of each run when it is over
   */
  Evaluation(EvaluationPlan plan, StorePair stores, Vertx vertx, Steps steps, ResultFolder folder) {
    this.plan = plan;
    this.stores = stores;
    this.vertx = vertx;
    this.steps = steps;
    this.folder = folder;
  }

  /**
   * Runs it.
   *
   * @param experiment that crashes replicas of the store with the cache, if any
   * @throws OperationFailed when a store cannot be loaded
   */
  EvaluationOutcome run(Optional<CrashExperiment> experiment)
      throws IOException, InterruptedException {
    try {
      measure();
      if (experiment.isPresent()) {
        crashes = experiment.get().run(steps);
        crashes.forEach(this::keep);
      }
      stores.all().forEach(this::check);
    } catch (OperationFailed e) {
      throw new OperationFailed(e.getMessage() + stores.keepLogs(), e);
    }
    if (failures > 0 || !unwell.isEmpty()) {
      steps.remark("something was not good" + stores.keepLogs());
    }
    return new EvaluationOutcome(
        measurements, byClients, crashes, orders, failures, unwell, isBroken, audited);
  }

  private void measure() throws IOException, InterruptedException {
    steps.begin("warming up");
    for (MeasuredStore store : stores.all()) {
      warmUp(store);
    }
    for (int repetition = 1; repetition <= plan.repetitions(); repetition++) {
      for (Trial trial : plan.trials(repetition)) {
        List<Measurement> rows = run(trial);
        measurements.addAll(rows);
        folder.append(rows);
      }
    }
    for (Trial trial : plan.trialsOfCounts()) {
      run(trial).forEach(row -> byClients.add(new ByClients(trial.clients(), row)));
    }
    folder.writeByClients(byClients);
  }

  private void warmUp(MeasuredStore store) throws InterruptedException {
    Trial any = new Trial(0, true, WARM_UP_PROBABILITY, WARM_UP_CLIENTS, 1);
    keep(any, load(store, any, plan.storeWarmUp()));
  }

  /** What was measured; nothing where the store for it is absent. */
  private List<Measurement> run(Trial trial) throws InterruptedException {
    Optional<MeasuredStore> store = stores.of(trial.cache());
    if (store.isEmpty()) {
      return List.of();
    }
    steps.begin(words(trial));
    Report report = load(store.get(), trial, plan.load());
    store.get().requireOpen();
    keep(trial, report);
    runs++;
    List<Measurement> rows = new ArrayList<>();
    for (RequestKind kind : RequestKind.values()) {
      Measurement row = Measurement.of(runs, trial, report.figures(kind));
      if (row.count() > 0 || row.failures() > 0) {
        rows.add(row);
      }
    }
    steps.end(String.format(
        Locale.ROOT,
        "%s: query %s ms, buy %s ms, order query %s ms",
        words(trial),
        median(report, RequestKind.QUERY),
        median(report, RequestKind.BUY),
        median(report, RequestKind.ORDER)));
    return rows;
  }

  private static String median(Report report, RequestKind kind) {
    return Numbers.ms(report.figures(kind).percentileMs(50));
  }

  private String words(Trial trial) {
    String clients = trial.clients() == plan.clients()
        ? ""
        : ", " + trial.clients() + (trial.clients() == 1 ? " client" : " clients");
    return String.format(
        Locale.ROOT,
        "p=%.1f cache %s%s",
        trial.probability(),
        trial.cache() ? "on" : "off",
        clients);
  }

  private Report load(MeasuredStore store, Trial trial, Duration load) throws InterruptedException {
    LoadSettings settings = LoadSettings.closedLoop(
        store.address(),
        trial.clients(),
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

  private void keep(CrashRound crash) {
    orders += crash.orders();
    failures += crash.failures();
    if (!crash.isGood()) {
      unwell.add("crash of " + crash.replica() + ": " + crash.verdict());
      isBroken |= crash.isBroken();
    }
  }

  private void check(MeasuredStore store) {
    steps.begin("audit");
    store.audit().ifPresent(audit -> {
      audited = true;
      if (audit.verdict() != AuditReport.Verdict.HOLDS) {
        unwell.add("audit: " + audit);
        isBroken |= audit.verdict() == AuditReport.Verdict.BROKEN;
      }
    });
  }
}
