package toystore.frontend;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import toystore.edge.Metrics;
import toystore.edge.RequestTimes;
import toystore.edge.RouteTimes;

/**
 * Times public requests, by route and status. Names of routes are those of the route table: there
 * are few, whatever paths clients think of. Owned by one event loop.
 */
final class RequestWatch {
  static final String OTHER = "other";

  private static final String CACHED = "/products/*";
  private static final String TIMED = "toystore.timed";
  private static final int OK = 200;

  private final RequestTimes times;
  private final RouteTimes fromCache;
  private final RouteTimes unrouted;

  RequestWatch(Metrics metrics) {
    times = metrics.requests(
        "toystore_http_requests_seconds", "Requests of clients that this front-end has answered");
    fromCache = times.route(CACHED);
    unrouted = times.route(OTHER);
  }

  /** The first handler of a route: times what the rest of it answers. */
  Handler<RoutingContext> timed(String name) {
    RouteTimes route = times.route(name);
    return ctx -> {
      // Not twice, when one route passes a request on to another.
      if (ctx.get(TIMED) == null) {
        ctx.put(TIMED, true);
        long beganNanos = System.nanoTime();
        ctx.addEndHandler(ended -> {
          if (ended.succeeded()) {
            route.record(ctx.response().getStatusCode(), System.nanoTime() - beganNanos);
          }
        });
      }
      ctx.next();
    };
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
