package toystore.evaluation;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import toystore.api.StoreAddress;
import toystore.api.StoreClient;
import toystore.client.LoadProgress;
import toystore.client.LoadRun;
import toystore.client.LoadSettings;
import toystore.client.Report;
import toystore.client.RequestKind;
import toystore.command.ExitCode;
import toystore.operations.FaultCommand;
import toystore.operations.OperationFailed;

/**
 * Kills replicas of a store under load, by the user's command, and brings each back: first the one
 * that leads, then others by chance. Of a store on PostgreSQL it kills desks, and the database, if
 * the command can do that. What it killed it brings back, whatever happens.
 */
final class CrashExperiment {
  private static final Duration TIMEOUT = Duration.ofSeconds(12);
  /** One node: nothing is sold until it is back, and a request waits for ten seconds at most. */
  private static final long DATABASE_DOWN_MS = 3_000;

  private static final double PROBABILITY = 0.5;
  private static final double MS_PER_S = 1e3;

  private final EvaluationPlan plan;
  private final Vertx vertx;
  private final StoreAddress store;
  private final FaultCommand command;
  private final Random chance;
  private volatile String down = "";
  private boolean killsDatabase;

  CrashExperiment(EvaluationPlan plan, Vertx vertx, StoreAddress store, FaultCommand command) {
    this.plan = plan;
    this.vertx = vertx;
    this.store = store;
    this.command = command;
    this.chance = new Random();
  }

  /**
   * Sees before anything is measured that the store says who leads, and that the command works: a
   * replica that does not lead is killed and brought back, under no load.
   *
   * @return whether there is a database that it can kill, too
   * @throws OperationFailed if not
   */
  boolean check() {
    CrashableServices services = services();
    String any = services.others().get(0);
    command.run(FaultCommand.FaultRequest.KILL, any);
    command.run(FaultCommand.FaultRequest.START, any);
    killsDatabase = services.areDesks() && killsDatabase();
    return killsDatabase;
  }

  /** One that somebody else runs is not the command's. */
  private boolean killsDatabase() {
    try {
      command.run(FaultCommand.FaultRequest.KILL, CrashableServices.DATABASE);
    } catch (OperationFailed notThere) {
      return false;
    }
    command.run(FaultCommand.FaultRequest.START, CrashableServices.DATABASE);
    return true;
  }

  /** Runs all rounds. */
  List<CrashRound> run(Steps steps) throws InterruptedException {
    Thread rescue = new Thread(() -> bringBack(steps), "bring-back");
    Runtime.getRuntime().addShutdownHook(rescue);
    try {
      List<CrashRound> rounds = new ArrayList<>();
      for (int round = 1; round <= plan.crashes(); round++) {
        CrashableServices services = services();
        String victim = victim(round, services);
        steps.begin("crash of " + victim);
        rounds.add(crash(round, victim, victim.equals(services.leader())));
        CrashRound last = rounds.get(rounds.size() - 1);
        steps.end(String.format(
            Locale.ROOT,
            "crash of %s%s: slowest answer %s ms, %d failed",
            last.replica(),
            last.led() ? ", the leader" : "",
            Numbers.ms(last.slowestMs()),
            last.failures()));
      }
      return rounds;
    } finally {
      bringBack(steps);
      removeHook(rescue);
    }
  }

  /** The leader first, and the database next, if there is one. */
  private String victim(int round, CrashableServices services) {
    if (round == 1) {
      return services.leader();
    }
    List<String> others = new ArrayList<>(services.others());
    Collections.shuffle(others, chance);
    return round == 2 && killsDatabase ? CrashableServices.DATABASE : others.get(0);
  }

  private CrashRound crash(int round, String service, boolean led) throws InterruptedException {
    LoadSettings settings = LoadSettings.closedLoop(
        store, plan.clients(), PROBABILITY, plan.warmUp(), plan.crashLoad(), round, TIMEOUT);
    CompletableFuture<Report> load = new LoadRun(vertx, settings, new LoadProgress())
        .start()
        .toCompletionStage()
        .toCompletableFuture();
    long thirdMs = plan.crashLoad().toMillis() / 3;
    wait(load, plan.warmUp().toMillis() + thirdMs);
    long killedAtMs = System.currentTimeMillis();
    down = service;
    command.run(FaultCommand.FaultRequest.KILL, service);
    boolean isDatabase = service.equals(CrashableServices.DATABASE);
    wait(load, isDatabase ? Math.min(thirdMs, DATABASE_DOWN_MS) : thirdMs);
    command.run(FaultCommand.FaultRequest.START, service);
    long backAtMs = System.currentTimeMillis();
    down = "";
    Report report = result(load);
    return round(round, service, led, killedAtMs, backAtMs, report);
  }

  private static CrashRound round(
      int round, String service, boolean led, long killedAtMs, long backAtMs, Report report) {
    List<CrashRound.LatencySecond> seconds = new ArrayList<>();
    long requests = 0;
    long failures = 0;
    for (RequestKind kind : CacheStudy.KINDS) {
      requests += report.figures(kind).count();
      failures += report.figures(kind).failures();
      if (kind != RequestKind.ORDER) { // Orders are looked up when all is over.
        report
            .timeline(kind)
            .forEach(moment -> seconds.add(new CrashRound.LatencySecond(
                moment.second(), kind.key(), moment.count(), moment.p50Ms(), moment.maxMs())));
      }
    }
    return new CrashRound(
        round,
        service,
        led,
        (killedAtMs - report.startedAtMs()) / MS_PER_S,
        (backAtMs - report.startedAtMs()) / MS_PER_S,
        seconds,
        requests,
        failures,
        report.verdict().acknowledged(),
        report.verdict().notAsPromised(),
        report.exitCode() == ExitCode.BROKEN,
        report.inWords());
  }

  private CrashableServices services() {
    StoreClient client = new StoreClient(vertx, store, 1, TIMEOUT);
    try {
      return CrashableServices.of(RemoteCheck.leader(client, store));
    } finally {
      client.close();
    }
  }

  private static void wait(CompletableFuture<Report> load, long ms) throws InterruptedException {
    try {
      load.get(ms, TimeUnit.MILLISECONDS);
    } catch (TimeoutException stillLoading) {
      return; // As it should be. A load that is over was short beside the command.
    } catch (ExecutionException e) {
      throw new OperationFailed("the load failed: " + e.getCause().getMessage(), e);
    }
  }

  private static Report result(CompletableFuture<Report> load) throws InterruptedException {
    try {
      return load.get();
    } catch (ExecutionException e) {
      throw new OperationFailed("the load failed: " + e.getCause().getMessage(), e);
    }
  }

  private synchronized void bringBack(Steps steps) {
    if (down.isEmpty()) {
      return;
    }
    String service = down;
    down = "";
    try {
      command.run(FaultCommand.FaultRequest.START, service);
    } catch (OperationFailed e) {
      steps.remark(service + " is still down: " + e.getMessage());
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // The process is on its way out, and the hook does the same.
    }
  }
}
