package toystore.frontend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import toystore.model.Order;

/** Each call and each failure of docs/appendix-api.md, over real HTTP. */
class PublicApiTest extends PublicApiCase {
  private static final String TUX = "{\"name\":\"Tux\",\"quantity\":2}";

  @Test
  void aFrontEndThatReachesTheOthersIsHealthy() {
    assertOk("{\"data\":{\"healthy\":true}}", store.get("/healthz"));
  }

  @Test
  void anAnswerNamesItsRequest() {
    assertEquals("mine", requestId(store.request("/orders/999").header("X-Request-Id", "mine")));
    assertEquals("mine", requestId(store.request("/").header("X-Request-Id", "mine")));
    assertEquals("mine", requestId(store.request("/nowhere").header("X-Request-Id", "mine")));
    assertEquals(
        "4bf92f3577b34da6a3ce929d0e0e4736",
        requestId(store
            .request("/status")
            .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")));
  }

  @Test
  void aRequestWithoutAnIdOrWithABadOneGetsANewOne() {
    String made = requestId(store.request("/orders/999"));

    assertTrue(made.matches("[a-z0-9]+-[a-z0-9]+"), made);
    assertNotEquals(made, requestId(store.request("/orders/999")));
    assertTrue(requestId(store.request("/status").header("X-Request-Id", "a b request=forged"))
        .matches("[a-z0-9]+-[a-z0-9]+"));
    assertTrue(requestId(store.request("/status").header("X-Request-Id", "x".repeat(4_000)))
        .matches("[a-z0-9]+-[a-z0-9]+"));
  }

  @Test
  void anAnswerFromTheCacheHasTheIdThatTheClientGave() {
    store.get("/products/Tux");

    HttpResponse<String> named =
        store.send(store.request("/products/Tux").header("X-Request-Id", "mine"));
    HttpResponse<String> unnamed = store.get("/products/Tux");

    assertEquals("hit", cacheHeader(named));
    assertEquals("mine", named.headers().firstValue("X-Request-Id").orElseThrow());
    assertEquals("hit", cacheHeader(unnamed));
    assertEquals(Optional.empty(), unnamed.headers().firstValue("X-Request-Id"));
  }

  private String requestId(HttpRequest.Builder request) {
    return store.send(request).headers().firstValue("X-Request-Id").orElseThrow();
  }

  @Test
  void aProduct() {
    HttpResponse<String> answer = store.get("/products/Tux");

    assertOk("{\"data\":{\"name\":\"Tux\",\"price\":15.99,\"quantity\":100}}", answer);
  }

  @Test
  void aProductASecondTimeFromTheCacheIsTheSame() {
    String first = store.get("/products/Tux").body();
    int reads = store.catalog.reads();

    assertOk(first, store.get("/products/Tux"));
    assertEquals(reads, store.catalog.reads());
  }

  @Test
  void anAnswerSaysWhetherItIsTheCaches() {
    store.get("/products/Tux");

    assertEquals("hit", cacheHeader(store.get("/products/Tux")));
    assertEquals("miss", cacheHeader(store.get("/products/tux")));
  }

  private static String cacheHeader(HttpResponse<String> answer) {
    return answer.headers().firstValue("Toystore-Cache").orElse("none");
  }

  @Test
  void aQueryStringChangesNothing() {
    assertEquals(
        store.get("/products/Tux").body(),
        store.get("/products/Tux?name=Whale&x=/").body());
  }

  @Test
  void aNameIsPercentDecoded() {
    assertOk(
        "{\"data\":{\"name\":\"Kärcher/50 % + more\",\"price\":5.00,\"quantity\":7}}",
        store.get("/products/K%C3%A4rcher%2F50%20%25%20+%20more"));
  }

  @Test
  void namesAreCaseSensitive() {
    assertError(404, "no toy has this name", store.get("/products/tux"));
  }

  @Test
  void allProductsInCatalogOrder() {
    HttpResponse<String> answer = store.get("/products");

    assertTrue(answer.body().startsWith("{\"data\":[{\"name\":\"Tux\",\"price\":15.99,"));
    assertTrue(answer.body().indexOf("Whale") > answer.body().indexOf("Tux"));
  }

  @Test
  void headAnswersLikeGetWithoutTheBody() {
    int length = store.get("/products/Tux").body().length();

    HttpResponse<String> answer =
        store.send(store.request("/products/Tux").method("HEAD", BodyPublishers.noBody()));

    assertEquals(200, answer.statusCode());
    assertEquals("", answer.body());
    assertEquals(length, answer.headers().firstValueAsLong("Content-Length").orElseThrow());
  }

  @Test
  void anOrderAndItsLookUp() {
    HttpResponse<String> bought = store.buy("order-and-look-up", TUX);

    long number = store.replicas.orders().size() - 1;
    assertOk("{\"data\":{\"order_number\":" + number + "}}", bought);
    assertEquals(
        "order-and-look-up", bought.headers().firstValue("Idempotency-Key").orElseThrow());
    assertOk(
        "{\"data\":{\"number\":" + number + ",\"name\":\"Tux\",\"quantity\":2}}",
        store.get("/orders/" + number));
  }

  @Test
  void theSameKeyGivesTheSameNumber() {
    String first = store.buy("again", TUX).body();

    assertOk(first, store.buy("again", TUX));
  }

  @Test
  void theSameKeyWithAnotherBodyIsRefused() {
    store.buy("other", TUX);

    assertError(
        422,
        "the Idempotency-Key was used with another body",
        store.buy("other", "{\"name\":\"Tux\",\"quantity\":3}"));
  }

  @Test
  void withoutAKeyOneIsMadeAndWorks() {
    HttpResponse<String> first = store.buy(null, TUX);
    String key = first.headers().firstValue("Idempotency-Key").orElseThrow();

    assertFalse(key.isEmpty());
    assertOk(first.body(), store.buy(key, TUX));
  }

  @Test
  void keysMadeDiffer() {
    assertFalse(store.buy(null, TUX).body().equals(store.buy(null, TUX).body()));
  }

  @Test
  void notEnoughInStock() {
    assertError(
        409,
        "not enough in stock; nothing was taken",
        store.buy(null, "{\"name\":\"Whale\",\"quantity\":1}"));
  }

  @Test
  void anUnknownToy() {
    assertError(
        404, "no toy has this name", store.buy(null, "{\"name\":\"Nobody\",\"quantity\":1}"));
    assertError(404, "no toy has this name", store.get("/products/Nobody"));
  }

  @Test
  void anUnknownOrder() {
    assertError(404, "no order has this number", store.get("/orders/123456"));
    assertError(404, "no order has this number", store.get("/orders/9223372036854775807"));
    assertError(404, "no order has this number", store.get("/orders/9223372036854775808"));
    assertError(404, "no order has this number", store.get("/orders/" + "9".repeat(500)));
  }

  @Test
  void contentTypesThatSayJsonAndNoneAtAllAreFine() {
    List<String> fine = List.of(
        "application/json",
        "Application/JSON",
        "application/json; charset=utf-8",
        "application/vnd.toy+json");
    for (String type : fine) {
      HttpResponse<String> answer = store.send(
          store.request("/orders").header("Content-Type", type).POST(BodyPublishers.ofString(TUX)));
      assertEquals(200, answer.statusCode(), type);
    }
  }

  @Test
  void theLargestQuantityAndTheLongestKeyAreFine() {
    String key = "~!".repeat(64);
    HttpResponse<String> answer = store.buy(key, "{\"quantity\":1000000,\"name\":\"Tux\"}");

    assertEquals(200, answer.statusCode());
    assertEquals(key, answer.headers().firstValue("Idempotency-Key").orElseThrow());
    List<Order> orders = store.replicas.orders();
    assertTrue(orders.stream().anyMatch(order -> order.quantity() == 1_000_000));
  }

  @Test
  void fieldsThatAreNotKnownArePassedOver() {
    assertEquals(
        200,
        store
            .buy(null, "{\"gift\":{\"wrap\":[1,2]},\"name\":\"Tux\",\"quantity\":1}")
            .statusCode());
  }

  @Test
  void aWholeNumberIsOneHoweverItIsWritten() {
    for (String one : List.of("1", "1.0", "1e0", "10e-1", "0.1E+1")) {
      assertEquals(
          200, store.buy(null, "{\"name\":\"Tux\",\"quantity\":" + one + "}").statusCode(), one);
    }
  }

  @Test
  void whatIsInAFieldThatIsNotKnownMattersNot() {
    List<String> values = List.of("9".repeat(5_000), "1e999999999", "0." + "1".repeat(5_000));
    for (String value : values) {
      assertEquals(
          200,
          store
              .buy(null, "{\"x\":" + value + ",\"name\":\"Tux\",\"quantity\":1}")
              .statusCode());
    }
  }

  @Test
  void optionsAnswerTheMethods() {
    assertEquals("GET, HEAD, OPTIONS", options("/products/Tux"));
    assertEquals("POST, OPTIONS", options("/orders"));
  }

  private String options(String path) {
    HttpResponse<String> answer =
        store.send(store.request(path).method("OPTIONS", BodyPublishers.noBody()));
    assertEquals(204, answer.statusCode());
    // Without a configuration, no page of another origin is told anything.
    assertTrue(answer.headers().map().keySet().stream().noneMatch(n -> n.startsWith("access-")));
    return answer.headers().firstValue("Allow").orElseThrow();
  }

  @Test
  void theStatusTellsWhoLeads() {
    String status = store.get("/status").body();

    assertTrue(status.contains("{\"data\":{\"leader\":3,\"epoch\":\"1.1\",\"serving\":true"));
    assertTrue(
        status.contains("{\"service\":\"order-2\",\"state\":\"live\",\"role\":\"follower\""));
    assertFalse(status.contains("token"));
  }

  private static void assertOk(String body, HttpResponse<String> answer) {
    assertEquals(body, answer.body());
    assertEquals(200, answer.statusCode());
    assertEquals("application/json", answer.headers().firstValue("Content-Type").orElseThrow());
    assertTrue(answer.headers().firstValueAsLong("Content-Length").isPresent());
  }

  private static void assertError(int status, String message, HttpResponse<String> answer) {
    assertEquals(
        "{\"error\":{\"code\":" + status + ",\"message\":\"" + message + "\"}}", answer.body());
    assertEquals(status, answer.statusCode());
    assertEquals("application/json", answer.headers().firstValue("Content-Type").orElseThrow());
    assertTrue(answer.headers().firstValueAsLong("Content-Length").isPresent());
  }
}
