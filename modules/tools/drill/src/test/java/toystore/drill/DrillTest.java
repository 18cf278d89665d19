package toystore.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.drill.Finding.Kind;

class DrillTest {
  @Test
  void aDrillThatBrokeOffShowsNoBrokenPromise() {
    assertEquals(0, outcome().exitCode());
    assertEquals(4, outcome(new Finding(Kind.DRILL, "no temporary folder")).exitCode());
  }

  @Test
  void aBrokenPromiseIsOneWhateverElseWentWrong() {
    Finding brokeOff = new Finding(Kind.DRILL, "no temporary folder");

    assertEquals(1, outcome(brokeOff, new Finding(Kind.SAFETY, "audit: broken")).exitCode());
    assertEquals(1, outcome(new Finding(Kind.PROCESS, "order-2 ended")).exitCode());
  }

  private static Drill.Outcome outcome(Finding... findings) {
    return new Drill.Outcome(List.of(), "", List.of(findings), 0);
  }
}
