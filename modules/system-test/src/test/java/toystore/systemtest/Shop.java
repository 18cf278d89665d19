package toystore.systemtest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** A customer: calls the public API as any HTTP client would. Owned by one thread. */
final class Shop {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final URI store;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Shop(URI store) {
    this.store = store;
  }

  Answer product(String name) {
    String form = URLEncoder.encode(name, StandardCharsets.UTF_8);
    return get("/products/" + form.replace("+", "%20"));
  }

  /** Units in stock, as a customer sees them. */
  long stock(String name) {
    return product(name).data().get("quantity").asLong();
  }

  Answer order(long number) {
    return get("/orders/" + number);
  }

  Answer buy(String name, int quantity) {
    return buy(name, quantity, Optional.empty());
  }

  Answer buy(String name, int quantity, String key) {
    return buy(name, quantity, Optional.of(key));
  }

  private Answer buy(String name, int quantity, Optional<String> key) {
    String body =
        MAPPER.createObjectNode().put("name", name).put("quantity", quantity).toString();
    HttpRequest.Builder request = HttpRequest.newBuilder(store.resolve("/orders"))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body));
    key.ifPresent(k -> request.header("Idempotency-Key", k));
    return send(request);
  }

  Answer get(String path) {
    return send(HttpRequest.newBuilder(store.resolve(path)).GET());
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What came back. */
  record Answer(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    JsonNode json() {
      try {
        return MAPPER.readTree(response.body());
      } catch (JsonProcessingException e) {
        throw new AssertionError(response.body(), e);
      }
    }

    JsonNode data() {
      JsonNode data = json().get("data");
      if (status() != 200 || data == null) {
        throw new AssertionError(status() + " " + response.body());
      }
      return data;
    }

    long orderNumber() {
      return data().get("order_number").asLong();
    }

    Optional<String> header(String name) {
      return response.headers().firstValue(name);
    }

    @Override
    public String toString() {
      return status() + " " + response.body();
    }
  }
}
