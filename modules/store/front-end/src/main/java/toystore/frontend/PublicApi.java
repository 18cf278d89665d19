package toystore.frontend;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.model.StoreError;
import toystore.model.StoreException;

/**
 * The public API: which call it is, whether it is well formed, and what it is answered. It reads
 * the path itself: for six paths a router would cost more than the cached query it leads to. Owned
 * by one event loop.
 */
final class PublicApi {
  private static final String PRODUCTS = "/products";
  private static final String ORDERS = "/orders";
  private static final String STATUS = "/status";
  private static final CharSequence KEY = HttpHeaders.createOptimized("Idempotency-Key");
  /** Tells measuring clients apart what the cache answered from what the catalog did. */
  private static final CharSequence CACHE = HttpHeaders.createOptimized("Toystore-Cache");

  private static final CharSequence HIT = HttpHeaders.createOptimized("hit");
  private static final CharSequence MISS = HttpHeaders.createOptimized("miss");
  private static final int NOT_FOUND = 404;
  private static final int WRONG_METHOD = 405;
  private static final int WRONG_TYPE = 415;
  private static final int EXPECTATION_FAILED = 417;
  private static final int MAX_LONG_DIGITS = 19;

  private final Products products;
  private final OrderDesk orders;
  private final Supplier<Future<Buffer>> status;
  private final WebPage page;
  private final RequestBodies bodies;
  private final Replies replies;

  PublicApi(
      Products products,
      OrderDesk orders,
      Supplier<Future<Buffer>> status,
      WebPage page,
      RequestBodies bodies,
      Replies replies) {
    this.products = products;
    this.orders = orders;
    this.status = status;
    this.page = page;
    this.bodies = bodies;
    this.replies = replies;
  }

  void handle(HttpServerRequest request) {
    bodies.watch(request);
    try {
      Authority.check(request.version(), request.headers());
      if (RequestBodies.expectsMore(request)) {
        replies.refused(request, EXPECTATION_FAILED, "this store knows Expect: 100-continue only");
      } else if (HttpMethod.CONNECT.equals(request.method())) {
        wrongMethod(request, Resource.STORE); // Whatever its target looks like.
      } else {
        dispatch(request, RequestTarget.path(request.uri()));
      }
    } catch (StoreException e) {
      replies.failed(request, e);
    }
  }

  private void dispatch(HttpServerRequest request, String givenPath) {
    String path = withoutSlash(givenPath);
    Resource resource = resource(path);
    if (resource == null) {
      replies.refused(request, NOT_FOUND, "there is nothing at this path");
    } else if (HttpMethod.OPTIONS.equals(request.method())) {
      replies.options(request, resource.methods());
    } else if (!resource.takes(request.method())) {
      wrongMethod(request, resource);
    } else {
      answer(request, resource, path);
    }
  }

  private Resource resource(String path) {
    if (isBelow(PRODUCTS, path)) {
      return Resource.PRODUCT;
    }
    if (isBelow(ORDERS, path)) {
      return Resource.ORDER;
    }
    return switch (path) {
      case PRODUCTS -> Resource.PRODUCTS;
      case ORDERS -> Resource.ORDERS;
      case STATUS -> Resource.STATUS;
      case RequestTarget.WHOLE -> Resource.STORE;
      default -> page.has(path) ? Resource.PAGE : null;
    };
  }

  private void answer(HttpServerRequest request, Resource resource, String path) {
    switch (resource) {
      case PRODUCT -> product(request, PathText.decode(path.substring(PRODUCTS.length() + 1)));
      case PRODUCTS -> replies.when(request, products.all());
      case ORDER -> order(request, PathText.decode(path.substring(ORDERS.length() + 1)));
      case ORDERS -> buy(request);
      case STATUS -> replies.when(request, status.get());
      case PAGE -> replies.send(request, page.file(request.response(), path));
      case STORE -> throw badRequest("only OPTIONS may ask about the whole store");
    }
  }

  private void product(HttpServerRequest request, String name) {
    Buffer cached = products.cached(name);
    if (cached != null) {
      request.response().putHeader(CACHE, HIT);
      replies.send(request, cached);
    } else {
      request.response().putHeader(CACHE, MISS);
      replies.when(request, products.load(name));
    }
  }

  private void order(HttpServerRequest request, String number) {
    if (!number.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw badRequest("the order number must be a whole number");
    }
    replies.when(request, find(number).map(OrderBody::order));
  }

  private Future<Order> find(String digits) {
    String number = digits.replaceFirst("^0+(?=.)", "");
    if (number.length() <= MAX_LONG_DIGITS) {
      try {
        return orders.find(Long.parseLong(number));
      } catch (NumberFormatException e) {
        // Above the largest long: falls through to the answer below.
      }
    }
    // No order can have such a number; that needs no proof.
    return Future.failedFuture(new StoreException(StoreError.ORDER_NOT_FOUND, "beyond all"));
  }

  private void buy(HttpServerRequest request) {
    String problem = BodyType.problem(request.headers());
    if (problem != null) {
      replies.refused(request, WRONG_TYPE, problem);
      return;
    }
    if (BodyType.isPacked(request.headers())) {
      request.response().putHeader(HttpHeaders.ACCEPT_ENCODING, HttpHeaders.IDENTITY);
      replies.refused(request, WRONG_TYPE, "the body must not be packed: no Content-Encoding");
      return;
    }
    String key = key(request.headers().getAll(KEY));
    bodies.read(request, bytes -> {
      if (BodyType.isForm(request.headers()) && !PurchaseBody.isObject(bytes)) {
        replies.refused(request, WRONG_TYPE, BodyType.NOT_JSON);
        return;
      }
      try {
        PurchaseBody body = PurchaseBody.parse(bytes);
        request.response().putHeader(KEY, key);
        replies.when(
            request,
            orders
                .buy(new PurchaseRequest(key, body.name(), body.quantity()))
                .map(OrderBody::number));
      } catch (StoreException e) {
        replies.failed(request, e);
      }
    });
  }

  /** The client's key, or a new one that no other purchase has. */
  private static String key(List<String> given) {
    if (given.isEmpty()) {
      return UUID.randomUUID().toString();
    }
    String key = given.get(0);
    boolean valid = given.size() == 1
        && !key.isEmpty()
        && key.length() <= PurchaseRequest.MAX_KEY_LENGTH
        && key.chars().allMatch(c -> c > ' ' && c <= '~');
    if (!valid) {
      throw badRequest("Idempotency-Key must be one token of 1 to "
          + PurchaseRequest.MAX_KEY_LENGTH
          + " visible ASCII characters");
    }
    return key;
  }

  /** Whether the path is one non-empty segment below the parent. */
  private static boolean isBelow(String parent, String path) {
    int start = parent.length() + 1;
    return path.length() > start
        && path.startsWith(parent)
        && path.charAt(start - 1) == '/'
        && path.indexOf('/', start) < 0;
  }

  /** One slash at the end of a path means nothing. */
  private static String withoutSlash(String path) {
    int last = path.length() - 1;
    return last > 0 && path.charAt(last) == '/' ? path.substring(0, last) : path;
  }

  private void wrongMethod(HttpServerRequest request, Resource resource) {
    request.response().putHeader(HttpHeaders.ALLOW, resource.methods());
    replies.refused(request, WRONG_METHOD, "this path takes " + resource.methods() + " only");
  }

  private static StoreException badRequest(String message) {
    return new StoreException(StoreError.BAD_REQUEST, message);
  }
}
