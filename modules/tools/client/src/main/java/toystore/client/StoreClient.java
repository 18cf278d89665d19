package toystore.client;

import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import toystore.model.Order;

/**
 * The public API over HTTP. Owned by one event loop, with connections of its own. Its futures do
 * not fail: what goes wrong is an {@link Answer}.
 */
final class StoreClient {
  private static final Duration STATUS_TIMEOUT = Duration.ofSeconds(1);
  private static final String KEY_HEADER = "Idempotency-Key";
  private static final String CACHE_HEADER = "Toystore-Cache";

  private final WebClient http;
  private final long timeoutMs;
  private final int quantity;
  private List<Shelf> shelves = List.of();

  /**
   * @param connections at most, one for each request that may be under way
   */
  StoreClient(Vertx vertx, LoadSettings settings, int connections) {
    StoreAddress store = settings.store();
    WebClientOptions options = new WebClientOptions()
        .setDefaultHost(store.address().urlHost())
        .setDefaultPort(store.address().port())
        .setSsl(store.tls())
        .setUserAgentEnabled(false)
        .setFollowRedirects(false)
        .setConnectTimeout((int) settings.timeout().toMillis());
    if (!store.ca().isEmpty()) {
      options.setTrustOptions(new PemTrustOptions().addCertPath(store.ca()));
    }
    // A pool smaller than the concurrency would measure the wait for a connection.
    PoolOptions pool = new PoolOptions().setHttp1MaxSize(connections);
    this.http = WebClient.create(vertx, options, pool);
    this.timeoutMs = settings.timeout().toMillis();
    this.quantity = settings.quantity();
  }

  /** Names the toys that {@link #query} and {@link #buy} know by index. */
  void stock(List<String> toys) {
    List<Shelf> all = new ArrayList<>();
    for (String name : toys) {
      String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
      Buffer purchase =
          new JsonObject().put("name", name).put("quantity", quantity).toBuffer();
      all.add(new Shelf(name, http.get("/products/" + encoded).timeout(timeoutMs), purchase));
    }
    shelves = List.copyOf(all);
  }

  /**
   * All toys the store has.
   *
   * @param timeout to connect, and again to answer
   */
  Future<Answer<List<String>>> toys(Duration timeout) {
    return get("/products", timeout, AnswerReader::toys);
  }

  Future<Answer<Stock>> query(int toy) {
    Shelf shelf = shelves.get(toy);
    return shelf
        .query()
        .send()
        .map(response -> AnswerReader.stock(response.statusCode(), bytes(response), shelf.name())
            .map(units -> new Stock(units, kindOf(response))))
        .recover(failure -> silence("GET /products/" + shelf.name(), failure));
  }

  /**
   * @param key of this purchase, the same for each repetition
   * @return the order number
   */
  Future<Answer<Long>> buy(String key, int toy) {
    return http.post("/orders")
        .timeout(timeoutMs)
        .putHeader(HttpHeaders.CONTENT_TYPE.toString(), "application/json")
        .putHeader(KEY_HEADER, key)
        .sendBuffer(shelves.get(toy).purchase())
        .map(response -> AnswerReader.orderNumber(response.statusCode(), bytes(response)))
        .recover(failure -> silence("POST /orders", failure));
  }

  Future<Answer<Order>> order(long number) {
    return get("/orders/" + number, Duration.ofMillis(timeoutMs), AnswerReader::order);
  }

  Future<Answer<LeaderChange>> leader() {
    return get("/status", STATUS_TIMEOUT, AnswerReader::leader);
  }

  void close() {
    http.close();
  }

  private <T> Future<Answer<T>> get(String path, Duration timeout, Reader<T> reader) {
    return http.get(path)
        .timeout(timeout.toMillis())
        .connectTimeout(timeout.toMillis())
        .send()
        .map(response -> reader.read(response.statusCode(), bytes(response)))
        .recover(failure -> silence("GET " + path, failure));
  }

  /** Anything else than these is a bug, and fails the run. */
  private static <T> Future<Answer<T>> silence(String request, Throwable failure) {
    String detail = request + ": " + failure.getMessage();
    if (failure instanceof TimeoutException || failure instanceof ConnectTimeoutException) {
      return Future.succeededFuture(Answer.failed(Outcome.TIMEOUT, detail));
    }
    if (failure instanceof IOException || failure instanceof VertxException) {
      return Future.succeededFuture(Answer.failed(Outcome.CONNECTION, detail));
    }
    return Future.failedFuture(failure);
  }

  private static byte[] bytes(HttpResponse<Buffer> response) {
    return response.body() == null ? new byte[0] : response.body().getBytes();
  }

  private static RequestKind kindOf(HttpResponse<Buffer> response) {
    String cache = response.getHeader(CACHE_HEADER);
    if ("hit".equals(cache)) {
      return RequestKind.QUERY_HIT;
    }
    return "miss".equals(cache) ? RequestKind.QUERY_MISS : RequestKind.QUERY;
  }

  /**
   * Units in stock, and what kind of query told them.
   */
  record Stock(long units, RequestKind kind) {}

  /** A toy, with what is sent about it again and again. */
  private record Shelf(String name, HttpRequest<Buffer> query, Buffer purchase) {}

  @FunctionalInterface
  private interface Reader<T> {
    Answer<T> read(int status, byte[] body);
  }
}
