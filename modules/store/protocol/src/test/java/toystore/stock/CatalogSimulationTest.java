package toystore.stock;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import toystore.mutation.Mutant;
import toystore.mutation.MutantCompiler;
import toystore.virtualtime.Violation;

/** Many worlds, each from its seed. */
class CatalogSimulationTest {
  private static final int WORLDS = 300;
  private static final int WORLDS_TO_BREAK_IN = 500;
  private static final MutantCompiler COMPILER = new MutantCompiler();

  @AfterAll
  static void close() {
    COMPILER.close();
  }

  @Test
  void noPromiseIsBroken() {
    for (long seed = 1; seed <= WORLDS; seed++) {
      try {
        new CatalogWorld(seed).play();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  static List<Mutant> rules() {
    List<Mutant> rules = new ArrayList<>(CatalogMutants.all());
    rules.add(CatalogMutants.marginForDrift());
    return rules;
  }

  @ParameterizedTest
  @MethodSource("rules")
  void withoutTheRuleAPromiseBreaks(Mutant rule) {
    assertTrue(COMPILER.make(rule, Worlds.class).apply(rule.violates()), "it can be left out");
  }

  /** Whether what is named is violated in some world. */
  static final class Worlds implements Function<String, Boolean> {
    @Override
    public Boolean apply(String violates) {
      for (long seed = 1; seed <= WORLDS_TO_BREAK_IN; seed++) {
        try {
          new CatalogWorld(seed).play();
        } catch (Violation violation) {
          if (violation.getMessage().contains(violates)) {
            return true;
          }
        }
      }
      return false;
    }
  }
}
