package toystore.api;

import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import toystore.model.Order;
import toystore.model.PurchaseRequest;

/**
 * The public API over HTTP, with connections of its own. Owned by one event loop. Its futures do
 * not fail unless there is a bug: what goes wrong is an {@link Answer}.
 */
public final class StoreClient {
  private static final Duration STATUS_TIMEOUT = Duration.ofSeconds(1);
  private static final String KEY_HEADER = "Idempotency-Key";
  private static final String RETRY_HEADER = "Retry-After";
  private static final String CACHE_HEADER = "Toystore-Cache";
  private static final Map<String, String> NO_HEADERS = Map.of();

  private final HttpClient http;
  private final Duration timeout;

  /**
   * @param connections at most, one for each request that may be under way: a pool smaller than
   *     that would measure the wait for a connection
   * @param timeout to connect, and again to answer
   */
  public StoreClient(Vertx vertx, StoreAddress store, int connections, Duration timeout) {
    HttpClientOptions options = new HttpClientOptions()
        .setDefaultHost(store.address().urlHost())
        .setDefaultPort(store.address().port())
        .setSsl(store.tls())
        .setConnectTimeout((int) timeout.toMillis());
    if (!store.ca().isEmpty()) {
      options.setTrustOptions(new PemTrustOptions().addCertPath(store.ca()));
    }
    this.http = vertx
        .httpClientBuilder()
        .with(options)
        .with(new PoolOptions().setHttp1MaxSize(connections))
        // Whoever waits on a connection that breaks is told; nobody else need be.
        .withConnectHandler(connection -> connection.exceptionHandler(broken -> {}))
        .build();
    this.timeout = timeout;
  }

  /** All toys the store has. */
  public Future<Answer<List<ToyAvailability>>> products() {
    return get("/products", timeout).map(raw -> raw.read(AnswerReader::products));
  }

  public Future<Answer<ToyAvailability>> product(String name) {
    return get(productPath(name), timeout)
        .map(raw -> raw.read((status, body) ->
            AnswerReader.product(status, body, name).map(stock -> stock.from(raw.source()))));
  }

  /**
   * @param request its key is the same for each repetition
   * @return the order number
   */
  public Future<Answer<Long>> buy(PurchaseRequest request) {
    JsonObject body =
        new JsonObject().put("name", request.name()).put("quantity", request.quantity());
    return send(
            HttpMethod.POST,
            "/orders",
            Map.of("Content-Type", "application/json", KEY_HEADER, request.key()),
            body.toBuffer(),
            timeout)
        .map(raw -> raw.read(AnswerReader::orderNumber));
  }

  public Future<Answer<Order>> order(long number) {
    return get("/orders/" + number, timeout).map(raw -> raw.read(AnswerReader::order));
  }

  public Future<Answer<LeaderName>> leader() {
    return get("/status", STATUS_TIMEOUT).map(raw -> raw.read(AnswerReader::leader));
  }

  /** Any request, for whoever needs the answer as it came. */
  public Future<RawAnswer> send(HttpMethod method, String path, Buffer body) {
    Map<String, String> headers =
        body == null ? NO_HEADERS : Map.of("Content-Type", "application/json");
    return send(method, path, headers, body, timeout);
  }

  public void close() {
    http.close();
  }

  /** Where a toy is asked for. */
  public static String productPath(String name) {
    return "/products/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private Future<RawAnswer> get(String path, Duration limit) {
    return send(HttpMethod.GET, path, NO_HEADERS, null, limit);
  }

  private Future<RawAnswer> send(
      HttpMethod method, String path, Map<String, String> headers, Buffer body, Duration limit) {
    RequestOptions options = new RequestOptions().setMethod(method).setURI(path);
    headers.forEach(options::putHeader);
    return http.request(options)
        .compose(request -> exchange(request, body)
            .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
            // A connection that owes an answer is of no more use.
            .onFailure(failure -> request.connection().close()))
        .recover(failure -> silence(method + " " + path, failure));
  }

  private static Future<RawAnswer> exchange(HttpClientRequest request, Buffer content) {
    return (content == null ? request.send() : request.send(content)).compose(response -> response
        .body()
        .map(body -> new RawAnswer(response.statusCode(), response.headers(), body, null, "")));
  }

  /** Anything else than these is a bug. */
  private static Future<RawAnswer> silence(String request, Throwable failure) {
    String detail = request + ": " + failure.getMessage();
    boolean isTimeout =
        failure instanceof TimeoutException || failure instanceof ConnectTimeoutException;
    if (isTimeout || failure instanceof IOException || failure instanceof VertxException) {
      Outcome outcome = isTimeout ? Outcome.TIMEOUT : Outcome.CONNECTION;
      return Future.succeededFuture(new RawAnswer(0, null, null, outcome, detail));
    }
    return Future.failedFuture(failure);
  }

  /**
   * An answer, unread.
   *
   * @param silence why there is none, and then no headers and no body; null if there is one
   * @param detail of the silence, for a person
   */
  public record RawAnswer(
      int status, MultiMap headers, Buffer body, Outcome silence, String detail) {
    private <T> Answer<T> read(BodyReader<T> reader) {
      return silence == null
          ? reader.read(status, body.getBytes()).withRetryAfter(headers.contains(RETRY_HEADER))
          : Answer.failed(silence, detail);
    }

    private ToyAvailability.Source source() {
      String cache = headers.get(CACHE_HEADER);
      if ("hit".equals(cache)) {
        return ToyAvailability.Source.CACHE;
      }
      return "miss".equals(cache) ? ToyAvailability.Source.CATALOG : ToyAvailability.Source.UNKNOWN;
    }
  }

  @FunctionalInterface
  private interface BodyReader<T> {
    Answer<T> read(int status, byte[] body);
  }
}
