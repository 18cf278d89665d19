package toystore.frontend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The document of the public API says neither less nor more than the store does. That no answer is
 * without its place in it, {@link FakeStore} checks of every call in all tests.
 */
class ContractTest {
  private static final String PRODUCT = "/products/Tux";

  @TempDir
  private Path folder;

  @Test
  void everyAnswerInItIsReallyGivenAndItsExamplesAreTrue() throws IOException {
    try (AskedCalls asked = new AskedCalls(Contract.load())) {
      asked.whatIsFound(store(json -> {}));
      asked.whatIsWrongWithPurchases();
      asked.whatIsNotFoundOrNotRead();
      asked.whatIsWrongAsHttp();
      asked.whatIsUnavailable();
      asked.whatTakesTooLong(store(json -> json.put("receiveTimeoutMs", 100)));
      asked.whatTooManyListenTo(store(json -> json.put("maxEventStreams", 0)));
      asked.whatComesTooOften(store(json -> json.put("maxRequestsPerSecond", 1)));

      assertEquals(Set.of(), asked.missing());
    }
  }

  @Test
  void everyRouteIsInItWithItsMethodsAndNoOther() {
    Contract contract = Contract.load();
    Set<String> documented = new TreeSet<>();
    contract.document().getJsonObject("paths").forEach(path -> ((JsonObject) path.getValue())
        .fieldNames()
        .forEach(method -> documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    Set<String> routed = new TreeSet<>();
    for (PublicPath path : PublicPath.values()) {
      path.methods().stream()
          .filter(method -> !HttpMethod.HEAD.equals(method))
          .forEach(method -> routed.add(method + " " + path.template()));
    }
    pages().forEach(page -> routed.add("GET " + page));

    assertEquals(routed, documented);
  }

  @Test
  void theMethodsOfEachPathAreThoseThatTheStoreNames() throws IOException {
    Contract contract = Contract.load();
    try (FakeStore store = store(json -> {})) {
      for (String path : contract.document().getJsonObject("paths").fieldNames()) {
        JsonObject item = contract.document().getJsonObject("paths").getJsonObject(path);
        Set<String> methods = item.fieldNames().stream()
            .map(method -> method.toUpperCase(Locale.ROOT))
            .collect(Collectors.toCollection(TreeSet::new));
        if (methods.contains("GET") && !item.encode().contains("text/event-stream")) {
          methods.add("HEAD");
        }
        methods.add("OPTIONS");
        String asked = path.replaceAll("\\{.*}", "0");
        PublicCall call = AskedCalls.send(store, "OPTIONS " + asked);

        assertEquals(
            methods,
            new TreeSet<>(Arrays.asList(call.answerHeaders().get("allow").split(", "))),
            path);
        assertEquals(405, AskedCalls.send(store, "BREW " + asked).status());
      }
    }
  }

  @Test
  void anEventOfTheStockIsAsItSays() throws IOException {
    Contract contract = Contract.load();
    try (FakeStore store = store(json -> {});
        RawHttp http = new RawHttp(store.port())) {
      http.send("GET /stock HTTP/1.1\r\nHost: toys\r\n\r\n").readHead();

      contract.checkValue("StockEvent", new JsonObject(http.dataOfTheFirstEvent()));
    }
    contract.checkValue(
        "StockEvent",
        new JsonObject(AskedCalls.exampleOfTheStock(contract).replaceAll("(?s).*data: ", "")));
  }

  @Test
  void whatItDoesNotSayIsFound() {
    try (FakeStore store = store(json -> {})) {
      PublicCall found = AskedCalls.send(store, "GET " + PRODUCT);
      PublicCall notFound = AskedCalls.send(store, "GET /products/Nobody");

      Contract.load().check(found);
      Contract.load().check(notFound);
      assertRefused(found, "\"type\":\"number\"", "\"type\":\"string\"");
      assertRefused(found, "\"price\"", "\"prize\"");
      assertRefused(found, "\"hit\",\"miss\"", "\"yes\",\"no\"");
      assertRefused(notFound, "\"404\":", "\"410\":");
      assertRefused(notFound, "\"code\":{\"type\":\"integer\"", "\"code\":{\"type\":\"string\"");
    }
  }

  private static void assertRefused(PublicCall call, String said, String planted) {
    String document = Contract.load().document().encode();
    assertThrows(
        AssertionError.class,
        () -> Contract.of(new JsonObject(document.replace(said, planted))).check(call),
        planted);
  }

  private static Stream<String> pages() {
    Vertx vertx = Vertx.vertx();
    try {
      Set<String> files = WebPages.load(vertx, null).paths();
      // The shop has a second path.
      return files.stream()
          .filter(path -> !path.contains(".") && !path.equals("/shop") || path.endsWith(".json"));
    } finally {
      FakeStore.await(vertx.close());
    }
  }

  private FakeStore store(Consumer<JsonObject> configure) {
    FakeStore store = new FakeStore(folder, json -> {
      json.put("requestTimeoutMs", 2_000);
      configure.accept(json);
    });
    return store;
  }
}
