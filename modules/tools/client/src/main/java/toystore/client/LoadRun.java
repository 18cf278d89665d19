package toystore.client;

import io.vertx.core.CompositeFuture;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import toystore.api.Answer;
import toystore.api.Outcome;
import toystore.command.ExitCode;

/**
 * One load from the first question to the report: toys, warm-up, load, look-up of every order. Its
 * steps follow one another, so its state needs no lock; only {@link #interrupt} comes from outside.
 */
public final class LoadRun {
  private static final Duration WAIT_AFTER_INTERRUPT = Duration.ofSeconds(2);
  private static final Duration VERIFY_AFTER_INTERRUPT = Duration.ofSeconds(8);
  private static final double NS_PER_S = 1e9;
  private static final double MS_PER_S = 1e3;

  private final Vertx vertx;
  private final LoadSettings settings;
  private final LoadProgress progress;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(LoadRun::daemon);
  private final List<LoadLoop> loops = new ArrayList<>();
  private final Promise<Void> interruption = Promise.promise();
  private List<String> deployments = List.of();
  private LoadPlan plan;
  private LeaderObserver leaders;
  private long startedAtMs;
  private long originNs;
  private long loadedNs;
  private long verifiedNs;

  public LoadRun(Vertx vertx, LoadSettings settings, LoadProgress progress) {
    this.vertx = vertx;
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Runs it, once.
   *
   * @return fails with {@link LoadException} if the store cannot be loaded at all
   */
  public Future<Report> start() {
    return deployLoops()
        .compose(deployed -> listToys())
        .compose(this::openSessions)
        .compose(opened ->
            load(LoadProgress.LoadStage.WARM_UP, settings.pace().warmUp(), System.nanoTime()))
        .compose(warm -> measure())
        .compose(loaded -> verify())
        .compose(verified -> report())
        .eventually(this::close);
  }

  /** Issues nothing more, looks up what it can in ten seconds, and reports. From any thread. */
  public void interrupt() {
    interruption.tryComplete();
  }

  private Future<Void> deployLoops() {
    for (int i = 0; i < settings.loops(); i++) {
      loops.add(new LoadLoop(settings, clock, progress, i));
    }
    return Future.all(loops.stream().map(vertx::deployVerticle).toList()).map(deployed -> {
      deployments = deployed.list();
      return null;
    });
  }

  private Future<List<String>> listToys() {
    LoadLoop first = loops.get(0);
    Promise<List<String>> toys = Promise.promise();
    interruption
        .future()
        .onSuccess(now -> toys.tryFail(new LoadException(
            ExitCode.INTERRUPTED,
            "interrupted before " + settings.store().url() + " gave its first answer")));
    first
        .call(first::toys)
        .map(answer -> chosenToys(answer, first.lateness()))
        .onSuccess(toys::tryComplete)
        .onFailure(toys::tryFail);
    return toys.future();
  }

  private List<String> chosenToys(Answer<List<String>> answer, Lateness.Sum lateness) {
    String url = settings.store().url();
    if (!answer.isOk()) {
      // Who had no processor itself has not seen that the store is down.
      String excuse = answer.outcome() == Outcome.TIMEOUT && lateness.isWorthTelling()
          ? String.format(
              Locale.ROOT,
              " (but this client itself was late, by %.1f s in all: the machine is too busy)",
              lateness.totalMs() / MS_PER_S)
          : "";
      throw new LoadException(
          ExitCode.NOT_DONE, "no toys from " + url + ": " + answer.detail() + excuse);
    }
    if (answer.value().isEmpty()) {
      throw new LoadException(ExitCode.NOT_DONE, url + " has no toys");
    }
    for (String toy : settings.mix().toys()) {
      if (!answer.value().contains(toy)) {
        throw new LoadException(
            ExitCode.USAGE,
            "no toy '" + toy + "', there are: " + String.join(", ", answer.value()));
      }
    }
    return settings.mix().toys().isEmpty() ? answer.value() : settings.mix().toys();
  }

  private Future<Void> openSessions(List<String> toys) {
    plan = new LoadPlan(settings.mix().seed(), settings.mix().probability(), toys);
    String run = UUID.randomUUID().toString();
    leaders = new LeaderObserver(vertx, loops.get(0).store());
    interruption.future().onSuccess(now -> tellEachLoop(LoadLoop::stopLoad));
    return tellEachLoop(loop -> loop.open(plan, run))
        .compose(opened -> loops.get(0).call(leaders::start));
  }

  private Future<Void> measure() {
    startedAtMs = System.currentTimeMillis();
    originNs = System.nanoTime();
    return load(LoadProgress.LoadStage.LOAD, settings.pace().limit(), originNs).map(loaded -> {
      loadedNs = System.nanoTime();
      return null;
    });
  }

  private Future<Void> load(LoadProgress.LoadStage phase, LoadLimit budget, long beginNs) {
    long total =
        budget.limitsIterations() ? budget.iterations() * settings.clients() : Schedule.UNLIMITED;
    progress.begin(phase, beginNs, total, budget.durationNs());
    return untilDoneOrInterrupted(
        onEachLoop(loop -> loop.load(budget, beginNs)), WAIT_AFTER_INTERRUPT);
  }

  private Future<Void> verify() {
    if (!settings.verify()) {
      verifiedNs = loadedNs;
      return Future.succeededFuture();
    }
    Verifier verifier = new Verifier(plan, settings.mix().quantity());
    return books()
        .compose(books -> {
          long orders = books.stream().mapToLong(OrdersReceived::size).sum();
          progress.begin(
              LoadProgress.LoadStage.VERIFY, System.nanoTime(), orders, Schedule.UNLIMITED);
          return untilDoneOrInterrupted(
              onEachLoop(loop -> loop.verify(verifier)), VERIFY_AFTER_INTERRUPT);
        })
        .map(verified -> {
          verifiedNs = System.nanoTime();
          return null;
        });
  }

  private Future<Report> report() {
    return gather(LoadLoop::part).compose(parts -> books().map(books -> report(parts, books)));
  }

  private Report report(List<LoadLoop.LoopPart> parts, List<OrdersReceived> books) {
    Tally tally = new Tally();
    List<BadOrder> findings =
        new ArrayList<>(new Verifier(plan, settings.mix().quantity()).doubled(books));
    parts.forEach(part -> tally.add(part.tally()));
    parts.forEach(part -> findings.addAll(part.findings()));
    OrdersVerdict verdict = new OrdersVerdict(
        books.stream().mapToLong(OrdersReceived::size).sum(),
        parts.stream().mapToLong(LoadLoop.LoopPart::lookedUp).sum(),
        findings);
    return new Report(
        settings,
        startedAtMs,
        (loadedNs - originNs) / NS_PER_S,
        (verifiedNs - loadedNs) / NS_PER_S,
        tally,
        Recording.merged(parts.stream().map(LoadLoop.LoopPart::recording).toList()),
        verdict,
        leaders.changes(originNs),
        parts.stream().mapToLong(LoadLoop.LoopPart::givenUp).sum(),
        interruption.future().isComplete(),
        parts.stream()
            .map(LoadLoop.LoopPart::lateness)
            .reduce(Lateness.Sum.NONE, Lateness.Sum::plus));
  }

  /** Copies of all clients' orders, in the order of the clients. */
  private Future<List<OrdersReceived>> books() {
    return gather(LoadLoop::books).map(books -> {
      List<OrdersReceived> all = new ArrayList<>();
      for (int client = 0; client < settings.clients(); client++) {
        all.add(books.get(client % loops.size()).get(client / loops.size()));
      }
      return all;
    });
  }

  private Future<Void> untilDoneOrInterrupted(Future<Void> work, Duration limit) {
    Promise<Void> end = Promise.promise();
    work.onSuccess(end::tryComplete).onFailure(end::tryFail);
    interruption
        .future()
        .compose(interrupted -> vertx.timer(limit.toMillis()))
        .onSuccess(late -> end.tryComplete());
    return end.future();
  }

  private Future<Void> close() {
    clock.shutdownNow();
    if (leaders != null) {
      leaders.stop();
    }
    return Future.join(deployments.stream().map(vertx::undeploy).toList()).mapEmpty();
  }

  private Future<Void> onEachLoop(Function<LoadLoop, Future<Void>> work) {
    return Future.all(
            loops.stream().map(loop -> loop.call(() -> work.apply(loop))).toList())
        .mapEmpty();
  }

  private Future<Void> tellEachLoop(Consumer<LoadLoop> order) {
    return onEachLoop(loop -> {
      order.accept(loop);
      return Future.succeededFuture();
    });
  }

  /** What each loop says, asked on that loop. */
  private <T> Future<List<T>> gather(Function<LoadLoop, T> question) {
    List<Future<T>> answers = loops.stream()
        .map(loop -> loop.call(() -> Future.succeededFuture(question.apply(loop))))
        .toList();
    return Future.all(answers).map(CompositeFuture::list);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "load-clock");
    thread.setDaemon(true);
    return thread;
  }
}
