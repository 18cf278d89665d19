package toystore.desk;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;
import toystore.virtualtime.Violation;

/** Whatever fails, what clients were told stays true. A failure says its seed. */
class DeskSimulationTest {
  private static final int RUNS = Integer.getInteger("desk.runs", 100);

  @Test
  void noPromiseBreaks() {
    long told = 0;
    for (long seed = 1; seed <= RUNS; seed++) {
      try {
        told += new DeskWorld(seed, Set.of()).run();
      } catch (Violation violation) {
        throw new Violation("seed " + seed + ": " + violation.getMessage(), violation);
      }
    }

    assertTrue(told > 100L * RUNS, "purchases that were made: " + told);
  }
}
