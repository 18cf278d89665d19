package toystore.evaluation;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import toystore.chart.ChartFiles;
import toystore.chart.ChartStyle;
import toystore.chart.LineChart;
import toystore.client.RequestKind;

/** The figures of an evaluation. Data in, charts out; {@link ChartFiles} writes them. */
final class EvaluationPlots {
  static final String LATENCY = "latency";
  static final String BENEFIT = "benefit";
  static final String CLIENTS = "clients";
  static final String CRASHES = "crashes";
  static final List<String> NAMES = List.of(LATENCY, BENEFIT, CLIENTS, CRASHES);
  static final int WIDTH = 860;

  private static final int TALL = 940;
  private static final int LOW = 480;
  private static final double STEP = 0.2;
  private static final double MARGIN = 0.06;
  private static final double HEADROOM = 0.08;
  private static final double PANEL_GAP = 12;
  private static final double NEXT_SECOND = 1.5;
  private static final String DOMAIN =
      "p: probability that a client buys the toy it queried (no unit)";

  /** Points that would hide each other stand this far apart, as a part of the axis' step. */
  private static final double ASIDE = 0.03;

  private final EvaluationOutcome outcome;
  private final CacheStudy study;
  private final String conditions;

  /**
   * @param conditions one line that says what was measured and where
   */
  EvaluationPlots(EvaluationOutcome outcome, String conditions) {
    this.outcome = outcome;
    this.study = new CacheStudy(outcome.measurements());
    this.conditions = conditions;
  }

  /** All figures for which something was measured. */
  List<Figure> all() {
    List<Figure> figures = new ArrayList<>(List.of(new Figure(LATENCY, TALL, latency())));
    if (!study.benefit(RequestKind.QUERY, Latency.MEDIAN).isEmpty()) {
      figures.add(new Figure(BENEFIT, LOW, benefit()));
    }
    if (!outcome.byClients().isEmpty()) {
      figures.add(new Figure(CLIENTS, TALL, byClients()));
    }
    if (!outcome.crashes().isEmpty()) {
      figures.add(new Figure(CRASHES, LOW, crashes()));
    }
    return figures;
  }

  /** A chart, with the name of its files. */
  record Figure(String name, int height, JFreeChart chart) {}

  /** One panel for each kind of request: p on x, milliseconds on y. */
  private JFreeChart latency() {
    return panels(
        "Latency by request type, with and without the cache",
        domain(),
        study.probabilities(),
        STEP,
        (kind, cache, p, latency) -> study.latencyMs(kind, cache, p, latency));
  }

  /** The same over the number of clients. */
  private JFreeChart byClients() {
    NumberAxis axis = ChartStyle.axis("clients, each with one request at a time");
    axis.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    List<Double> counts = outcome.byClients().stream()
        .map(row -> (double) row.clients())
        .distinct()
        .sorted()
        .toList();
    return panels(
        "Latency by number of clients",
        axis,
        counts,
        1,
        (kind, cache, count, latency) -> Spread.of(outcome.byClients().stream()
            .filter(row -> row.clients() == count)
            .map(ByClients::measurement)
            .filter(row -> row.kind() == kind && row.cache() == cache && row.count() > 0)
            .map(latency::of)
            .toList()));
  }

  /** The slowest answer of each second, a line for each crash; second 0 is the crash. */
  private JFreeChart crashes() {
    LineChart chart = new LineChart(
        "Slowest answer of each second, around a crash",
        ChartStyle.axis("seconds since a replica was killed"),
        LineChart.logarithmic("slowest answer of the second (ms)"));
    for (CrashRound crash : outcome.crashes()) {
      Map<Integer, Double> slowest = new TreeMap<>();
      crash.seconds().forEach(at -> slowest.merge(at.second(), at.maxMs(), Math::max));
      String name = crash.round() + ": " + crash.replica() + (crash.led() ? ", the leader" : "");
      List<LineChart.ChartPoint> points = new ArrayList<>();
      slowest.forEach((second, ms) ->
          points.add(new LineChart.ChartPoint(second + 0.5 - crash.killedAt(), ms)));
      chart.line(name, points, NEXT_SECOND);
    }
    return chart.mark(0, "killed").draw("");
  }

  /** All kinds in one panel: how many times as long a request takes without the cache. */
  private JFreeChart benefit() {
    YIntervalSeriesCollection series = new YIntervalSeriesCollection();
    XYErrorRenderer renderer = ChartStyle.lines();
    List<Color> colors = List.of(ChartStyle.DARK, ChartStyle.LIGHT, ChartStyle.MIDDLE);
    List<Shape> shapes = List.of(ChartStyle.circle(), ChartStyle.square(), ChartStyle.triangle());
    for (int i = 0; i < CacheStudy.KINDS.size(); i++) {
      RequestKind kind = CacheStudy.KINDS.get(i);
      YIntervalSeries line = new YIntervalSeries(label(kind));
      for (double p : study.probabilities()) {
        add(line, p + (i - 1) * ASIDE * STEP, study.benefit(kind, p, Latency.MEDIAN));
      }
      series.addSeries(line);
      ChartStyle.series(renderer, i, colors.get(i), shapes.get(i), true);
    }
    NumberAxis range = ChartStyle.axis("median latency, cache off / cache on (ratio)");
    range.setUpperMargin(HEADROOM);
    XYPlot plot = ChartStyle.frame(new XYPlot(series, domain(), range, renderer));
    // At 1 the cache changes nothing.
    plot.addRangeMarker(new ValueMarker(1, Color.BLACK, new BasicStroke(1.2f)));
    return ChartStyle.chart("How much faster the cache makes each request type", plot, conditions);
  }

  static String label(RequestKind kind) {
    return switch (kind) {
      case QUERY -> "query";
      case QUERY_HIT -> "query, from the cache";
      case QUERY_MISS -> "query, from the catalog";
      case UNKNOWN -> "query of an unknown toy";
      case BUY -> "buy";
      case REFUSAL -> "buy, refused";
      case ORDER -> "order query";
      case ITERATION -> "iteration";
    };
  }

  private JFreeChart panels(
      String title, NumberAxis domain, List<Double> points, double step, Lookup lookup) {
    CombinedDomainXYPlot panels = new CombinedDomainXYPlot(domain);
    panels.setGap(PANEL_GAP);
    for (RequestKind kind : CacheStudy.KINDS) {
      panels.add(panel(kind, points, ASIDE * step, lookup), 1);
    }
    return ChartStyle.chart(title, panels, conditions);
  }

  private static XYPlot panel(RequestKind kind, List<Double> points, double aside, Lookup lookup) {
    YIntervalSeriesCollection series = new YIntervalSeriesCollection();
    XYErrorRenderer renderer = ChartStyle.lines();
    for (boolean cache : new boolean[] {true, false}) {
      for (Latency latency : Latency.values()) {
        YIntervalSeries line =
            new YIntervalSeries((cache ? "cache on, " : "cache off, ") + latency.label());
        for (double x : points) {
          add(line, x + (cache ? -aside : aside), lookup.of(kind, cache, x, latency));
        }
        if (!line.isEmpty()) {
          ChartStyle.series(
              renderer,
              series.getSeriesCount(),
              cache ? ChartStyle.DARK : ChartStyle.LIGHT,
              cache ? ChartStyle.circle() : ChartStyle.square(),
              latency == Latency.MEDIAN);
          series.addSeries(line);
        }
      }
    }
    NumberAxis range = ChartStyle.axis(label(kind) + ": latency (ms)");
    range.setUpperMargin(HEADROOM);
    XYPlot plot = ChartStyle.frame(new XYPlot(series, null, range, renderer));
    // The panels' lines mean the same: one legend, the first panel's, is enough.
    plot.setFixedLegendItems(kind == CacheStudy.KINDS.get(0) ? null : new Nothing());
    return plot;
  }

  private static void add(YIntervalSeries line, double x, Spread spread) {
    if (!spread.isEmpty()) {
      line.add(x, spread.median(), spread.min(), spread.max());
    }
  }

  private NumberAxis domain() {
    NumberAxis axis = ChartStyle.axis(DOMAIN);
    List<Double> probabilities = study.probabilities();
    double last = probabilities.isEmpty() ? 1 : probabilities.get(probabilities.size() - 1);
    double first = probabilities.isEmpty() ? 0 : probabilities.get(0);
    axis.setRange(first - MARGIN, last + MARGIN);
    axis.setTickUnit(new NumberTickUnit(STEP));
    return axis;
  }

  /** What a panel shows at one place. */
  @FunctionalInterface
  private interface Lookup {
    Spread of(RequestKind kind, boolean cache, double x, Latency latency);
  }

  /** A legend without entries. */
  private static final class Nothing extends org.jfree.chart.LegendItemCollection {
    private static final long serialVersionUID = 1;
  }
}
