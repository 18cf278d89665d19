package toystore.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "buy.p99<50ms",
        "buy.p99 < 0.05 s",
        "buy.p99.9<50000us",
        "query.mean<2ms",
        "query.count==2",
        "buy.count!=2",
        "buy.throughput>0",
        "buy.throughput<=0.1/s",
        "buy.throughput>=0.1",
        "buy.max>=9.9ms",
        "buy.min<=10.1ms",
        "failures==0",
        "iterations==1",
        "throughput>0.05",
        "unverified==0",
        "leaderChanges==0"
      })
  void theseHold(String text) {
    assertTrue(result(text).passed(), text + " " + result(text).value());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"buy.p99<10us", "buy.p50>1s", "query.count!=2", "failures>0", "iterations==2"})
  void theseDoNot(String text) {
    assertFalse(result(text).passed(), text);
  }

  @Test
  void aLatencyOfNothingFailsWhateverTheLimit() {
    assertFalse(result("order.p99<1h".replace("1h", "1000s")).passed());
    assertFalse(result("order.p99>0ms").passed());
    assertTrue(Double.isNaN(result("order.p99>0ms").value()));
  }

  @Test
  void latenciesAreInMilliseconds() {
    assertEquals(10, result("buy.p50<1s").value(), 0.02);
    assertTrue(Check.parse("buy.p50<1s").isLatency());
    assertFalse(Check.parse("failures==0").isLatency());
  }

  @ParameterizedTest
  @CsvSource({
    "buy.p99<50, needs a unit",
    "buy.count<5ms, is no time",
    "failures<5s, is no time",
    "failures<5/s, is not per second",
    "byu.p99<5ms, unknown figure 'byu'",
    "buy.p100.5<5ms, unknown figure",
    "buy.median<5ms, unknown figure 'median'",
    "failure==0, unknown figure 'failure'",
    "iteration.failures==0, 'only query, buy and order have failures'",
    "buy.p99, is not FIGURE",
    "buy.p99=5ms, is not FIGURE",
    "buy.p99<5.5.5ms, is not a number",
    "'', is not FIGURE"
  })
  void aMistakeIsExplained(String text, String explanation) {
    IllegalArgumentException mistake =
        assertThrows(IllegalArgumentException.class, () -> Check.parse(text));

    assertTrue(mistake.getMessage().contains(explanation), mistake.getMessage());
  }

  private static Check.CheckResult result(String text) {
    Reports reports = new Reports();
    reports.latencies.record(RequestKind.QUERY_HIT, 0, 1_000_000);
    reports.latencies.record(RequestKind.QUERY, 0, 1_000_000);
    reports.latencies.record(RequestKind.BUY, 0, 10_000_000);
    reports.tally.countIteration();
    return Check.parse(text).against(reports.report());
  }
}
