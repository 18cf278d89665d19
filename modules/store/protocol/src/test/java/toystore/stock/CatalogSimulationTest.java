package toystore.stock;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many worlds, each from its seed. */
@Timeout(120)
class CatalogSimulationTest {
  private static final int WORLDS = 300;
  private static final int WORLDS_TO_BREAK_IN = 500;

  @Test
  void noPromiseIsBroken() {
    for (long seed = 1; seed <= WORLDS; seed++) {
      try {
        new CatalogWorld(seed, Omission.NOTHING).play();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NOTHING")
  void withoutThisRuleAPromiseBreaks(Omission omission) {
    assertTrue(breaks(omission), omission + " can be left out");
  }

  private static boolean breaks(Omission omission) {
    for (long seed = 1; seed <= WORLDS_TO_BREAK_IN; seed++) {
      try {
        new CatalogWorld(seed, omission).play();
      } catch (AssertionError e) {
        return true;
      }
    }
    return false;
  }
}
