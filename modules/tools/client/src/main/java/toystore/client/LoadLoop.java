package toystore.client;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import toystore.api.Answer;
import toystore.api.StoreClient;
import toystore.api.ToyAvailability;

/**
 * One event loop with its share of the clients and connections of its own. Owned by its event loop;
 * from elsewhere it is reached by {@link #call} only.
 */
final class LoadLoop extends VerticleBase {
  private final LoadSettings settings;
  private final ScheduledExecutorService clock;
  private final LoadProgress progress;
  private final int loop;
  private final List<SimulatedClient> sessions = new ArrayList<>();
  private StoreClient store;
  private Lateness lateness;
  private Repeater repeater;
  private long ticking;
  private LoadPhase stretch = new LoadPhase(System.nanoTime());
  private LoadDriver drive;
  private OrderLookUps lookUps;
  private boolean stopped;

  /**
   * @param clock to wake the loop at the right time
   * @param loop from 0
   */
  LoadLoop(LoadSettings settings, ScheduledExecutorService clock, LoadProgress progress, int loop) {
    this.settings = settings;
    this.clock = clock;
    this.progress = progress;
    this.loop = loop;
  }

  @Override
  public Future<?> start() {
    // One connection for each client, one to ask for the toys and the leader.
    store = new StoreClient(
        vertx, settings.store(), settings.clients() / settings.loops() + 2, settings.timeout());
    lateness = new Lateness(System.nanoTime());
    ticking = vertx.setPeriodic(Lateness.PERIOD_MS, tick -> lateness.tick(System.nanoTime()));
    repeater = new Repeater(vertx, settings.timeout(), settings.retryFor(), lateness);
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    vertx.cancelTimer(ticking);
    store.close();
    return Future.succeededFuture();
  }

  /** Does something on this loop. */
  <T> Future<T> call(Supplier<Future<T>> work) {
    Promise<T> promise = Promise.promise();
    context.runOnContext(onLoop -> work.get().onComplete(promise));
    return promise.future();
  }

  StoreClient store() {
    return store;
  }

  /** The first question: which toys there are. */
  Future<Answer<List<String>>> toys() {
    return repeater
        .send(store::products, outcome -> false, stretch)
        .map(answer ->
            answer.map(toys -> toys.stream().map(ToyAvailability::name).toList()));
  }

  Lateness.Sum lateness() {
    return lateness.sum(System.nanoTime());
  }

  /** Makes this loop's clients: of all clients each one whose turn it is. */
  void open(LoadPlan plan, String run) {
    for (int client = loop; client < settings.clients(); client += settings.loops()) {
      sessions.add(new SimulatedClient(store, plan, settings.mix(), repeater, run, client));
    }
  }

  /** Puts load on the store; the future completes when the last answer is in. */
  Future<Void> load(LoadLimit budget, long originNs) {
    stretch = new LoadPhase(originNs);
    lateness.forget();
    drive = new LoadDriver(
        context, clock, sessions, settings.schedule(budget, loop), stretch, progress::count);
    if (stopped) {
      drive.stop();
    }
    return drive.run();
  }

  /** Looks up every order, in the same stretch as the load before. */
  Future<Void> verify(Verifier verifier) {
    lookUps = new OrderLookUps(sessions, verifier, stretch, progress::count);
    return lookUps.run();
  }

  /** Starts nothing more; what is under way may end. */
  void stopLoad() {
    stopped = true;
    if (drive != null) {
      drive.stop();
    }
  }

  /** What this loop has to report. */
  LoopPart part() {
    return new LoopPart(
        stretch.tally().copy(),
        stretch.latencies().recording(),
        drive == null ? 0 : drive.givenUp(),
        lookUps == null ? 0 : lookUps.lookedUp(),
        lookUps == null ? List.of() : lookUps.findings(),
        lateness());
  }

  /** Copies of its clients' orders. */
  List<OrdersReceived> books() {
    return sessions.stream().map(session -> session.orders().copy()).toList();
  }

  /** One loop's part of the report; handed over, so no longer owned by the loop. */
  record LoopPart(
      Tally tally,
      Recording recording,
      long givenUp,
      long lookedUp,
      List<BadOrder> findings,
      Lateness.Sum lateness) {}
}
