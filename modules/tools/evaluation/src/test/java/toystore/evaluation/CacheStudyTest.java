package toystore.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.client.RequestKind;

class CacheStudyTest {
  private static final double EXACT = 1e-9;

  private final CacheStudy study = new CacheStudy(Samples.measurements(0.1, 0.25));

  @Test
  void latencyIsTheMedianOfTheRepetitionsWithItsEnds() {
    Spread latency = study.latencyMs(RequestKind.QUERY, true, 0.4, Latency.P95);

    assertEquals(0.315, latency.median(), EXACT);
    assertEquals(0.3, latency.min(), EXACT);
    assertEquals(0.33, latency.max(), EXACT);
  }

  @Test
  void theBenefitIsOfNeighboursNotOfMedians() {
    Trial on = new Trial(1, true, 0.2, 5, 1);
    Trial off = new Trial(1, false, 0.2, 5, 1);
    Trial onLater = new Trial(2, true, 0.2, 5, 1);
    Trial offLater = new Trial(2, false, 0.2, 5, 1);
    // The machine was three times as slow the second time: each pair still says 2.
    CacheStudy slower = new CacheStudy(List.of(
        Samples.row(1, on, RequestKind.QUERY, 1),
        Samples.row(2, off, RequestKind.QUERY, 2),
        Samples.row(3, offLater, RequestKind.QUERY, 6),
        Samples.row(4, onLater, RequestKind.QUERY, 3)));

    assertEquals(new Spread(2, 2, 2, 2), slower.benefit(RequestKind.QUERY, 0.2, Latency.MEDIAN));
  }

  @Test
  void aRunWithoutItsPairHasNoBenefit() {
    CacheStudy half =
        new CacheStudy(List.of(Samples.row(1, new Trial(1, true, 0.2, 5, 1), RequestKind.BUY, 1)));

    assertTrue(half.benefit(RequestKind.BUY, 0.2, Latency.MEDIAN).isEmpty());
  }

  @Test
  void whatWasNeverSentHasNoFigures() {
    assertTrue(study.latencyMs(RequestKind.BUY, true, 0.0, Latency.MEDIAN).isEmpty());
    assertEquals(
        2 * (EvaluationPlan.PROBABILITIES.size() - 1),
        study.benefit(RequestKind.BUY, Latency.MEDIAN).count());
  }

  @Test
  void theHitRatioIsOfTheStoreThatCaches() {
    assertEquals(1, study.hitRatio(0.2).median(), EXACT);
  }
}
