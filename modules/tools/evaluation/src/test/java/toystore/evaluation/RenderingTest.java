package toystore.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import toystore.chart.ChartFiles;
import toystore.chart.ChartStyle;
import toystore.client.RequestKind;
import toystore.command.Stamp;

class RenderingTest {
  private final EvaluationOutcome good = Samples.outcome(Samples.measurements(0.1, 0.25));

  @TempDir
  Path path;

  @BeforeAll
  static void needNoScreen() {
    System.setProperty("java.awt.headless", "true");
  }

  @Test
  void plotsAreGoodPngAndSvg() throws Exception {
    assumeTrue(ChartFiles.canDrawText(), "no fonts on this machine");
    ResultFolder folder = ResultFolder.begin(path, Samples.STAMP);

    folder.draw(new EvaluationPlots(
        Samples.wholeOutcome(good.measurements()),
        SummaryText.conditions(Samples.PLAN, Samples.STAMP)));

    for (String name : EvaluationPlots.NAMES) {
      BufferedImage png = ImageIO.read(path.resolve(name + ".png").toFile());
      assertEquals(2 * EvaluationPlots.WIDTH, png.getWidth());
      assertTrue(
          colours(png).containsAll(Set.of(ChartStyle.DARK.getRGB(), ChartStyle.LIGHT.getRGB())),
          name);
      assertEdgeIsWhite(png);
      Document svg = DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(path.resolve(name + ".svg").toFile());
      assertEquals("svg", svg.getDocumentElement().getTagName());
      assertTrue(svg.getElementsByTagName("path").getLength() > 50, name);
      assertFalse(Files.readString(path.resolve(name + ".svg")).contains(path.toString()));
    }
  }

  @Test
  void coloursDifferInGrey() {
    List<Integer> greys = List.of(ChartStyle.DARK, ChartStyle.MIDDLE, ChartStyle.LIGHT).stream()
        .map(RenderingTest::grey)
        .toList();

    assertTrue(greys.get(1) - greys.get(0) > 30, greys.toString());
    assertTrue(greys.get(2) - greys.get(1) > 30, greys.toString());
    assertTrue(255 - greys.get(2) > 60, greys.toString());
  }

  @Test
  void theSummarySaysWhatTheCacheBrings() {
    String summary = SummaryText.render(Samples.PLAN, Samples.STAMP, good);

    assertTrue(
        summary.contains("**Query**: faster with the cache in every pair of runs: 2.50"), summary);
    assertTrue(summary.contains("**Order query**: faster in some"), summary);
    assertTrue(summary.contains("| order query | 0.8 | 0.200 | 0.600 |"), summary);
    assertTrue(summary.contains("All 12,345 orders"), summary);
    assertTrue(summary.contains("Every request that counts was answered"), summary);
    assertTrue(summary.contains("commit:  0123456789abcdef"), summary);
    assertFalse(summary.contains("NaN"), summary);
  }

  @Test
  void theFindingComesFirst() {
    String summary = SummaryText.render(Samples.PLAN, Samples.STAMP, good);
    String told = summary.substring(summary.indexOf("```", summary.indexOf("```") + 3) + 3);

    assertTrue(
        told.strip()
            .startsWith("**Without purchases the cache makes a query 2.50 (2.50 to 2.50)"
                + " times as fast; with p = 0.8, 2.50"),
        summary);
  }

  @Test
  void aStoreElsewhereIsToldWithItsDistanceAndItsCrashes() {
    Stamp there = Samples.STAMP.withStore(new Stamp.Elsewhere("m5a.xlarge", 20.1, 20.3, 25.0));

    String summary = SummaryText.render(
        Samples.PLAN, there, Samples.wholeOutcome(Samples.measurements(20.4, 21.1)));

    assertTrue(
        summary.contains("store:   m5a.xlarge, 20.30 ms there and back (20.10 to 25.00)"), summary);
    assertTrue(summary.contains("A client here is 20.3 ms from the store"), summary);
    assertTrue(summary.contains("the slowest answer took 480 ms"), summary);
    assertTrue(
        summary.contains("| order-3 | yes | 3.2 | 6.9 | 900 | 0 | 480 | 300 | 0 |"), summary);
    assertTrue(summary.contains("| 10 | 1.00 | 2.00 |"), summary);
    assertFalse(summary.contains("passed its audit"), summary);
    assertFalse(summary.contains("on this machine"), summary);
  }

  @Test
  void oneStoreAloneIsComparedWithNothing() {
    List<Measurement> cached =
        good.measurements().stream().filter(Measurement::cache).toList();

    String summary = SummaryText.render(Samples.PLAN, Samples.STAMP, Samples.outcome(cached));

    assertTrue(summary.contains("nothing to compare it with"), summary);
    assertFalse(summary.contains("times as fast"), summary);
    assertFalse(summary.contains("NaN"), summary);
  }

  @Test
  void theSummaryNamesWhatWasBroken() {
    EvaluationOutcome bad = new EvaluationOutcome(
        good.measurements(),
        List.of(),
        List.of(),
        1,
        0,
        List.of("p=0.2 cache on: orders are lost, wrong or doubled"),
        true,
        true);

    String summary = SummaryText.render(Samples.PLAN, Samples.STAMP, bad);

    assertTrue(summary.contains("- p=0.2 cache on: orders are lost"), summary);
    assertFalse(summary.contains("passed its audit"), summary);
  }

  @Test
  void failedRequestsAreToldAndNotGood() {
    List<Measurement> rows = new ArrayList<>(good.measurements());
    rows.add(Samples.failures(RequestKind.BUY, 1200));
    rows.add(Samples.failures(RequestKind.BUY, 34));
    EvaluationOutcome bad =
        new EvaluationOutcome(rows, List.of(), List.of(), 1, 1240, List.of(), false, true);

    String summary = SummaryText.render(Samples.PLAN, Samples.STAMP, bad);

    assertTrue(good.isGood());
    assertFalse(bad.isGood());
    assertTrue(
        summary.contains(
            "**1,240 requests failed**, those of the warm-up included: in the runs 1,234 of kind"),
        summary);
    assertFalse(summary.contains("Every request"), summary);
    assertEquals(1200, MeasurementCsv.parse(csv(rows)).get(rows.size() - 2).failures());
  }

  private static String csv(List<Measurement> rows) {
    return MeasurementCsv.HEAD + "\n"
        + rows.stream().map(MeasurementCsv::line).collect(Collectors.joining("\n"));
  }

  private static void assertEdgeIsWhite(BufferedImage image) {
    for (int x = 0; x < image.getWidth(); x++) {
      assertEquals(Color.WHITE.getRGB(), image.getRGB(x, 0));
      assertEquals(Color.WHITE.getRGB(), image.getRGB(x, image.getHeight() - 1));
    }
    for (int y = 0; y < image.getHeight(); y++) {
      assertEquals(Color.WHITE.getRGB(), image.getRGB(0, y));
      assertEquals(Color.WHITE.getRGB(), image.getRGB(image.getWidth() - 1, y));
    }
  }

  private static Set<Integer> colours(BufferedImage image) {
    Set<Integer> colours = new HashSet<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        colours.add(image.getRGB(x, y));
      }
    }
    return colours;
  }

  private static int grey(Color color) {
    return (299 * color.getRed() + 587 * color.getGreen() + 114 * color.getBlue()) / 1000;
  }
}
