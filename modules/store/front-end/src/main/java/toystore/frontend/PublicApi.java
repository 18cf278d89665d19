package toystore.frontend;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import toystore.edge.RequestId;
import toystore.model.PurchaseRequest;
import toystore.model.StoreError;
import toystore.model.StoreException;

/**
 * The public API: which path leads where. {@link #routes} is the whole list; whoever adds a call
 * adds a line there. A product in the cache is answered before it, because the list would cost more
 * than that answer. Owned by one event loop.
 */
final class PublicApi {
  private static final String PRODUCTS = PublicPath.PRODUCTS.template();
  /** The name of all files together. */
  private static final String PAGES = "pages";

  private static final List<HttpMethod> READ = List.of(HttpMethod.GET, HttpMethod.HEAD);
  private static final List<HttpMethod> ANY_USE =
      List.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST);

  /** Tells measuring clients apart what the cache answered from what the catalog did. */
  private static final CharSequence CACHE = HttpHeaders.createOptimized("Toystore-Cache");

  private static final CharSequence HIT = HttpHeaders.createOptimized("hit");
  private static final CharSequence MISS = HttpHeaders.createOptimized("miss");

  private static final Buffer HEALTHY = Buffer.buffer("{\"data\":{\"healthy\":true}}");

  private final Products<Buffer> products;
  private final OrderDesk orders;
  private final StockFeed stock;
  private final Supplier<Future<Buffer>> status;
  private final RequestBodies bodies;
  private final Replies replies;
  private final ConsoleStreams consoles;
  private final LoopTimes times;
  private final RequestWatch requests;
  private final ServingLoop.SharedByLoops shared;
  private final Router router;

  PublicApi(
      Vertx vertx,
      Products<Buffer> products,
      OrderDesk orders,
      StockFeed stock,
      Supplier<Future<Buffer>> status,
      RequestBodies bodies,
      Replies replies,
      ConsoleStreams consoles,
      LoopTimes times,
      RequestWatch requests,
      ServingLoop.SharedByLoops shared) {
    this.products = products;
    this.orders = orders;
    this.stock = stock;
    this.status = status;
    this.bodies = bodies;
    this.replies = replies;
    this.consoles = consoles;
    this.times = times;
    this.requests = requests;
    this.shared = shared;
    this.router = Router.router(vertx);
    routes(WebPages.load(vertx, replies));
  }

  /** A route is tried when none above it has answered, so what is asked for most comes first. */
  private void routes(WebPages pages) {
    router.route().handler(PublicApi::settlePath);
    path(PublicPath.ORDER).handler(answer(this::order));
    path(PublicPath.PRODUCT).handler(answer(this::product));
    path(PublicPath.ORDERS)
        .handler(PurchaseHead::check)
        .handler(bodies::read)
        .handler(answer(this::buy));
    path(PublicPath.PRODUCTS).handler(answer(ctx -> products.all()));
    route(PublicPath.STOCK).handler(RequestWatch::named).handler(this::watchStock);
    route(PublicPath.CONSOLE_EVENTS).handler(RequestWatch::named).handler(consoles::open);
    path(PublicPath.STATUS).handler(answer(ctx -> status.get()));
    path(PublicPath.HEALTH).handler(answer(ctx -> health()));
    pages.paths().forEach(file -> page(file).handler(pages::send));
    // Behind all of them: to try a route costs every request that it is not for.
    for (PublicPath path : PublicPath.values()) {
      refuseOtherMethods(path.regex(), path.measured(), path.methods());
    }
    pages.paths().forEach(file -> refuseOtherMethods(Pattern.quote(file), PAGES, READ));
    router.route().handler(requests.timed(RequestWatch.OTHER)).handler(PublicApi::nothingHere);
    router.route().failureHandler(replies::failed);
  }

  /** The way of every request. */
  void handle(HttpServerRequest request) {
    bodies.watch(request);
    try {
      Authority.check(request.version(), request.headers());
      RequestBodies.checkExpectation(request);
      boolean isConnect = HttpMethod.CONNECT.equals(request.method());
      // Of CONNECT, the target is not looked at.
      String path = isConnect ? RequestTarget.WHOLE : RequestTarget.path(request.uri());
      if (RequestTarget.WHOLE.equals(path)) {
        wholeStore(request);
      } else if (!answeredFromCache(request, path)) {
        router.handle(request);
      }
    } catch (StoreException | RefusedException e) {
      replies.failed(request, e);
    }
  }

  private boolean answeredFromCache(HttpServerRequest request, String path) {
    boolean reads = request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
    if (!reads || !isBelow(PRODUCTS, path)) {
      return false;
    }
    long beganNanos = System.nanoTime();
    Buffer product = products.cached(lastSegment(path));
    if (product == null) {
      return false;
    }
    requests.nameHit(request);
    request.response().putHeader(CACHE, HIT);
    replies.send(request, product);
    long nanos = System.nanoTime() - beganNanos;
    times.record(nanos);
    requests.answeredFromCache(nanos);
    return true;
  }

  private Future<Buffer> product(RoutingContext ctx) {
    ctx.response().putHeader(CACHE, MISS);
    long beganNanos = System.nanoTime();
    return products
        .load(lastSegment(ctx.request().path()))
        .onComplete(answer -> times.record(System.nanoTime() - beganNanos));
  }

  private Future<Buffer> order(RoutingContext ctx) {
    return OrderBody.parseNumber(lastSegment(ctx.request().path()))
        .compose(orders::find)
        .map(OrderBody::order);
  }

  private void watchStock(RoutingContext ctx) {
    if (replies.mark(ctx.request())) {
      ctx.addEndHandler(ended -> ctx.request().connection().close());
    }
    stock.open(ctx);
  }

  private Future<Buffer> buy(RoutingContext ctx) {
    PurchaseBody body = PurchaseHead.parse(ctx.request().headers(), RequestBodies.of(ctx));
    String key = PurchaseHead.key(ctx);
    ctx.response().putHeader(PurchaseHead.KEY, key);
    shared.trail().note(key, RequestId.of(ctx.request()));
    return orders
        .buy(new PurchaseRequest(key, body.name(), body.quantity()))
        .map(OrderBody::number);
  }

  /** For whoever sends clients here: whether to send more. It tells nothing of the inside. */
  private Future<Buffer> health() {
    return shared.canAnswer().getAsBoolean()
        ? Future.succeededFuture(HEALTHY)
        : Future.failedFuture(new StoreException(StoreError.UNAVAILABLE, "cut off"));
  }

  /** A route whose requests are timed, each path by itself. */
  private Route path(PublicPath path) {
    return route(path).handler(requests.timed(path.measured()));
  }

  /** A file. All of them are timed together. */
  private Route page(String path) {
    return route(Pattern.quote(path), READ).handler(requests.timed(PAGES));
  }

  private Route route(PublicPath path) {
    return route(path.regex(), path.methods());
  }

  private Route route(String regex, List<HttpMethod> methods) {
    Route route = anyMethod(regex);
    methods.forEach(route::method);
    return route;
  }

  /** Where no route took its method: says which ones the path takes, to whoever asks, too. */
  private void refuseOtherMethods(String regex, String name, List<HttpMethod> methods) {
    anyMethod(regex)
        .handler(requests.timed(name))
        .handler(ctx -> otherMethod(ctx.request(), methods));
  }

  private Route anyMethod(String regex) {
    // One slash at the end of a path means nothing. It is matched as it came: dots are names, too.
    return router.routeWithRegex(regex + "/?").useNormalizedPath(false);
  }

  private void wholeStore(HttpServerRequest request) {
    if (ANY_USE.contains(request.method())) {
      throw new RefusedException(HttpFault.MALFORMED, "only OPTIONS may ask about the whole store");
    }
    otherMethod(request, ANY_USE);
  }

  private void otherMethod(HttpServerRequest request, List<HttpMethod> taken) {
    String methods = Stream.concat(taken.stream(), Stream.of(HttpMethod.OPTIONS))
        .map(HttpMethod::name)
        .collect(Collectors.joining(", "));
    if (HttpMethod.OPTIONS.equals(request.method())) {
      replies.options(request, methods);
    } else {
      request.response().putHeader(HttpHeaders.ALLOW, methods);
      throw new RefusedException(HttpFault.WRONG_METHOD, "this path takes " + methods + " only");
    }
  }

  private Handler<RoutingContext> answer(Function<RoutingContext, Future<Buffer>> call) {
    return ctx ->
        call.apply(ctx).onSuccess(body -> replies.send(ctx.request(), body)).onFailure(ctx::fail);
  }

  private static void nothingHere(RoutingContext ctx) {
    throw new RefusedException(HttpFault.NOTHING_HERE, "there is nothing at this path");
  }

  /** Vert.x looks for the path of "http://toys?x=/y" behind the question mark. */
  private static void settlePath(RoutingContext ctx) {
    String path = RequestTarget.path(ctx.request().uri());
    if (path.equals(ctx.request().path())) {
      ctx.next();
    } else {
      ctx.reroute(path);
    }
  }

  /** Whether the path is one non-empty segment below the parent. */
  private static boolean isBelow(String parent, String path) {
    int start = parent.length() + 1;
    int slash = path.indexOf('/', start);
    return path.length() > start
        && path.startsWith(parent)
        && path.charAt(start - 1) == '/'
        && slash != start
        && (slash < 0 || slash == path.length() - 1);
  }

  private static String lastSegment(String path) {
    int end = path.length() - (path.endsWith("/") ? 1 : 0);
    return PathText.decode(path.substring(path.lastIndexOf('/', end - 1) + 1, end));
  }
}
