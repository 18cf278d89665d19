package toystore.frontend;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import toystore.edge.Leg;
import toystore.edge.LegTimes;
import toystore.edge.Metrics;
import toystore.edge.RequestId;
import toystore.edge.RequestTimes;
import toystore.edge.RouteTimes;

/**
 * Gives public requests their ids, and times them by route and status. Names of routes are those
 * of the route table: there are few, whatever paths clients think of. Owned by one event loop.
 */
final class RequestWatch {
  private static final Logger LINES = LoggerFactory.getLogger("toystore.requests");

  static final String OTHER = "other";

  private static final String CACHED = "/products/*";
  private static final String TIMED = "toystore.timed";
  private static final int OK = 200;

  private final RequestTimes times;
  private final RouteTimes fromCache;
  private final RouteTimes unrouted;
  private final LegTimes purchases;

  RequestWatch(Metrics metrics) {
    times = metrics.requests(
        "toystore_http_requests_seconds", "Requests of clients that this front-end has answered");
    fromCache = times.route(CACHED);
    unrouted = times.route(OTHER);
    purchases = metrics.leg(Leg.PURCHASE);
  }

  /** The first handler of a route: times what the rest of it answers. */
  Handler<RoutingContext> timed(String name) {
    RouteTimes route = times.route(name);
    boolean buys = PublicPath.ORDERS.measured().equals(name);
    return ctx -> {
      RequestId.of(ctx.request());
      // Not twice, when one route passes a request on to another.
      if (ctx.get(TIMED) == null) {
        ctx.put(TIMED, true);
        long beganNanos = System.nanoTime();
        ctx.addEndHandler(ended -> {
          if (ended.succeeded()) {
            long tookNanos = System.nanoTime() - beganNanos;
            int status = ctx.response().getStatusCode();
            route.record(status, tookNanos);
            if (buys && status == OK) {
              purchases.record(tookNanos);
            }
            tell(ctx, tookNanos);
          }
        });
      }
      ctx.next();
    };
  }

  /** The first handler of a stream: how long it is open says nothing about the store. */
  static void named(RoutingContext ctx) {
    RequestId.of(ctx.request());
    ctx.next();
  }

  private static void tell(RoutingContext ctx, long tookNanos) {
    if (LINES.isDebugEnabled()) {
      HttpServerResponse response = ctx.response();
      String key = response.headers().get(PurchaseHead.KEY);
      LINES.debug(
          "service=front-end method={} path={} status={} micros={} key={} request={}",
          ctx.request().method(),
          ctx.request().path(),
          response.getStatusCode(),
          TimeUnit.NANOSECONDS.toMicros(tookNanos),
          key == null ? "" : key,
          response.headers().get(RequestId.HEADER));
    }
  }

  /**
   * An answer from the cache is in no log, so it has an id only where the client gave one: to make
   * one would cost more than to look the product up.
   */
  void nameHit(HttpServerRequest request) {
    String given = RequestId.given(request.headers());
    if (given != null) {
      request.response().putHeader(RequestId.HEADER, given);
    }
  }

  /** A product was answered from the cache, before the route table. */
  void answeredFromCache(long nanos) {
    fromCache.record(OK, nanos);
  }

  /** A request was refused before a route was looked for, which takes next to no time. */
  void refusedUnrouted(int status) {
    unrouted.record(status, 0);
  }
}
