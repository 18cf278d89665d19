package toystore.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationPlanTest {
  private final EvaluationPlan plan = EvaluationPlan.thorough("primary-backup");

  @Test
  void theTwoOfAPairFollowEachOtherAndAskTheSame() {
    List<Trial> trials = plan.trials(1);

    assertEquals(2 * EvaluationPlan.PROBABILITIES.size(), trials.size());
    for (int i = 0; i < trials.size(); i += 2) {
      Trial first = trials.get(i);
      Trial second = trials.get(i + 1);
      assertEquals(new Trial(1, !first.cache(), first.probability(), 5, first.seed()), second);
    }
  }

  @Test
  void eachCacheSettingComesFirstAsOftenAsTheOtherAndAtEachProbability() {
    long cacheFirst = 0;
    for (int repetition = 1; repetition <= 2; repetition++) {
      List<Trial> trials = plan.trials(repetition);
      for (int i = 0; i < trials.size(); i += 2) {
        cacheFirst += trials.get(i).cache() ? 1 : 0;
      }
    }
    assertEquals(EvaluationPlan.PROBABILITIES.size(), cacheFirst);
    assertNotEquals(plan.trials(1).get(0).probability(), plan.trials(2).get(0).probability());
  }

  @Test
  void noTwoPairsAskTheSame() {
    List<Long> seeds = List.of(1, 2, 3).stream()
        .flatMap(repetition -> plan.trials(repetition).stream())
        .map(Trial::seed)
        .distinct()
        .toList();

    assertEquals(3 * EvaluationPlan.PROBABILITIES.size(), seeds.size());
  }

  @Test
  void itTakesAboutTwelveMinutesOrOne() {
    long thorough = plan.estimate(2).toSeconds();
    long quick = EvaluationPlan.quick("primary-backup").estimate(2).toSeconds();

    assertTrue(thorough > 660 && thorough < 800, "thorough: " + thorough);
    assertTrue(quick > 40 && quick < 75, "quick: " + quick);
  }
}
