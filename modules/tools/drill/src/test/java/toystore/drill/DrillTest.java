package toystore.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.drill.DrillFinding.FindingKind;

class DrillTest {
  @Test
  void aDrillThatBrokeOffShowsNoBrokenPromise() {
    assertEquals(0, outcome().exitCode());
    assertEquals(
        4, outcome(new DrillFinding(FindingKind.DRILL, "no temporary folder")).exitCode());
  }

  @Test
  void aBrokenPromiseIsOneWhateverElseWentWrong() {
    DrillFinding brokeOff = new DrillFinding(FindingKind.DRILL, "no temporary folder");

    assertEquals(
        1,
        outcome(brokeOff, new DrillFinding(FindingKind.SAFETY, "audit: broken")).exitCode());
    assertEquals(
        1, outcome(new DrillFinding(FindingKind.PROCESS, "order-2 ended")).exitCode());
  }

  private static Drill.DrillOutcome outcome(DrillFinding... findings) {
    return new Drill.DrillOutcome(List.of(), "", List.of(findings), 0);
  }
}
