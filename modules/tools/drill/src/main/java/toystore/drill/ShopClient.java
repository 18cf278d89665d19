package toystore.drill;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import toystore.model.PurchaseRequest;

/** Calls the public API. Owned by one event loop. */
final class ShopClient {
  /** Beyond the store's own deadline of 10 s: what takes longer hangs. */
  static final long PATIENCE_MS = 13_000;

  /** The key under which an answer has what is a list. */
  static final String LIST = "list";

  private static final int CONNECT_TIMEOUT_MS = 1_000;

  /**
   * What came back.
   *
   * @param body the top-level data, or null; a list is under {@link #LIST}
   * @param retryAfter whether it says when to try again
   */
  record Answer(int status, JsonObject body, String message, boolean retryAfter) {
    static Answer none(Throwable cause) {
      return new Answer(Failure.NO_ANSWER, null, cause.toString(), false);
    }
  }

  private final HttpClient client;

  ShopClient(Vertx vertx, URI store, int connections) {
    client = vertx
        .httpClientBuilder()
        .with(new HttpClientOptions()
            .setDefaultHost(store.getHost())
            .setDefaultPort(store.getPort())
            .setConnectTimeout(CONNECT_TIMEOUT_MS))
        // Whoever waits on a connection that breaks is told; nobody else need be.
        .withConnectHandler(connection -> connection.exceptionHandler(broken -> {}))
        .with(new PoolOptions().setHttp1MaxSize(connections))
        .build();
  }

  Future<Answer> product(String name) {
    String path =
        "/products/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return call(HttpMethod.GET, path, Map.of(), null);
  }

  /** All products, under {@link #LIST}. */
  Future<Answer> products() {
    return call(HttpMethod.GET, "/products", Map.of(), null);
  }

  Future<Answer> order(long number) {
    return call(HttpMethod.GET, "/orders/" + number, Map.of(), null);
  }

  Future<Answer> buy(PurchaseRequest request) {
    JsonObject body =
        new JsonObject().put("name", request.name()).put("quantity", request.quantity());
    return call(
        HttpMethod.POST,
        "/orders",
        Map.of("Content-Type", "application/json", "Idempotency-Key", request.key()),
        body.toBuffer());
  }

  private Future<Answer> call(
      HttpMethod method, String path, Map<String, String> headers, Buffer body) {
    return client.request(method, path).compose(request -> {
      headers.forEach(request::putHeader);
      return exchange(request, body)
          .timeout(PATIENCE_MS, TimeUnit.MILLISECONDS)
          // A connection that owes an answer is of no more use.
          .onFailure(failure -> request.connection().close());
    });
  }

  private static Future<Answer> exchange(HttpClientRequest request, Buffer body) {
    return (body == null ? request.send() : request.send(body)).compose(response -> response
        .body()
        .map(bytes ->
            answer(response.statusCode(), response.headers().contains("Retry-After"), bytes)));
  }

  static Answer answer(int status, boolean retryAfter, Buffer bytes) {
    try {
      JsonObject json = new JsonObject(bytes);
      String message =
          json.getValue("error") instanceof JsonObject error ? error.getString("message", "") : "";
      Object data = json.getValue("data");
      JsonObject body = data instanceof JsonObject object
          ? object
          : data instanceof JsonArray list ? new JsonObject().put(LIST, list) : null;
      return new Answer(status, body, message, retryAfter);
    } catch (DecodeException e) {
      return new Answer(status, null, "unreadable: " + bytes, retryAfter);
    }
  }
}
