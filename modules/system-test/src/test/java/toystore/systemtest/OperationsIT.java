package toystore.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import toystore.operations.UpOptions;

/** What those who run a store are promised is what a running store shows. */
@Timeout(120)
class OperationsIT {
  @RegisterExtension
  static final RunningStore RUNNING = new RunningStore(UpOptions.defaults());

  private static final Path CHECKOUT = PatchedBuild.findCheckout();
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  /** What Prometheus is told of each of our figures; the longest of a while is no figure. */
  private static final Pattern TYPE =
      Pattern.compile("^# TYPE (toystore_\\w+?)(?<!_max) (\\w+)$", Pattern.MULTILINE);

  private static final Pattern ROW =
      Pattern.compile("^\\| `(toystore_\\w+)` \\| ([\\w-]+) \\| (histogram)?", Pattern.MULTILINE);

  @BeforeAll
  static void useTheStore() {
    Shop shop = RUNNING.shop();
    assertEquals(200, shop.product("Tux").status());
    assertEquals(200, shop.buy("Tux", 1).status());
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

  private static String figure(String name, String type) {
    return "histogram".equals(type) ? name + " (histogram)" : name;
  }

  private static Set<String> places(String at) {
    return new TreeSet<>("all".equals(at) ? Set.of("catalog", "front-end", "replica") : Set.of(at));
  }

  private static String metrics(String service) throws IOException, InterruptedException {
    URI address = URI.create("http://" + RUNNING.store().internalAddress(service) + "/metrics");
    return send(HttpRequest.newBuilder(address)).body();
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return CLIENT.send(request.timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofString());
  }
}
