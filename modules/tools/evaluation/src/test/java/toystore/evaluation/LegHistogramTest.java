package toystore.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LegHistogramTest {
  private static final double END = Double.POSITIVE_INFINITY;
  private static final LegHistogram TEN =
      new LegHistogram(List.of(100e-6, 200e-6, END), List.of(4.0, 8.0, 10.0), 0.002);

  @Test
  void valuesLieEvenlyInTheirBucket() {
    assertEquals(50, TEN.percentileUs(0.2), 1e-6);
    assertEquals(100, TEN.percentileUs(0.4), 1e-6);
    assertEquals(125, TEN.percentileUs(0.5), 1e-6);
    assertEquals(200, TEN.meanUs(), 1e-6);
  }

  @Test
  void whereThereIsNoUpperEndThereIsNoPercentile() {
    assertTrue(Double.isNaN(TEN.percentileUs(0.99)));
    assertTrue(Double.isNaN(LegHistogram.NONE.percentileUs(0.5)));
    assertTrue(Double.isNaN(LegHistogram.NONE.meanUs()));
  }

  @Test
  void anEarlierReadingIsTakenOff() {
    LegHistogram later =
        new LegHistogram(List.of(100e-6, 200e-6, END), List.of(4.0, 18.0, 20.0), 0.0035);

    LegHistogram between = later.since(TEN);

    assertEquals(List.of(0.0, 10.0, 10.0), between.upTo());
    assertEquals(150, between.meanUs(), 1e-6);
    assertEquals(TEN, TEN.since(LegHistogram.NONE));
  }

  @Test
  void whatClientsSawIsTheSameInBothForms() {
    Histogram ns = new Histogram(3);
    for (int us = 1; us <= 100; us++) {
      ns.recordValue(us * 1_000L);
    }

    LegHistogram clients = LegHistogram.of(ns);

    assertEquals(100, clients.count());
    assertEquals(50.5, clients.meanUs(), 0.1);
    assertEquals(50, clients.percentileUs(0.5), 0.5);
    assertEquals(99, clients.percentileUs(0.99), 0.5);
  }

  @Test
  void noClientIsInAGapBetweenWhatClientsSaw() {
    Histogram ns = new Histogram(3);
    ns.recordValueWithCount(1_000_000, 50);
    ns.recordValueWithCount(9_000_000, 50);

    LegHistogram clients = LegHistogram.of(ns);

    assertEquals(1_000, clients.percentileUs(0.4), 1);
    assertEquals(9_000, clients.percentileUs(0.6), 9);
  }
}
