package toystore.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import toystore.model.StoreError;
import toystore.model.StoreException;

/**
 * A service's internal listener. {@code /health}, {@code /ready} and {@code /metrics} are open to
 * whoever reaches it; all else needs the store's token.
 */
public final class InternalServer {
  private static final Logger LOG = LoggerFactory.getLogger(InternalServer.class);
  private static final String JSON = "application/json";
  private static final String OTHER = "other";
  /** Room for a batch of purchases, each with a name as long as a client's whole request may be. */
  private static final int MAX_BODY_BYTES = 32 << 20;

  private static final int TOO_LARGE = 413;
  /** As HTTP says it of its own versions: who asks so is not understood here. */
  private static final int OTHER_VERSION = 505;

  private static final int DRAIN_SECONDS = 3;

  private final Vertx vertx;
  private final Router router;
  private final HttpServer server;
  private RunningProcess process = RunningProcess.withoutData();
  /** By path, once it listens; whatever else callers ask for is one more. */
  private volatile Map<String, RouteTimes> timed = Map.of();

  private Optional<Metrics> observed = Optional.empty();
  private Optional<Loop.Timer> lag = Optional.empty();

  public InternalServer(Vertx vertx, Token token, Optional<Tls> tls) {
    this.vertx = vertx;
    this.router = Router.router(vertx);
    // Without web sockets: their handlers would look at every request.
    HttpServerOptions options = new HttpServerOptions()
        .setTcpNoDelay(true)
        .setHttp2ClearTextEnabled(false)
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false);
    tls.ifPresent(t -> t.applyTo(options));
    this.server = vertx
        .createHttpServer(options)
        // A caller that goes away, as one that is killed does, is no error of this service.
        .connectionHandler(connection -> connection.exceptionHandler(broken -> {}))
        .requestHandler(request -> admit(request, token));
    router
        .route()
        .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES))
        .failureHandler(InternalServer::refuse);
  }

  /** Says of this process, to whoever asks for its state, that it holds that folder. */
  public InternalServer holding(Path data) {
    process = process.holding(data);
    return this;
  }

  /**
   * The four paths every service has; to the state is added which process it is. From now on its
   * calls are timed, and once it listens, how late its event loop is.
   */
  public InternalServer observe(
      Supplier<?> health, BooleanSupplier ready, Supplier<?> state, Metrics metrics) {
    observed = Optional.of(metrics);
    router.get("/health").handler(ctx -> send(ctx, 200, WireFormat.encode(health.get())));
    router.get("/ready").handler(ctx -> {
      boolean isReady = ready.getAsBoolean();
      send(ctx, isReady ? 200 : 503, Buffer.buffer("{\"ready\":" + isReady + "}"));
    });
    router.get("/state").handler(ctx -> send(ctx, 200, identified(state.get())));
    router.get("/metrics").handler(ctx -> vertx
        .executeBlocking(() -> {
          metrics.addProcess();
          return metrics;
        })
        .onFailure(ctx::fail)
        .onSuccess(all -> ctx.response()
            .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; version=0.0.4")
            .end(all.scrape())));
    return this;
  }

  private Buffer identified(Object state) {
    JsonObject json = new JsonObject(WireFormat.encode(state));
    return json.put("process", new JsonObject(WireFormat.encode(process))).toBuffer();
  }

  /** Answers a record with a record. */
  public <Q> InternalServer post(String path, Class<Q> type, Function<Q, ? extends Future<?>> act) {
    return exchange(path, body -> act.apply(WireFormat.decode(body, type))
        .map(answer -> WireFormat.encode(answer)));
  }

  /** The same; the handler also gets what was said of the requests behind it, or null. */
  public <Q> InternalServer post(
      String path, Class<Q> type, BiFunction<Q, String, ? extends Future<?>> act) {
    return exchange(path, (body, requests) -> act.apply(WireFormat.decode(body, type), requests)
        .map(answer -> WireFormat.encode(answer)));
  }

  /** Takes announcements that the catalog is away for a while and comes back. */
  public InternalServer announces(PlannedAbsence catalogAbsence) {
    return post(
        "/catalog-absence",
        PlannedAbsence.Announcement.class,
        announced -> Future.succeededFuture(catalogAbsence.announce(announced)));
  }

  /** Answers a body with a body. */
  public InternalServer exchange(String path, Function<Buffer, Future<Buffer>> act) {
    return exchange(path, (body, requests) -> act.apply(body));
  }

  /** The same; the handler also gets what was said of the requests behind it, or null. */
  public InternalServer exchange(String path, BiFunction<Buffer, String, Future<Buffer>> act) {
    router.post(path).handler(ctx -> {
      Buffer body = ctx.body().buffer();
      if (body == null || body.length() == 0) {
        throw new StoreException(StoreError.BAD_REQUEST, "the body is empty");
      }
      answer(ctx, act.apply(body, ctx.request().getHeader(RequestTrail.HEADER)));
    });
    return this;
  }

  /** Answers with a record. */
  public InternalServer get(String path, Supplier<? extends Future<?>> find) {
    router.get(path).handler(ctx -> answer(ctx, find.get().map(found -> WireFormat.encode(found))));
    return this;
  }

  /**
   * Listens.
   *
   * @return the port; fails with a {@link StartException} when it is taken
   */
  public Future<Integer> listen(String host, int port) {
    return listen(server, host, port).onSuccess(listening -> observed.ifPresent(this::measure));
  }

  /** On the event loop, whose lag it is. */
  private void measure(Metrics metrics) {
    lag = Optional.of(LoopLag.watch(Loop.current(vertx), metrics.times("toystore.loop.lag")));
    RequestTimes times = metrics.requests(
        "toystore_internal_requests_seconds", "Calls that this service has answered to others");
    timed = Stream.concat(router.getRoutes().stream().map(Route::getPath), Stream.of(OTHER))
        .filter(Objects::nonNull)
        .distinct()
        .collect(Collectors.toUnmodifiableMap(path -> path, times::route));
  }

  /** The same for any server of a service. */
  public static Future<Integer> listen(HttpServer server, String host, int port) {
    return server
        .listen(port, host)
        .map(HttpServer::actualPort)
        .recover(failure -> Future.failedFuture(new StartException(
            "cannot listen on " + Address.inWords(host, port) + ": " + failure.getMessage(),
            failure)));
  }

  /** Takes no new requests, and waits a little for those under way. */
  public Future<Void> shutdown() {
    lag.ifPresent(Loop.Timer::cancel);
    return server.shutdown(DRAIN_SECONDS, TimeUnit.SECONDS);
  }

  /** Before the body is read: who has no token cannot make this process hold one either. */
  private void admit(HttpServerRequest request, Token token) {
    String path = request.path();
    time(request, path);
    boolean open = "/health".equals(path) || "/ready".equals(path) || "/metrics".equals(path);
    if (open) {
      router.handle(request);
    } else if (token.matches(request.getHeader(Token.HEADER))) {
      WireVersion.objection(request.getHeader(WireVersion.HEADER))
          .ifPresentOrElse(
              why -> refuse(request, OTHER_VERSION, why), () -> router.handle(request));
    } else {
      refuse(request, 401, "the store's token is missing or wrong");
    }
  }

  private static void refuse(HttpServerRequest request, int status, String message) {
    request
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
        .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
        .end(error(status, message));
  }

  private void time(HttpServerRequest request, String path) {
    Map<String, RouteTimes> routes = timed;
    if (!routes.isEmpty()) {
      RouteTimes route = routes.getOrDefault(path, routes.get(OTHER));
      HttpServerResponse response = request.response();
      long start = System.nanoTime();
      response.endHandler(
          ended -> route.record(response.getStatusCode(), System.nanoTime() - start));
    }
  }

  private static void answer(RoutingContext ctx, Future<Buffer> result) {
    result.onSuccess(body -> send(ctx, 200, body)).onFailure(ctx::fail);
  }

  private static void refuse(RoutingContext ctx) {
    Throwable failure = ctx.failure();
    if (failure instanceof StoreException expected) {
      int status = ErrorResponses.statusOf(expected.error());
      send(ctx, status, WireFormat.encode(ErrorBody.of(status, expected)));
    } else if (failure != null) {
      LOG.error("path={} failed", ctx.request().path(), failure);
      send(ctx, 500, error(500, "internal error"));
    } else {
      send(ctx, ctx.statusCode(), error(ctx.statusCode(), reason(ctx.statusCode())));
    }
  }

  private static String reason(int status) {
    return status == TOO_LARGE ? "the body is above " + MAX_BODY_BYTES + " bytes" : "no such call";
  }

  private static Buffer error(int status, String message) {
    return WireFormat.encode(ErrorBody.of(status, message));
  }

  private static void send(RoutingContext ctx, int status, Buffer body) {
    HttpServerResponse response = ctx.response();
    if (response.ended() || response.closed()) {
      return; // The caller has gone.
    }
    response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(body);
  }
}
