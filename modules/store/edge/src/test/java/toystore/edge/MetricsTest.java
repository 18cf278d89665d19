package toystore.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MetricsTest {
  @Test
  void figuresOfTheProcessComeWithTheFirstWhoReadsThem() {
    Metrics metrics = Metrics.ofService("test");
    assertFalse(metrics.scrape().contains("jvm_memory_used_bytes"));

    metrics.addProcess();
    metrics.addProcess();

    assertTrue(metrics.scrape().contains("jvm_memory_used_bytes"), metrics.scrape());
    assertEquals(
        1,
        metrics
            .scrape()
            .lines()
            .filter(line -> line.startsWith("process_uptime"))
            .count());
  }

  @Test
  void allTimesBeginAtFiftyMicroseconds() {
    Metrics metrics = Metrics.ofService("test");
    metrics.times("toystore.try");

    assertTrue(
        metrics.scrape().contains("toystore_try_seconds_bucket{service=\"test\",le=\"5.0E-5\"}"),
        metrics.scrape());
  }
}
