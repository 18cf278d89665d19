package toystore.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.chart.ChartFiles;

class LegsReportTest {
  private final Map<String, List<LegsMeasured>> engines =
      Map.of("raft", List.of(LegSamples.measured(1), LegSamples.measured(64)));
  private final LegsReport report = new LegsReport(Samples.STAMP, LegSamples.PLAN, engines);

  @TempDir
  Path path;

  @Test
  void theTreeShowsEachLegAndWhatNoneExplains() {
    String table = String.join("\n", report.lines());

    assertTrue(table.contains("raft, 1 connection: 1000 purchases/s"), table);
    assertTrue(
        table.matches("(?s).*\n  at the front-end +front-end +1\\.00 .* 900 +90%\n.*"), table);
    assertTrue(table.matches("(?s).*\n    \\(reads, checks, answers\\) .* 100 +10%\n.*"), table);
    assertTrue(table.matches("(?s).*\\| call to order-1: append +leader .* 150 +15%\n.*"), table);
    assertTrue(table.matches("(?s).*\\| settle: .* 500 +-\n.*"), table);
    assertTrue(
        table.matches("(?s).*goes to the log +leader +1\\.00 +<50 +<50 +<50 +10 +1%\n.*"), table);
    assertTrue(table.matches("(?s).*catalog +1\\.000 +0\\.500 +3\\.00 +100\n.*"), table);
  }

  @Test
  void whatIsLeftStandsBehindTheLastOfItsLegs() {
    List<String> lines = report.lines();
    int last = index(lines, "              order-2's log");
    assertTrue(lines.get(last + 1).contains("(reads, checks, answers)"), lines.get(last + 1));
    assertTrue(lines.get(last + 2).contains("(HTTP, there and back)"), lines.get(last + 2));
    assertTrue(lines.get(last + 3).contains("(waits for these, applies)"), lines.get(last + 3));
  }

  @Test
  void jsonHasTheSameTree() {
    assertEquals(1000, report.json().at("/raft/0/purchase/meanUs").asDouble(), 1);
    assertEquals(900, report.json().at("/raft/0/purchase/legs/0/meanUs").asDouble(), 0.01);
    assertEquals(0.5, report.json().at("/raft/1/costs/0/commits").asDouble());
    assertEquals(6, report.failures());
  }

  @Test
  void aPictureOfEachEngineIsDrawn() throws Exception {
    assumeTrue(ChartFiles.canDrawText(), "no fonts on this machine");

    new LegsBench(Samples.STAMP, LegSamples.PLAN, engines).draw(path.resolve("purchase"));

    assertEquals(
        2 * LegsPicture.WIDTH,
        ImageIO.read(path.resolve("purchase-raft.png").toFile()).getWidth());
    assertTrue(path.resolve("purchase-raft.svg").toFile().length() > 0);
  }

  private static int index(List<String> lines, String start) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(start)) {
        return i;
      }
    }
    throw new AssertionError(start + " begins no line of\n" + String.join("\n", lines));
  }
}
