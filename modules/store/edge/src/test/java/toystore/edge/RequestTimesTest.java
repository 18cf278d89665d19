package toystore.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RequestTimesTest {
  private final Metrics metrics = Metrics.ofService("test");
  private final RequestTimes times = metrics.requests("toystore_try_seconds", "A try");

  @Test
  void aRequestIsInTheBucketsFromItsTimeOn() {
    times.route("/a").record(200, 50_000);
    times.route("/a").record(200, 50_001);
    times.route("/a").record(200, 11_000_000_000L);

    assertEquals(1, sample("_bucket{route=\"/a\",service=\"test\",status=\"200\",le=\"5.0E-5\"}"));
    assertEquals(2, sample("_bucket{route=\"/a\",service=\"test\",status=\"200\",le=\"1.0E-4\"}"));
    assertEquals(2, sample("_bucket{route=\"/a\",service=\"test\",status=\"200\",le=\"10.0\"}"));
    assertEquals(3, sample("_bucket{route=\"/a\",service=\"test\",status=\"200\",le=\"+Inf\"}"));
    assertEquals(3, sample("_count{route=\"/a\",service=\"test\",status=\"200\"}"));
    assertEquals(11.000100001, sample("_sum{route=\"/a\",service=\"test\",status=\"200\"}"));
  }

  @Test
  void routesAndStatusesAreApart() {
    times.route("/a").record(200, 1);
    times.route("/a").record(503, 1);
    times.route("/b").record(200, 1);

    assertEquals(1, sample("_count{route=\"/a\",service=\"test\",status=\"200\"}"));
    assertEquals(1, sample("_count{route=\"/a\",service=\"test\",status=\"503\"}"));
    assertEquals(1, sample("_count{route=\"/b\",service=\"test\",status=\"200\"}"));
  }

  @Test
  void theSameNameIsTheSameHistogram() {
    assertSame(times, metrics.requests("toystore_try_seconds", "A try"));
    times.route("/a").record(200, 1);
    times.route("/a").record(200, 1);

    assertEquals(2, sample("_count{route=\"/a\",service=\"test\",status=\"200\"}"));
  }

  private double sample(String name) {
    String line = metrics
        .scrape()
        .lines()
        .filter(text -> text.startsWith("toystore_try_seconds" + name + " "))
        .findFirst()
        .orElse("");
    assertTrue(!line.isEmpty(), () -> name + " is not in\n" + metrics.scrape());
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }
}
