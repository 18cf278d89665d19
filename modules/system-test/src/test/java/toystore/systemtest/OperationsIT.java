package toystore.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import toystore.operations.LocalStore;
import toystore.operations.UpOptions;

/** What those who run a store are promised is what a running store shows. */
class OperationsIT {
  private static final Path CHECKOUT = PatchedBuild.findCheckout();
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  /** What Prometheus is told of each of our figures; the longest of a while is no figure. */
  private static final Pattern TYPE =
      Pattern.compile("^# TYPE (toystore_\\w+?)(?<!_max) (\\w+)$", Pattern.MULTILINE);

  private static final Pattern FIGURE =
      Pattern.compile("\\b(toystore|vertx|jvm|process)_[a-z_]+\\b");

  private static final Pattern ROUTE = Pattern.compile("route=\"[^\"]*\"");

  private static final Pattern ROW =
      Pattern.compile("^\\| `(toystore_\\w+)` \\| ([\\w-]+) \\| (histogram)?", Pattern.MULTILINE);

  @TempDir
  private static Path folder;

  private static LocalStore store;

  @BeforeAll
  static void useAStore() {
    store = LocalStore.in(folder.resolve("a store"))
        .withEnvironment(Map.of("TOYSTORE_LOG_REQUESTS", "debug", "TOYSTORE_LOG_FORMAT", "json"));
    store.up(UpOptions.defaults().withFreePorts());
    Shop shop = new Shop(store.addresses().get(0));
    assertEquals(200, shop.product("Tux").status());
    assertEquals(200, shop.buy("Tux", 1).status());
  }

  @AfterAll
  static void endIt() {
    store.down();
  }

  @Test
  void theDocumentHasEachFigureAndWhereItIs() throws Exception {
    Map<String, Set<String>> shown = new TreeMap<>();
    for (String service : RunningStore.SERVICES) {
      TYPE.matcher(metrics(service)).results().forEach(type -> shown
          .computeIfAbsent(figure(type.group(1), type.group(2)), name -> new TreeSet<>())
          .add(service.startsWith("order-") ? "replica" : service));
    }
    Map<String, Set<String>> documented = new TreeMap<>();
    Matcher rows = ROW.matcher(Files.readString(CHECKOUT.resolve("docs/operations.md")));
    rows.results()
        .forEach(row -> documented.put(figure(row.group(1), row.group(3)), places(row.group(2))));

    assertFalse(shown.isEmpty());
    assertEquals(shown, documented);
  }

  @Test
  void aPurchaseIsFoundByItsRequestInTheLogOfEachService() throws Exception {
    HttpResponse<String> answer =
        send(HttpRequest.newBuilder(store.addresses().get(0).resolve("/orders"))
            .header("X-Request-Id", "find-me.1")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"Tux\",\"quantity\":1}")));

    assertEquals("find-me.1", answer.headers().firstValue("X-Request-Id").orElseThrow());
    for (String service : RunningStore.SERVICES) {
      RunningStore.until("a line of " + service, () -> messages(service)
          .anyMatch(line -> line.endsWith(" request=find-me.1")));
    }
  }

  /** A log is one JSON object a line. */
  private static Stream<String> messages(String service) {
    try {
      String log = Files.readString(store.log(service));
      // The last line may not be whole yet.
      return log.substring(0, log.lastIndexOf('\n') + 1)
          .lines()
          .map(JsonObject::new)
          .map(line -> line.getString("formattedMessage"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"alerts.yml", "grafana-dashboard.json"})
  void whatTheFilesForPrometheusAndGrafanaAskForIsThere(String file) throws Exception {
    String text = Files.readString(CHECKOUT.resolve("conf/monitoring").resolve(file));
    StringBuilder shown = new StringBuilder();
    for (String service : RunningStore.SERVICES) {
      shown.append(metrics(service));
    }

    Set<String> missing = found(FIGURE, text);
    assertTrue(missing.size() > 10, missing::toString);
    missing.removeAll(found(FIGURE, shown.toString()));
    assertEquals(Set.of(), missing);

    Set<String> strangers = found(ROUTE, text.replace("\\\"", "\""));
    assertFalse(strangers.isEmpty());
    strangers.removeAll(found(ROUTE, shown.toString()));
    assertEquals(Set.of(), strangers);
  }

  private static Set<String> found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String figure(String name, String type) {
    return "histogram".equals(type) ? name + " (histogram)" : name;
  }

  private static Set<String> places(String at) {
    return new TreeSet<>("all".equals(at) ? Set.of("catalog", "front-end", "replica") : Set.of(at));
  }

  private static String metrics(String service) throws IOException, InterruptedException {
    URI address = URI.create("http://" + store.internalAddress(service) + "/metrics");
    return send(HttpRequest.newBuilder(address)).body();
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return CLIENT.send(request.timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofString());
  }
}
