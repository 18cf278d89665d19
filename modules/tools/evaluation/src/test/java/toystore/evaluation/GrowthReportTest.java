package toystore.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GrowthReportTest {
  private static final GrowthPlan PLAN = GrowthPlan.quick(1_000, 500, 0);

  private static final GrowthReport REPORT = new GrowthReport(
      Samples.STAMP,
      PLAN,
      Map.of(
          "raft",
          new GrowthMeasured(
              List.of(
                  GrowthMeasured.Row.of("purchases", "a second", 4_000, 3_000),
                  GrowthMeasured.Row.ofMany("caught up with", "orders a second", 120_000)),
              2)));

  @Test
  void aFigureOfBothStoresHasARatio() {
    String table = String.join("\n", REPORT.lines());

    assertTrue(table.matches("(?s).*purchases +a second +4000 +3000 +0\\.750?.*"), table);
    assertEquals(0.75, REPORT.json().at("/raft/0/ratio").asDouble());
  }

  @Test
  void aFigureOfTheGrownStoreAloneHasNone() {
    String table = String.join("\n", REPORT.lines());

    assertTrue(table.matches("(?s).*caught up with +orders a second +- +120000 +-.*"), table);
  }

  @Test
  void requestsThatFailedAreCountedOverAllEngines() {
    assertEquals(2, REPORT.failures());
  }
}
