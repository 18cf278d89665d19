package toystore.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import toystore.evaluation.EvaluationComparison.Tendency;

class EvaluationComparisonTest {
  private final CacheStudy older = new CacheStudy(Samples.measurements(0.1, 0.25));

  @Test
  void halfTheTimeIsFasterAndTwiceIsSlower() {
    EvaluationComparison comparison =
        new EvaluationComparison(older, new CacheStudy(Samples.measurements(0.05, 0.5)));

    for (EvaluationComparison.ComparisonRow row : comparison.rows()) {
      boolean changed = row.kind() != toystore.client.RequestKind.ORDER;
      Tendency change = row.cache() ? Tendency.FASTER : Tendency.SLOWER;
      assertEquals(changed ? change : Tendency.UNDECIDED, row.tendency(), row.toString());
      assertEquals(changed ? row.cache() ? 0.5 : 2 : 1, row.ratio(), 1e-9);
    }
  }

  @Test
  void aDifferenceWithinTheRepetitionsDecidesNothing() {
    EvaluationComparison comparison =
        new EvaluationComparison(older, new CacheStudy(Samples.measurements(0.105, 0.26)));

    assertTrue(comparison.rows().stream().allMatch(row -> row.tendency() == Tendency.UNDECIDED));
  }

  @Test
  void anotherMachineIsPointedOut() {
    EvaluationComparison comparison = new EvaluationComparison(older, older);

    assertTrue(
        comparison.render(Samples.STAMP, Samples.stamp("f", 64)).contains("The machines differ"));
    assertFalse(
        comparison.render(Samples.STAMP, Samples.stamp("f", 2)).contains("The machines differ"));
  }
}
