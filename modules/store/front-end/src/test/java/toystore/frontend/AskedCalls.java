package toystore.frontend;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import toystore.frontend.RawHttp.Answer;

/**
 * Asks real stores for everything that the document of the public API says, and tells which of its
 * answers and examples never came.
 */
final class AskedCalls implements AutoCloseable {
  private static final String JSON = "application/json";
  private static final String STREAM = "text/event-stream";
  /** The one answer that nobody can ask for. */
  private static final String FAULT_OF_THE_STORE = "500";

  private final Contract contract;
  private final JsonObject paths;
  private final List<FakeStore> stores = new ArrayList<>();
  /** Answers by operation and status. */
  private final Map<String, List<String>> answers = new LinkedHashMap<>();

  private FakeStore store;

  AskedCalls(Contract contract) {
    this.contract = contract;
    this.paths = contract.document().getJsonObject("paths");
  }

  /** Sends a request that has no body. */
  static PublicCall send(FakeStore store, String line, String... headers) {
    return sendRaw(store, line + " HTTP/1.1\r\nHost: toys\r\n" + lines(headers) + "\r\n");
  }

  private static PublicCall sendRaw(FakeStore store, String request) {
    try (RawHttp http = new RawHttp(store.port())) {
      http.send(request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
      Answer answer = http.readHead();
      boolean isStream = answer.head().toLowerCase(Locale.ROOT).contains(STREAM);
      return PublicCall.of(
          request, isStream ? answer : new Answer(answer.status(), answer.head(), http.rest()));
    } catch (IOException e) {
      throw new UncheckedIOException(request, e);
    }
  }

  /** All calls as the document's own examples have them, to a store that is as new. */
  void whatIsFound(FakeStore fresh) {
    enter(fresh);
    fresh.awaitServing();
    ask("POST /orders", lines("Idempotency-Key: my-first-purchase") + purchase(example()));
    paths.forEach(path -> {
      if (((JsonObject) path.getValue()).containsKey("get")) {
        String line = "GET " + withExamples(path.getKey());
        PublicCall call = ask(line, "\r\n");
        String tag = call.answerHeaders().get("etag");
        if (tag != null) {
          ask(line, lines("If-None-Match: " + tag) + "\r\n");
        }
      }
    });
  }

  void whatIsWrongWithPurchases() {
    String good = example();
    for (String body : List.of(
        "{",
        "[]",
        good + "x",
        good + "{}",
        "{\"name\":\"Tux\"}",
        "{\"name\":7,\"quantity\":1}",
        "{\"name\":\"Tux\",\"quantity\":0}",
        "{\"name\":\"\377\",\"quantity\":1}",
        "{\"name\":\"Nobody\",\"quantity\":1}",
        "{\"name\":\"Whale\",\"quantity\":1}",
        "{\"name\":\"" + "x".repeat(20_000) + "\",\"quantity\":1}")) {
      ask("POST /orders", purchase(body));
    }
    ask("POST /orders", lines("Idempotency-Key: two words") + purchase(good));
    ask(
        "POST /orders",
        lines("Idempotency-Key: my-first-purchase")
            + purchase("{\"name\":\"Tux\",\"quantity\":2}"));
    ask("POST /orders", lines("Content-Encoding: gzip") + purchase(good));
    ask("POST /orders", purchase(good).replace(JSON, "text/plain"));
    ask("POST /orders", purchase(good).replace(JSON, JSON + "; charset=latin1"));
  }

  void whatIsNotFoundOrNotRead() {
    ask("GET /products/Nobody", "\r\n");
    ask("GET /products/%FF", "\r\n");
    ask("GET /orders/123456", "\r\n");
    ask("GET /orders/first", "\r\n");
  }

  void whatIsWrongAsHttp() {
    everyLine().forEach(line -> {
      String path = line + "?" + "x".repeat(9_000);
      hear(line + " HTTP/1.1\r\n\r\n");
      hear(path + " HTTP/1.1\r\nHost: toys\r\n\r\n");
      hear(line + " HTTP/2.0\r\nHost: toys\r\n\r\n");
      hear(line + " HTTP/1.1\r\nHost: toys\r\nX: " + "x".repeat(20_000) + "\r\n\r\n");
      hear(line + " HTTP/1.1\r\nHost: toys\r\nExpect: miracles\r\n\r\n");
      hear(line + " HTTP/1.1\r\nHost: toys\r\nTransfer-Encoding: gzip, chunked\r\n\r\n");
    });
  }

  void whatIsUnavailable() {
    store.catalog.setSilent(true);
    for (int id = 1; id <= 3; id++) {
      store.replicas.pause(id);
    }
    FakeStore.awaitThat(() -> store.get("/products").statusCode() == 503);
    FakeStore.awaitThat(() -> store.get("/healthz").statusCode() == 503);
    ask("GET /healthz", "\r\n");
    ask("GET /products", "\r\n");
    ask("GET /products/Whale", "\r\n");
    ask("POST /orders", purchase(example()));
    ask("GET /orders/99", "\r\n");
  }

  void whatTakesTooLong(FakeStore impatient) {
    enter(impatient);
    everyLine().forEach(line -> hear(line + " HTTP/1.1\r\nHost: toys\r\nX: y"));
  }

  void whatTooManyListenTo(FakeStore small) {
    enter(small);
    paths.forEach(path -> {
      if (path.getValue().toString().contains(STREAM)) {
        ask("GET " + path.getKey(), "\r\n");
      }
    });
  }

  void whatComesTooOften(FakeStore strict) {
    enter(strict);
    everyLine().forEach(line -> {
      while (hear(line + " HTTP/1.1\r\nHost: toys\r\n\r\n").status() != 429) {
        continue;
      }
    });
  }

  /** Statuses, and examples, that were never answered. */
  Set<String> missing() {
    Set<String> missing = new TreeSet<>();
    paths.forEach(path -> ((JsonObject) path.getValue()).forEach(operation -> {
      JsonObject said = (JsonObject) operation.getValue();
      said.getJsonObject("responses").forEach(response -> {
        String key = said.getString("operationId") + " " + response.getKey();
        JsonObject answer = resolved((JsonObject) response.getValue());
        List<String> heard = answers.getOrDefault(key, List.of());
        if (heard.isEmpty()) {
          missing.add(key);
        }
        examples(answer).stream()
            .filter(example -> heard.stream().noneMatch(body -> matches(example, body)))
            .forEach(example -> missing.add(key + ": " + example));
      });
    }));
    missing.removeIf(line -> line.split("[ :]")[1].equals(FAULT_OF_THE_STORE));
    return missing;
  }

  static String exampleOfTheStock(Contract contract) {
    return (String) JsonPointer.from("/paths/~1stock/get/responses/200/content")
        .append(STREAM)
        .append("example")
        .queryJson(contract.document());
  }

  private void enter(FakeStore next) {
    stores.add(next);
    store = next;
  }

  private PublicCall ask(String line, String rest) {
    return hear(line + " HTTP/1.1\r\nHost: toys\r\n" + rest);
  }

  private PublicCall hear(String request) {
    PublicCall call = sendRaw(store, request);
    contract.check(call);
    var operation = contract.operation(call.method(), call.path());
    if (operation != null) {
      boolean named = operation.getResponse(call.status()) != null;
      String key = operation.getOperationId() + " " + (named ? call.status() : "default");
      answers.computeIfAbsent(key, first -> new ArrayList<>()).add(call.answer());
    }
    return call;
  }

  private List<String> everyLine() {
    List<String> lines = new ArrayList<>();
    paths.forEach(path -> ((JsonObject) path.getValue())
        .fieldNames()
        .forEach(method ->
            lines.add(method.toUpperCase(Locale.ROOT) + " " + withExamples(path.getKey()))));
    return lines;
  }

  private String withExamples(String path) {
    String filled = path;
    for (Object each : contract
        .document()
        .getJsonObject("components")
        .getJsonObject("parameters")
        .getMap()
        .values()) {
      JsonObject parameter = JsonObject.mapFrom(each);
      String example = parameter.getValue("example").toString();
      filled = filled.replace("{" + parameter.getString("name") + "}", example);
    }
    return filled;
  }

  /** The body of a purchase, as the document shows it. */
  private String example() {
    return JsonPointer.from("/paths/~1orders/post/requestBody/content")
        .append(JSON)
        .append("example")
        .queryJson(contract.document())
        .toString();
  }

  private static String purchase(String body) {
    return lines("Content-Type: " + JSON, "Content-Length: " + body.length()) + "\r\n" + body;
  }

  private static String lines(String... headers) {
    return headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
  }

  private JsonObject resolved(JsonObject part) {
    String ref = part.getString("$ref");
    return ref == null
        ? part
        : (JsonObject) JsonPointer.from(ref.substring(1)).queryJson(contract.document());
  }

  private static List<JsonObject> examples(JsonObject answer) {
    JsonObject content = answer.getJsonObject("content", new JsonObject()).getJsonObject(JSON);
    if (content == null) {
      return List.of();
    }
    List<JsonObject> examples = new ArrayList<>();
    if (content.containsKey("example")) {
      examples.add(content.getJsonObject("example"));
    }
    content
        .getJsonObject("examples", new JsonObject())
        .forEach(named -> examples.add(((JsonObject) named.getValue()).getJsonObject("value")));
    return examples;
  }

  /** An example of a list may be its beginning only. */
  private static boolean matches(JsonObject example, String body) {
    JsonObject answer = new JsonObject(body);
    if (answer.getValue("data") instanceof JsonArray list
        && example.getValue("data") instanceof JsonArray beginning) {
      return list.size() >= beginning.size()
          && list.getList().subList(0, beginning.size()).equals(beginning.getList());
    }
    return answer.equals(example);
  }

  @Override
  public void close() {
    stores.forEach(FakeStore::close);
  }
}
