package toystore.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.drill.DrillFinding.Kind;

class DrillTest {
  @Test
  void aDrillThatBrokeOffShowsNoBrokenPromise() {
    assertEquals(0, outcome().exitCode());
    assertEquals(4, outcome(new DrillFinding(Kind.DRILL, "no temporary folder")).exitCode());
  }

  @Test
  void aBrokenPromiseIsOneWhateverElseWentWrong() {
    DrillFinding brokeOff = new DrillFinding(Kind.DRILL, "no temporary folder");

    assertEquals(
        1, outcome(brokeOff, new DrillFinding(Kind.SAFETY, "audit: broken")).exitCode());
    assertEquals(1, outcome(new DrillFinding(Kind.PROCESS, "order-2 ended")).exitCode());
  }

  private static Drill.Outcome outcome(DrillFinding... findings) {
    return new Drill.Outcome(List.of(), "", List.of(findings), 0);
  }
}
