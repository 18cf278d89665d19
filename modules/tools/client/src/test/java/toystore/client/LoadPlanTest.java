package toystore.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LoadPlanTest {
  private static final List<String> TOYS = List.of("Tux", "Fox", "Bear", "Whale");

  @Test
  void theSameSeedGivesTheSameSteps() {
    assertEquals(steps(7, 3), steps(7, 3));
  }

  @Test
  void anotherSeedOrClientGivesOtherSteps() {
    assertNotEquals(steps(7, 3), steps(8, 3));
    assertNotEquals(steps(7, 3), steps(7, 4));
  }

  @Test
  void aStepDoesNotDependOnThoseBefore() {
    LoadPlan plan = new LoadPlan(7, 0.5, TOYS);

    assertEquals(plan.step(3, 99), steps(7, 3).get(99));
  }

  @Test
  void toysAreChosenEvenlyAndBoughtWithTheProbability() {
    LoadPlan plan = new LoadPlan(1, 0.4, TOYS);
    int[] chosen = new int[TOYS.size()];
    int bought = 0;
    for (int client = 0; client < 100; client++) {
      for (int i = 0; i < 1000; i++) {
        LoadPlan.PlannedRequest step = plan.step(client, i);
        chosen[step.toy()]++;
        bought += step.buysIfInStock() ? 1 : 0;
      }
    }

    for (int count : chosen) {
      assertEquals(25_000, count, 700); // Five standard deviations.
    }
    assertEquals(40_000, bought, 800);
  }

  @Test
  void probabilityZeroNeverAndOneAlwaysBuys() {
    LoadPlan never = new LoadPlan(1, 0, TOYS);
    LoadPlan always = new LoadPlan(1, 1, TOYS);

    assertTrue(LongStream.range(0, 1000).noneMatch(i -> never.step(0, i).buysIfInStock()));
    assertTrue(LongStream.range(0, 1000).allMatch(i -> always.step(0, i).buysIfInStock()));
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new LoadPlan(1, 1.1, TOYS));
    assertThrows(IllegalArgumentException.class, () -> new LoadPlan(1, Double.NaN, TOYS));
    assertThrows(IllegalArgumentException.class, () -> new LoadPlan(1, 0.5, List.of()));
  }

  private static List<LoadPlan.PlannedRequest> steps(long seed, int client) {
    LoadPlan plan = new LoadPlan(seed, 0.5, TOYS);
    return LongStream.range(0, 100).mapToObj(i -> plan.step(client, i)).toList();
  }
}
