package toystore.frontend;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import toystore.cache.ProductCache;
import toystore.cache.SessionKeeper;
import toystore.edge.Address;
import toystore.edge.CallFailure;
import toystore.edge.ServiceClient;
import toystore.leader.HealthWatch;
import toystore.leader.OwnTime;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.stock.CatalogMessages.Hello;
import toystore.stock.CatalogMessages.Lease;
import toystore.stock.CatalogMessages.Read;
import toystore.stock.CatalogMessages.ReadAll;
import toystore.stock.CatalogMessages.Renew;
import toystore.stock.CatalogMessages.ToyState;
import toystore.stock.CatalogMessages.Toys;

/**
 * The catalog as one event loop sees it: whether it answers, the session that guards this loop's
 * cache, and the reads. Owned by that event loop.
 */
final class CatalogLink {
  private static final Logger LOG = LoggerFactory.getLogger(CatalogLink.class);
  private static final long TICK_MS = 20;
  private static final int READS = 4;
  private static final int CHECKS = 16;
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(1);
  private static final long NEVER = Long.MIN_VALUE;

  private final Vertx vertx;
  private final FrontEndConfig config;
  private final ProductCache<?> cache;
  private final SessionKeeper keeper;
  private final HealthWatch watch;
  private final ServiceClient reads;
  private final ServiceClient checks;
  private Runnable onTick = () -> {};
  private Address own;
  private final OwnTime time = new OwnTime(TICK_MS);
  private long nextCheckMs = NEVER;
  private long lostSinceMs = NEVER;
  private long downSinceMs = NEVER;
  private long timer;

  CatalogLink(Vertx vertx, FrontEndConfig config, ProductCache<?> cache) {
    this.vertx = vertx;
    this.config = config;
    this.cache = cache;
    this.keeper = new SessionKeeper(cache, config.times().healthCheck().toMillis());
    this.watch = new HealthWatch(config.times().silence().toMillis());
    this.reads = client(READS);
    this.checks = client(CHECKS);
  }

  /**
   * Starts to watch the catalog.
   *
   * @param listener where this loop takes invalidations
   * @param tick runs every few milliseconds
   */
  void start(Address listener, Runnable tick) {
    own = listener;
    onTick = tick;
    timer = vertx.setPeriodic(1, TICK_MS, id -> tick());
  }

  void stop() {
    vertx.cancelTimer(timer);
    reads.close();
    checks.close();
  }

  Future<List<ToyState>> read(List<String> names) {
    return reads
        .post("/read", new Read(cache.session(), names), Toys.class, READ_TIMEOUT)
        .map(Toys::toys)
        .recover(CatalogLink::anyRefusalIsUnavailable);
  }

  Future<List<ToyState>> readAll() {
    return reads
        .post("/read-all", new ReadAll(), Toys.class, READ_TIMEOUT)
        .map(Toys::toys)
        .recover(CatalogLink::anyRefusalIsUnavailable);
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
    return isOver(downSinceMs, config.times().grace())
        || isOver(lostSinceMs, config.times().request());
  }

  private static boolean isOver(long sinceMs, Duration limit) {
    return sinceMs != NEVER && MonotonicClock.millis() - sinceMs >= limit.toMillis();
  }

  String state() {
    return watch.state().text();
  }

  private ServiceClient client(int connections) {
    return new ServiceClient(
        vertx,
        config.services().catalog(),
        config.services().token(),
        config.services().tls(),
        connections);
  }

  private void tick() {
    time.tick(MonotonicClock.millis());
    long nowMs = ownMs();
    if (nowMs >= nextCheckMs) {
      nextCheckMs = nowMs + config.times().healthCheck().toMillis();
      watch.ask(nowMs);
      check();
    }
    watch.review(nowMs);
    review();
    if (config.cache().enabled()) {
      keepSession();
    }
    onTick.run();
  }

  private void check() {
    long sentMs = ownMs();
    checks.exchange(HttpMethod.GET, "/health", null, config.times().ping()).onComplete(answer -> {
      if (answer.succeeded()) {
        watch.answered(ownMs(), sentMs);
      } else if (!isSilence(answer.cause())) {
        watch.broken();
      }
      review();
    });
  }

  private long ownMs() {
    return time.at(MonotonicClock.millis());
  }

  private void review() {
    long nowMs = MonotonicClock.millis();
    downSinceMs = !watch.down() ? NEVER : downSinceMs == NEVER ? nowMs : downSinceMs;
    if (watch.lost() != (lostSinceMs != NEVER)) {
      lostSinceMs = watch.lost() ? nowMs : NEVER;
      LOG.info("catalog={}", state());
    }
  }

  private void keepSession() {
    switch (keeper.tick(MonotonicClock.nanos())) {
      case NONE -> {}
      case HELLO ->
        settle(checks.post(
            "/hello",
            new Hello(config.id(), own.toString()),
            Lease.class,
            config.times().ping()));
      case RENEW ->
        settle(checks.post(
            "/renew", new Renew(cache.session()), Lease.class, config.times().ping()));
    }
  }

  private void settle(Future<Lease> answer) {
    answer.onComplete(done -> {
      if (done.succeeded()) {
        keeper.granted(done.result().session(), done.result().leaseMs());
      } else if (done.cause() instanceof StoreException refusal
          && refusal.error() == StoreError.SESSION_EXPIRED) {
        LOG.info("session={} expired", cache.session());
        keeper.refused();
      } else {
        keeper.unanswered();
      }
    });
  }

  private static boolean isSilence(Throwable failure) {
    return failure instanceof CallFailure call && call.kind() == CallFailure.Kind.SILENT;
  }

  /** What the catalog refuses to a front-end is no fault of the client's. */
  private static <T> Future<T> anyRefusalIsUnavailable(Throwable failure) {
    return Future.failedFuture(
        failure instanceof StoreException refusal && refusal.error() != StoreError.UNAVAILABLE
            ? new StoreException(StoreError.UNAVAILABLE, refusal.getMessage(), refusal)
            : failure);
  }
}
