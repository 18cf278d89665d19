package toystore.frontend;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import toystore.cache.ProductCache;
import toystore.cache.SessionKeeper;
import toystore.edge.Address;
import toystore.edge.CallFailure;
import toystore.edge.Loop;
import toystore.leader.HealthWatch;
import toystore.leader.OwnTime;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.stock.CatalogMessages.Hello;
import toystore.stock.CatalogMessages.Lease;
import toystore.stock.CatalogMessages.Read;
import toystore.stock.CatalogMessages.Renew;
import toystore.stock.CatalogMessages.ToyState;
import toystore.stock.CatalogMessages.Toys;

/**
 * The catalog as one event loop sees it: whether it answers, the session that guards this loop's
 * cache, and the reads. Owned by that event loop.
 */
final class CatalogLink {
  private static final Duration SOON = Duration.ofMillis(1);
  private static final Duration TICK = Duration.ofMillis(20);
  private static final long NEVER = Long.MIN_VALUE;

  private final Loop loop;
  private final ProductOptions options;
  private final CatalogCalls calls;
  private final ProductCache<?> cache;
  private final Consumer<String> log;
  private final SessionKeeper keeper;
  private final HealthWatch watch;
  private final OwnTime time = new OwnTime(TICK.toMillis());
  private Runnable onTick = () -> {};
  private Address own;
  private long nextCheckMs = NEVER;
  private long lostSinceMs = NEVER;
  private long downSinceMs = NEVER;
  private Loop.Timer timer = () -> {};

  /**
   * @param cache which the session guards
   * @param log told what changes
   */
  CatalogLink(
      Loop loop,
      ProductOptions options,
      CatalogCalls calls,
      ProductCache<?> cache,
      Consumer<String> log) {
    this.loop = loop;
    this.options = options;
    this.calls = calls;
    this.cache = cache;
    this.log = log;
    this.keeper = new SessionKeeper(cache, options.healthCheck().toMillis());
    this.watch = new HealthWatch(options.silence().toMillis());
  }

  /**
   * Starts to watch the catalog, at once.
   *
   * @param listener where this loop takes invalidations
   * @param tick runs every few milliseconds
   */
  void start(Address listener, Runnable tick) {
    own = listener;
    onTick = tick;
    timer = loop.after(SOON, () -> {
      timer = loop.every(TICK, this::tick);
      tick();
    });
  }

  void stop() {
    timer.cancel();
    calls.close();
  }

  Future<List<ToyState>> read(List<String> names) {
    return toys(calls.read(new Read(cache.session(), names)));
  }

  Future<List<ToyState>> readAll() {
    return toys(calls.readAll());
  }

  private static Future<List<ToyState>> toys(Future<Toys> answer) {
    return answer.map(Toys::toys).recover(CatalogLink::anyRefusalIsUnavailable);
  }

  /** Whether it answers at the moment. */
  HealthWatch watch() {
    return watch;
  }

  /**
   * Whether requests should be refused rather than wait for it: it has been down for the grace, or
   * silent for as long as any request waits.
   */
  boolean refuses() {
    return isOver(downSinceMs, options.waits().grace())
        || isOver(lostSinceMs, options.waits().timeout());
  }

  private boolean isOver(long sinceMs, Duration limit) {
    return sinceMs != NEVER && loop.millis() - sinceMs >= limit.toMillis();
  }

  private void tick() {
    time.tick(loop.millis());
    long nowMs = ownMs();
    if (nowMs >= nextCheckMs) {
      nextCheckMs = nowMs + options.healthCheck().toMillis();
      watch.ask(nowMs);
      check();
    }
    watch.review(nowMs);
    review();
    if (options.cached()) {
      keepSession();
    }
    onTick.run();
  }

  private void check() {
    long sentMs = ownMs();
    calls.health().onComplete(answer -> {
      if (answer.succeeded()) {
        watch.answered(ownMs(), sentMs);
      } else if (!isSilence(answer.cause())) {
        watch.broken();
      }
      review();
    });
  }

  private long ownMs() {
    return time.at(loop.millis());
  }

  private void review() {
    long nowMs = loop.millis();
    downSinceMs = !watch.down() ? NEVER : downSinceMs == NEVER ? nowMs : downSinceMs;
    if (watch.lost() != (lostSinceMs != NEVER)) {
      lostSinceMs = watch.lost() ? nowMs : NEVER;
      log.accept("catalog=" + watch.state().text());
    }
  }

  private void keepSession() {
    switch (keeper.tick(loop.nanos())) {
      case NONE -> {}
      case HELLO -> settle(calls.hello(new Hello(options.frontEnd(), own.toString())));
      case RENEW -> settle(calls.renew(new Renew(cache.session())));
    }
  }

  private void settle(Future<Lease> answer) {
    answer.onComplete(done -> {
      if (done.succeeded()) {
        keeper.granted(done.result().session(), done.result().leaseMs());
      } else if (done.cause() instanceof StoreException refusal
          && refusal.error() == StoreError.SESSION_EXPIRED) {
        log.accept("session=" + cache.session() + " expired");
        keeper.refused();
      } else {
        keeper.unanswered();
      }
    });
  }

  static boolean isSilence(Throwable failure) {
    return failure instanceof CallFailure call && call.kind() == CallFailure.FailureCause.SILENT;
  }

  /** What the catalog refuses to a front-end is no fault of the client's. */
  private static <T> Future<T> anyRefusalIsUnavailable(Throwable failure) {
    return Future.failedFuture(
        failure instanceof StoreException refusal && refusal.error() != StoreError.UNAVAILABLE
            ? new StoreException(StoreError.UNAVAILABLE, refusal.getMessage(), refusal)
            : failure);
  }
}
