package toystore.frontend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Each public request is counted once, under the name of its route and the status it got. */
class PublicMetricsTest extends PublicApiCase {
  @Test
  void productsFromTheCacheAndFromTheCatalog() {
    assertCounted(Map.of("/products/* 200", 3L, "/products/* 404", 1L), () -> {
      store.get("/products/Tux");
      store.get("/products/Tux");
      store.get("/products/Tux/");
      store.get("/products/nobody");
    });
  }

  @Test
  void ordersByTheirOutcome() {
    assertCounted(Map.of("/orders 200", 2L, "/orders 400", 1L, "/orders/* 200", 1L), () -> {
      store.buy("a", "{\"name\":\"Tux\",\"quantity\":1}");
      store.buy("b", "{\"name\":\"Tux\",\"quantity\":1}");
      store.buy("c", "no JSON");
      store.get("/orders/0");
    });
  }

  @Test
  void aWrongMethodCountsForItsPath() {
    assertCounted(
        Map.of("/orders 405", 1L),
        () -> store.send(store.request("/orders").PUT(BodyPublishers.noBody())));
  }

  @Test
  void aPageThatLeadsToItsFileIsCountedOnce() {
    assertCounted(Map.of("pages 200", 1L), () -> store.get("/"));
  }

  @Test
  void whatIsRefusedBeforeAnyRouteIsCountedToo() {
    assertCounted(Map.of("other 400", 1L), () -> store.get("/products/%ff"));
  }

  @Test
  void strangePathsAndMethodsMakeNoSeriesOfTheirOwn() {
    store.get("/path-0");
    long before = seriesOfRequests();

    assertCounted(Map.of("other 404", 98L), () -> {
      for (int i = 1; i < 50; i++) {
        store.get("/path-" + i);
        store.send(store.request("/other-" + i).method("METHOD" + i, BodyPublishers.noBody()));
      }
    });

    assertEquals(before, seriesOfRequests());
  }

  private long seriesOfRequests() {
    return store
        .metrics()
        .lines()
        .filter(line -> line.startsWith("toystore_http_requests_seconds"))
        .count();
  }

  /** @param expected how many more, by route and status */
  private void assertCounted(Map<String, Long> expected, Runnable requests) {
    Map<String, Long> before = counted(expected.keySet());
    requests.run();
    Map<String, Long> now = counted(expected.keySet());

    now.replaceAll((series, count) -> count - before.get(series));
    assertEquals(new TreeMap<>(expected), now);
  }

  private Map<String, Long> counted(Set<String> series) {
    Map<String, Long> counts = new TreeMap<>();
    for (String one : series) {
      String start = "toystore_http_requests_seconds_count{route=\"" + one.split(" ")[0]
          + "\",service=\"front-end\",status=\"" + one.split(" ")[1] + "\"} ";
      String line = store.metric(start);
      counts.put(one, line.isEmpty() ? 0 : Long.parseLong(line.substring(start.length())));
    }
    return counts;
  }
}
