package toystore.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import toystore.api.Answer;
import toystore.api.LeaderName;
import toystore.api.Outcome;
import toystore.chart.ChartFiles;

/** The renderers: what is in the report is in each of them, and can be read back. */
class RenderingTest {
  private static final BadOrder WRONG =
      new BadOrder(BadOrder.OrderFlaw.WRONG, 17, "1 <Tux> & Co", "order 17: 2 \"Fox\"");

  private final Report report = sample();

  @Test
  void theTableNamesEveryWrongOrder() {
    String text = TextReport.render(report);

    assertTrue(
        text.contains("WRONG   order 17: expected 1 <Tux> & Co, got order 17: 2 \"Fox\""), text);
    assertTrue(text.contains("closed loop, 5 clients, p=0.4, seed 42"), text);
    assertTrue(text.contains("1,000 iterations in 10.0 s: 100 iterations/s"), text);
    assertTrue(text.contains("replica 3, epoch 1.1 at the start, changed 1 time\n"), text);
    assertTrue(text.endsWith("NOT GOOD: orders are lost, wrong or doubled\n"), text);
  }

  @Test
  void noLineOfTheTableIsWiderThanATerminal() {
    TextReport.render(report)
        .lines()
        .forEach(line -> assertTrue(line.length() <= 110, () -> line.length() + ": " + line));
  }

  @Test
  void theTextSaysWhichLoopItWas() {
    assertTrue(TextReport.render(report).contains("Closed loop: "));
    assertTrue(TextReport.render(new Reports().rate(100).report()).contains("Open loop: "));
  }

  @Test
  void jsonHasAllFigures() throws IOException {
    JsonNode json = new ObjectMapper().readTree(JsonReport.render(report));
    Figures buy = report.figures(RequestKind.BUY);

    assertEquals(1, json.at("/schema").asInt());
    assertEquals(1, json.at("/exitCode").asInt());
    assertEquals(1000, json.at("/requests/buy/count").asInt());
    assertEquals(
        buy.percentileMs(99), json.at("/requests/buy/percentilesMs/p99").asDouble());
    assertEquals(
        buy.percentileMs(99.9),
        json.at("/requests/buy/percentilesMs").path("p99.9").asDouble());
    assertEquals(2000, json.at("/requests/query/count").asInt(), "hits and misses");
    assertEquals(17, json.at("/orders/findings/0/number").asInt());
    assertEquals(10, json.at("/timeline/buy").size());
    assertEquals(100, json.at("/timeline/buy/3/count").asInt());
    assertEquals(4.2, json.at("/leaders/1/atSeconds").asDouble());
    assertEquals("order-2", json.at("/leaders/1/service").asText());
    assertEquals("failures==0", json.at("/checks/0/check").asText());
    assertEquals(8080, Integer.parseInt(json.at("/settings/url").asText().split(":")[2]));
    JsonNode distribution = json.at("/requests/buy/distribution");
    assertEquals(
        1000, distribution.get(distribution.size() - 1).get("totalCount").asInt());
  }

  @Test
  void jsonOfNothingHasNullsNotZeros() throws IOException {
    JsonNode json = new ObjectMapper().readTree(JsonReport.render(new Reports().report()));

    assertTrue(json.at("/requests/buy/percentilesMs/p99").isNull());
    assertEquals(0, json.at("/requests/buy/count").asInt());
  }

  @Test
  void theHdrLogGivesEveryHistogramBack() {
    Map<RequestKind, Histogram> sums = new EnumMap<>(RequestKind.class);
    HistogramLogReader reader =
        new HistogramLogReader(new ByteArrayInputStream(HdrLog.render(report).getBytes(UTF_8)));
    double lastStart = 0;
    while (reader.hasNext()) {
      Histogram second = (Histogram) reader.nextIntervalHistogram();
      RequestKind kind = kind(second.getTag());
      sums.computeIfAbsent(kind, k -> new Histogram(3)).add(second);
      assertTrue(second.getStartTimeStamp() >= lastStart, "in the order of time");
      assertEquals(1000, second.getEndTimeStamp() - second.getStartTimeStamp());
      lastStart = second.getStartTimeStamp();
    }

    for (RequestKind kind : report.kinds()) {
      assertEquals(report.figures(kind).latencies(), sums.get(kind), kind.key());
    }
    assertEquals(1_700_000_000.0, reader.getStartTimeSec(), 0.001);
  }

  @Test
  void thePageIsWellFormedAndNeedsNothingElse() throws Exception {
    assumeTrue(ChartFiles.canDrawText(), "no fonts on this machine");
    String html = HtmlReport.render(report);
    Document page = parsed(html);

    assertTrue(page.getElementsByTagName("svg").getLength() > 4);
    NodeList all = page.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      Element element = (Element) all.item(i);
      for (String reference : List.of("src", "href", "xlink:href", "srcset", "data", "action")) {
        assertFalse(element.hasAttribute(reference), () -> element.getTagName() + reference);
      }
      assertFalse(List.of("script", "link", "iframe", "img").contains(element.getTagName()));
    }
    assertFalse(Pattern.compile("url\\((?!#)|@import").matcher(html).find());
    assertFalse(html.contains("NaN") || html.contains("Infinity"), "no broken coordinates");
  }

  @Test
  void whoLeadsIsNamedAsTheStoreNamesIt() {
    LeaderName desk = new LeaderName("1", "4.0", List.of("desk-1", "desk-2"));
    LeaderName replica = new LeaderName("3", "");

    assertEquals("desk-1, epoch 4.0", named(desk));
    assertEquals("replica 3", named(replica));
    assertEquals("order-3", replica.service());
    assertEquals("none", named(new LeaderName(LeaderName.NONE, "")));
  }

  private static String named(LeaderName leader) {
    return TextReport.name(new LeaderChange(0, leader.replica(), leader.service(), leader.epoch()));
  }

  @Test
  void thePageMarksWhereTheLeaderChanged() {
    assumeTrue(ChartFiles.canDrawText(), "no fonts on this machine");
    String html = HtmlReport.render(report);

    assertTrue(html.contains("replica 2, epoch 2.1"), html);
    assertTrue(html.contains("leader changed"));
  }

  @Test
  void thePageEscapesWhatTheStoreSays() throws Exception {
    assumeTrue(ChartFiles.canDrawText(), "no fonts on this machine");
    String html = HtmlReport.render(report);

    assertTrue(html.contains("1 &lt;Tux&gt; &amp; Co"));
    assertFalse(html.contains("<Tux>"));
  }

  @Test
  void aPageOfNothingIsAPageToo() throws Exception {
    parsed(HtmlReport.render(new Reports().report()));
  }

  private static Document parsed(String html)
      throws ParserConfigurationException, SAXException, IOException {
    String xml = html.replaceFirst("<!DOCTYPE html>", "");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }

  private static RequestKind kind(String tag) {
    for (RequestKind kind : RequestKind.values()) {
      if (kind.key().equals(tag)) {
        return kind;
      }
    }
    throw new AssertionError("tag " + tag);
  }

  private static Report sample() {
    Reports reports =
        new Reports().load(100).checks("failures==0", "buy.p99<50ms").verdict(20, 20, WRONG);
    reports.leaders = List.of(
        new LeaderChange(-0.1, "3", "order-3", "1.1"),
        new LeaderChange(4.2, "2", "order-2", "2.1"));
    reports.tally.count(RequestKind.BUY, Answer.failed(Outcome.UNAVAILABLE, "503 <no leader>"));
    return reports.report();
  }
}
