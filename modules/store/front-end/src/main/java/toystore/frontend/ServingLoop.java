package toystore.frontend;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import toystore.cache.ProductCache;
import toystore.console.ConsolePicture.CachePlace;
import toystore.console.ConsolePicture.CacheShelves;
import toystore.edge.Address;
import toystore.edge.InternalServer;
import toystore.edge.Loop;
import toystore.edge.Metrics;
import toystore.edge.PlannedAbsence;
import toystore.edge.RequestTrail;
import toystore.leader.HealthWatch;
import toystore.stock.FrontEndMessages.Invalidate;

/**
 * All that one event loop needs to serve the public port: a cache, the catalog session that guards
 * it, and the listener where the catalog invalidates it. Owned by that event loop.
 */
final class ServingLoop {
  private static final int DRAIN_SECONDS = 3;
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(1);
  private static final Duration LAST_CONNECTIONS = Duration.ofMillis(100);
  private static final Duration OFTEN = Duration.ofMillis(20);
  private static final long NANOS_PER_MS = 1_000_000;
  private static final long MS_PER_SECOND = 1_000;

  private static final CharSequence FORWARDED_FOR = HttpHeaders.createOptimized("X-Forwarded-For");

  private static final Logger LOG = LoggerFactory.getLogger(ServingLoop.class);

  private final Vertx vertx;
  private final Loop loop;
  private final FrontEndConfig config;
  private final CatalogOverHttp catalog;
  private final Products<Buffer> products;
  private final StockFeed stock;
  private final SharedByLoops shared;
  private final Replies replies;
  private final HttpServerOptions options;
  private final LastAnswers lastAnswers = new LastAnswers();
  private final PublicPipeline pipeline;
  private final RequestBodies bodies;
  private final ConsoleStreams consoles;
  private final LoopTimes times = new LoopTimes();
  private final RequestWatch requests;
  private final InternalServer internal;
  private HttpServer publicServer;
  private int internalPort;
  /** Written by the owner only; other event loops may look. */
  private volatile LoopView view;
  /** As old as the last console that looked. */
  private volatile CacheShelves shelves;

  /** Call this on the event loop that is to own it. */
  ServingLoop(Vertx vertx, FrontEndConfig config, SharedByLoops shared) {
    this.vertx = vertx;
    this.loop = Loop.current(vertx);
    this.config = config;
    this.shared = shared;
    this.catalog =
        new CatalogOverHttp(vertx, config, shared.catalogAbsence(), shared.deskInOffice());
    this.stock =
        new StockFeed(loop, config.capacity().eventStreams(), catalog::shelves, shared.serving());
    this.products = new Products<>(
        loop, config.productOptions(), catalog, ProductBody::one, ProductBody::all, LOG::info);
    this.requests = new RequestWatch(shared.metrics());
    this.replies = new Replies(new Cors(config.corsOrigins()), requests);
    this.options = publicOptions(config);
    this.pipeline = new PublicPipeline(options, config.times().receive().toMillis(), lastAnswers);
    this.bodies = new RequestBodies(replies, config.times().receive().toMillis());
    this.consoles = new ConsoleStreams(
        loop,
        shared.lookout().feed(),
        replies,
        config.capacity().consolePatience().toMillis());
    this.internal =
        new InternalServer(vertx, config.services().token(), config.services().tls());
    look();
  }

  /**
   * Listens and serves.
   *
   * @param wantedPort for invalidations, 0 for any
   * @param tick runs every few milliseconds
   * @return the public port
   */
  Future<Integer> start(
      int wantedPort, OrderDesk orders, Supplier<Future<Buffer>> status, Runnable tick) {
    PublicApi api = new PublicApi(
        vertx, products, orders, stock, status, bodies, replies, consoles, times, requests, shared);
    publicServer = vertx
        .createHttpServer(options)
        .connectionHandler(connection -> {
          // A client that goes away, or is no HTTP client, is nothing to log a stack for.
          connection.exceptionHandler(broken -> {});
          if (shared.connections().admit(connection)) {
            pipeline.equip(connection);
          }
        })
        .invalidRequestHandler(replies::malformed)
        .requestHandler(limited(api::handle));
    internal.post("/invalidate", Invalidate.class, products::invalidate);
    return internal
        .listen(config.endpoints().internalHost(), wantedPort)
        .onSuccess(port -> {
          internalPort = port;
          products.start(new Address(config.endpoints().advertisedHost(), port), () -> {
            tick(tick);
          });
        })
        .compose(port ->
            InternalServer.listen(publicServer, config.endpoints().host(), config.sharedPort()));
  }

  private Handler<HttpServerRequest> limited(Handler<HttpServerRequest> api) {
    int perSecond = config.capacity().requestsPerSecond();
    if (perSecond == 0) {
      return api;
    }
    RateLimit limit = new RateLimit(perSecond);
    ClientAddresses clients = new ClientAddresses(config.trustedProxies());
    return request -> {
      String client = clients.of(
          request.remoteAddress().hostAddress(), request.headers().getAll(FORWARDED_FOR));
      if (limit.admits(client, loop.millis())) {
        api.handle(request);
      } else {
        bodies.watch(request);
        replies.failed(request, new RefusedException(RequestFault.TOO_OFTEN));
      }
    };
  }

  /** Once it has started. */
  int internalPort() {
    return internalPort;
  }

  /** Hears from operators when the catalog is away on purpose. */
  void hear(PlannedAbsence catalogAbsence) {
    internal.announces(catalogAbsence);
  }

  void observe(Supplier<?> health, BooleanSupplier ready, Supplier<?> state) {
    internal.observe(health, ready, state, shared.metrics());
  }

  /** Answers what is under way, then stops; invalidations are acknowledged to the end. */
  Future<Void> stop() {
    stock.close();
    consoles.close();
    lastAnswers.begin();
    return untilLastAnswersAreGiven()
        .compose(done -> publicServer.shutdown(DRAIN_SECONDS, TimeUnit.SECONDS))
        .eventually(() -> internal.shutdown())
        .onComplete(done -> products.stop());
  }

  /** A connection on which nothing is asked gets no last answer: it is not waited for long. */
  private Future<Void> untilLastAnswersAreGiven() {
    Promise<Void> given = Promise.promise();
    long endMs = loop.millis() + LAST_ANSWERS.toMillis();
    // Not at once: connections that were taken last have yet to come.
    loop.after(LAST_CONNECTIONS, () -> awaitLastAnswers(given, endMs));
    return given.future();
  }

  private void awaitLastAnswers(Promise<Void> given, long endMs) {
    if (lastAnswers.left() == 0 || loop.millis() >= endMs) {
      given.complete();
    } else {
      loop.after(OFTEN, () -> awaitLastAnswers(given, endMs));
    }
  }

  /** Whether the catalog answers this loop. */
  HealthWatch catalogWatch() {
    return products.catalogWatch();
  }

  LoopView view() {
    return view;
  }

  /** The cache, place by place, for consoles. */
  CacheShelves shelves() {
    return shelves;
  }

  private void tick(Runnable more) {
    times.roll(System.currentTimeMillis() / MS_PER_SECOND, shared.lookout()::served);
    pipeline.review();
    bodies.review();
    look();
    more.run();
  }

  private void look() {
    ProductCache<?> cache = products.cache();
    view = new LoopView(
        cache.size(),
        cache.hits(),
        cache.misses(),
        cache.evictions(),
        cache.invalidated(),
        cache.session(),
        cache.leaseLeftNanos(loop.nanos()) / NANOS_PER_MS,
        catalogWatch().state().text(),
        catalog.durability());
    if (shelves == null || shared.lookout().feed().open() > 0) {
      lookAtShelves(cache);
    }
  }

  private void lookAtShelves(ProductCache<?> cache) {
    shelves = new CacheShelves(
        config.cache().enabled(),
        cache.capacity(),
        cache.hits(),
        cache.misses(),
        cache.invalidated(),
        cache.places().entrySet().stream()
            .map(place -> new CachePlace(place.getKey(), place.getValue()))
            .toList(),
        cache.dropped());
  }

  private static HttpServerOptions publicOptions(FrontEndConfig config) {
    HttpServerOptions options = new HttpServerOptions()
        .setTcpNoDelay(true)
        .setReusePort(config.endpoints().sharePort())
        .setHttp2ClearTextEnabled(false)
        // The gate's limits come first; these count a little otherwise.
        .setMaxInitialLineLength(2 * RequestSyntax.MAX_LINE_BYTES)
        .setMaxHeaderSize(2 * RequestSyntax.MAX_HEADER_BYTES)
        // Web sockets are not served, and their handlers would look at every request.
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setIdleTimeout(
            (int) config.times().idle().plus(config.times().request()).toSeconds());
    config.endpoints().publicTls().ifPresent(tls -> tls.applyTo(options));
    return options;
  }

  /**
   * What the event loops of a front-end have together.
   *
   * @param deskInOffice its id, as far as known; 0 for none
   * @param trail with which request each purchase came
   * @param serving whether purchases are taken
   * @param canAnswer whether this front-end is of any use to clients
   * @param lookout what consoles are told, and who counts requests for them
   */
  record SharedByLoops(
      PublicConnections connections,
      PlannedAbsence catalogAbsence,
      IntSupplier deskInOffice,
      Metrics metrics,
      RequestTrail trail,
      BooleanSupplier serving,
      BooleanSupplier canAnswer,
      Lookout lookout) {}

  /**
   * An event loop's cache and catalog, as they were a moment ago.
   *
   * @param catalog live, silent, down or unknown
   * @param durability of a store of desks: replicated, or single; else null
   */
  record LoopView(
      int size,
      long hits,
      long misses,
      long evictions,
      long invalidations,
      long session,
      long leaseLeftMs,
      String catalog,
      String durability) {}
}
