package toystore.purchase;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import toystore.purchase.ModelCatalog.Mutant;

class PurchasesSimulationTest {
  private static final int SEEDS = 600;

  @Test
  void everyPromiseHoldsWhateverIsLostLateOrRepeated() {
    for (long seed = 0; seed < SEEDS; seed++) {
      assertNull(new PurchasesSimulation(seed, Mutant.NONE).run(), "seed " + seed);
    }
  }

  @ParameterizedTest
  @EnumSource(value = Mutant.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void withoutTheRuleAPromiseBreaks(Mutant mutant) {
    assertNotNull(firstBroken(mutant), mutant + " broke nothing");
  }

  private static String firstBroken(Mutant mutant) {
    for (long seed = 0; seed < SEEDS; seed++) {
      String broken = new PurchasesSimulation(seed, mutant).run();
      if (broken != null) {
        return broken;
      }
    }
    return null;
  }
}
