package toystore.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LegTimesTest {
  private final Metrics metrics = Metrics.ofService("test");

  @Test
  void boundsRiseByAFifthFromFiftyMicrosecondsToASecond() {
    double[] bounds = TimeBounds.fine();

    assertEquals(50e-6, bounds[0]);
    assertEquals(10, bounds[bounds.length - 1]);
    for (int i = 1; bounds[i] <= 1; i++) {
      double step = bounds[i] / bounds[i - 1];
      assertTrue(step > 1 && step < 1.21, bounds[i - 1] + " to " + bounds[i]);
    }
    assertTrue(Arrays.stream(bounds).anyMatch(bound -> bound == 1));
  }

  @Test
  void aPurchaseIsInTheBucketsFromItsTimeOn() {
    LegTimes leg = metrics.leg(Leg.COMMIT);

    leg.record(50_000);
    leg.record(50_001);
    leg.record(60_000_000_000L);

    assertEquals(1, sample("_bucket{leg=\"commit\",service=\"test\",le=\"5.0E-5\"}"));
    assertEquals(2, sample("_bucket{leg=\"commit\",service=\"test\",le=\"6.0E-5\"}"));
    assertEquals(2, sample("_bucket{leg=\"commit\",service=\"test\",le=\"10.0\"}"));
    assertEquals(3, sample("_bucket{leg=\"commit\",service=\"test\",le=\"+Inf\"}"));
    assertEquals(60.000100001, sample("_sum{leg=\"commit\",service=\"test\"}"));
  }

  @Test
  void aBatchCountsOnceForEachPurchaseInIt() {
    metrics.leg(Leg.COMMIT).record(3, 1_000_000);
    metrics.leg(Leg.COMMIT).record(0, 1_000_000);

    assertEquals(3, sample("_count{leg=\"commit\",service=\"test\"}"));
    assertEquals(0.003, sample("_sum{leg=\"commit\",service=\"test\"}"));
  }

  @Test
  void legsToSeveralAreApart() {
    metrics.leg(Leg.APPEND_CALL, "1").record(1);
    metrics.leg(Leg.APPEND_CALL, "2").record(2, 1);

    assertSame(metrics.leg(Leg.APPEND_CALL, "1"), metrics.leg(Leg.APPEND_CALL, "1"));
    assertEquals(1, sample("_count{leg=\"append-call\",service=\"test\",to=\"1\"}"));
    assertEquals(2, sample("_count{leg=\"append-call\",service=\"test\",to=\"2\"}"));
  }

  private double sample(String name) {
    String line = metrics
        .scrape()
        .lines()
        .filter(text -> text.startsWith("toystore_leg_seconds" + name + " "))
        .findFirst()
        .orElse("");
    assertTrue(!line.isEmpty(), () -> name + " is not in\n" + metrics.scrape());
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }
}
