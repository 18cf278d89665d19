package toystore.frontend;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
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
  private static final int NOT_JSON = 415;
  private static final int MAX_LONG_DIGITS = 19;

  private final Products products;
  private final OrderDesk orders;
  private final Supplier<Future<Buffer>> status;
  private final WebPage page;
  private final Bodies bodies;

  PublicApi(
      Products products,
      OrderDesk orders,
      Supplier<Future<Buffer>> status,
      WebPage page,
      Bodies bodies) {
    this.products = products;
    this.orders = orders;
    this.status = status;
    this.page = page;
    this.bodies = bodies;
  }

  void handle(HttpServerRequest request) {
    bodies.watch(request);
    try {
      refuseTwoHosts(request);
      dispatch(request, request.path() == null ? "" : request.path());
    } catch (StoreException e) {
      Replies.failed(request, e);
    }
  }

  /** As RFC 9112, 3.2 demands: whoever stands between may have gone by the other one. */
  private static void refuseTwoHosts(HttpServerRequest request) {
    if (request.headers().getAll(HttpHeaders.HOST).size() > 1) {
      throw badRequest("there must be one Host");
    }
  }

  private void dispatch(HttpServerRequest request, String path) {
    if (isBelow(PRODUCTS, path)) {
      if (reads(request)) {
        product(request, Names.decode(path.substring(PRODUCTS.length() + 1)));
      }
    } else if (isBelow(ORDERS, path)) {
      if (reads(request)) {
        order(request, Names.decode(path.substring(ORDERS.length() + 1)));
      }
    } else if (ORDERS.equals(path)) {
      if (HttpMethod.POST.equals(request.method())) {
        buy(request);
      } else {
        wrongMethod(request, "POST");
      }
    } else if (PRODUCTS.equals(path)) {
      if (reads(request)) {
        Replies.when(request, products.all());
      }
    } else if (STATUS.equals(path)) {
      if (reads(request)) {
        Replies.when(request, status.get());
      }
    } else if (page.has(path)) {
      if (reads(request)) {
        page.send(request, path);
      }
    } else {
      Replies.refused(request, NOT_FOUND, "there is nothing at this path");
    }
  }

  private void product(HttpServerRequest request, String name) {
    Buffer cached = products.cached(name);
    if (cached != null) {
      request.response().putHeader(CACHE, HIT);
      Replies.send(request, cached);
    } else {
      request.response().putHeader(CACHE, MISS);
      Replies.when(request, products.load(name));
    }
  }

  private void order(HttpServerRequest request, String number) {
    if (!number.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw badRequest("the order number must be a whole number");
    }
    Replies.when(request, find(number).map(OrderBody::order));
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
    List<String> types = request.headers().getAll(HttpHeaders.CONTENT_TYPE);
    if (types.size() > 1 || !types.isEmpty() && !saysJson(types.get(0))) {
      Replies.refused(request, NOT_JSON, "the content type must be application/json");
      return;
    }
    String key = key(request.headers().getAll(KEY));
    bodies.read(request, bytes -> {
      try {
        PurchaseBody body = PurchaseBody.parse(bytes);
        request.response().putHeader(KEY, key);
        Replies.when(
            request,
            orders
                .buy(new PurchaseRequest(key, body.name(), body.quantity()))
                .map(OrderBody::number));
      } catch (StoreException e) {
        Replies.failed(request, e);
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

  private static boolean saysJson(String contentType) {
    if (contentType.isBlank()) {
      return true;
    }
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return "application/json".equals(type)
        || type.startsWith("application/") && type.endsWith("+json");
  }

  /** Whether the path is one non-empty segment below the parent. */
  private static boolean isBelow(String parent, String path) {
    int start = parent.length() + 1;
    return path.length() > start
        && path.startsWith(parent)
        && path.charAt(start - 1) == '/'
        && path.indexOf('/', start) < 0;
  }

  private static boolean reads(HttpServerRequest request) {
    HttpMethod method = request.method();
    if (HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method)) {
      return true;
    }
    wrongMethod(request, "GET, HEAD");
    return false;
  }

  private static void wrongMethod(HttpServerRequest request, String allowed) {
    request.response().putHeader(HttpHeaders.ALLOW, allowed);
    Replies.refused(request, WRONG_METHOD, "this path takes " + allowed + " only");
  }

  private static StoreException badRequest(String message) {
    return new StoreException(StoreError.BAD_REQUEST, message);
  }
}
