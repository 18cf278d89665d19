package toystore.client;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/**
 * A store with the public API, that can be told to misbehave. Its state is owned by the server's
 * event loop; set it up before the first request.
 */
final class FakeStore implements AutoCloseable {
  private static final long LIMIT_SECONDS = 120;

  /** What a request may be given instead of an answer. */
  enum Trouble {
    /** It is carried out, then the connection breaks. */
    BREAK_AFTER,
    /** It is carried out, and never answered. */
    SILENCE_AFTER,
    UNAVAILABLE,
    SERVER_ERROR,
    NONSENSE
  }

  final List<String> keys = new CopyOnWriteArrayList<>();
  final Map<String, Integer> stock = new LinkedHashMap<>();
  final Map<Long, JsonObject> orders = new ConcurrentHashMap<>();
  final List<Trouble> purchaseTroubles = new ArrayList<>();
  final List<Trouble> queryTroubles = new ArrayList<>();
  final Map<Long, UnaryOperator<JsonObject>> corrupted = new HashMap<>();
  final Map<Long, String> unreadable = new HashMap<>();
  final Set<Long> crashing = new HashSet<>();
  final List<Integer> leaders = new ArrayList<>();
  boolean saysCache;
  boolean repeatsNumbers;
  boolean hasEverything;
  boolean orderQueriesFail;
  long stallAfterRequests = Long.MAX_VALUE;
  long stallMs;

  private final Vertx vertx = Vertx.vertx();
  private final Map<String, Long> numbers = new HashMap<>();
  private final List<Runnable> heldUp = new ArrayList<>();
  private HttpServer server;
  volatile boolean stalls;
  private long requests;
  private long statusRequests;
  private int silent;

  FakeStore() {
    stock.put("Tux", 1_000_000);
    stock.put("Lego Set & Co", 1_000_000);
    stock.put("Fox", 1_000_000);
  }

  FakeStore start() throws TimeoutException {
    server = vertx
        .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
        .requestHandler(this::arrive)
        .listen()
        .await(LIMIT_SECONDS, TimeUnit.SECONDS);
    return this;
  }

  int port() {
    return server.actualPort();
  }

  @Override
  public void close() throws TimeoutException {
    vertx.close().await(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private void arrive(HttpServerRequest request) {
    requests++;
    if (requests == stallAfterRequests) {
      stalls = true;
      vertx.setTimer(stallMs, over -> {
        stalls = false;
        heldUp.forEach(Runnable::run);
      });
    }
    request.body().onSuccess(body -> {
      Runnable handling = () -> handle(request, body.toString());
      if (stalls) {
        heldUp.add(handling);
      } else {
        handling.run();
      }
    });
  }

  private void handle(HttpServerRequest request, String body) {
    String path = request.path();
    if (path.equals("/products")) {
      JsonArray all = new JsonArray();
      stock.keySet().forEach(name -> all.add(product(name)));
      answer(request, new JsonObject().put("data", all));
    } else if (path.startsWith("/products/")) {
      query(request, URLDecoder.decode(path.substring(10), StandardCharsets.UTF_8));
    } else if (path.equals("/orders")) {
      buy(request, new JsonObject(body));
    } else if (path.startsWith("/orders/")) {
      order(request, Long.parseLong(path.substring(8)));
    } else if (path.equals("/status") && !leaders.isEmpty()) {
      int leader = leaders.get((int) Math.min(statusRequests++, leaders.size() - 1));
      answer(request, new JsonObject().put("leader", leader).put("epoch", leader + ".1"));
    } else {
      error(request, 404, "no such path");
    }
  }

  private void query(HttpServerRequest request, String name) {
    if (!queryTroubles.isEmpty()) {
      suffer(request, queryTroubles.remove(0));
      return;
    }
    if (saysCache) {
      request.response().putHeader("Toystore-Cache", requests % 2 == 0 ? "hit" : "miss");
    }
    if (stock.containsKey(name) || hasEverything) {
      answer(request, new JsonObject().put("data", product(name)));
    } else {
      error(request, 404, "no toy " + name);
    }
  }

  private void buy(HttpServerRequest request, JsonObject purchase) {
    String key = request.getHeader("Idempotency-Key");
    keys.add(key);
    String name = purchase.getString("name");
    int quantity = purchase.getInteger("quantity");
    Trouble trouble = purchaseTroubles.isEmpty() ? null : purchaseTroubles.remove(0);
    if (trouble == Trouble.UNAVAILABLE || trouble == Trouble.SERVER_ERROR) {
      suffer(request, trouble);
      return;
    }
    if (!numbers.containsKey(key) && stock.get(name) < quantity) {
      error(request, 409, "not enough stock");
      return;
    }
    long number = numbers.computeIfAbsent(key, k -> {
      stock.merge(name, -quantity, Integer::sum);
      return repeatsNumbers ? 0L : (long) numbers.size();
    });
    orders.put(
        number, new JsonObject().put("number", number).put("name", name).put("quantity", quantity));
    if (trouble == null) {
      answer(request, new JsonObject().put("data", new JsonObject().put("order_number", number)));
    } else {
      suffer(request, trouble);
    }
  }

  private void order(HttpServerRequest request, long number) {
    if (orderQueriesFail) {
      error(request, 503, "no majority");
      return;
    }
    if (crashing.contains(number)) {
      error(request, 500, "a bug");
      return;
    }
    if (unreadable.containsKey(number)) {
      request.response().end(unreadable.get(number));
      return;
    }
    JsonObject order =
        corrupted.getOrDefault(number, same -> same).apply(orders.get(number).copy());
    if (order == null) {
      error(request, 404, "no order " + number);
    } else {
      answer(request, new JsonObject().put("data", order));
    }
  }

  private void suffer(HttpServerRequest request, Trouble trouble) {
    switch (trouble) {
      case BREAK_AFTER -> request.connection().close();
      case SILENCE_AFTER -> silent++;
      case UNAVAILABLE -> error(request, 503, "no leader");
      case SERVER_ERROR -> error(request, 500, "a bug");
      case NONSENSE -> request.response().end("{\"data\":{\"order_number\":\"7\"}}");
    }
  }

  private JsonObject product(String name) {
    return new JsonObject()
        .put("name", name)
        .put("price", 15.99)
        .put("quantity", stock.getOrDefault(name, 1));
  }

  private static void answer(HttpServerRequest request, JsonObject body) {
    request.response().putHeader("Content-Type", "application/json").end(body.toBuffer());
  }

  private static void error(HttpServerRequest request, int status, String message) {
    request.response().setStatusCode(status);
    answer(
        request,
        new JsonObject()
            .put("error", new JsonObject().put("code", status).put("message", message)));
  }
}
