package toystore.evaluation;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import toystore.chart.ChartStyle;
import toystore.client.RequestKind;

/** The two figures of an evaluation. Data in, charts out; {@link ChartFiles} writes them. */
final class EvaluationPlots {
  static final int WIDTH = 860;
  static final int LATENCY_HEIGHT = 940;
  static final int BENEFIT_HEIGHT = 480;

  private static final double STEP = 0.2;
  private static final double MARGIN = 0.06;
  private static final double HEADROOM = 0.08;
  private static final double PANEL_GAP = 12;
  private static final String DOMAIN =
      "p: probability that a client buys the toy it queried (no unit)";

  /** Points that would hide each other stand this far apart. */
  private static final double ASIDE = 0.006;

  private final CacheStudy study;
  private final String conditions;

  /**
   * @param conditions one line that says what was measured and where
   */
  EvaluationPlots(CacheStudy study, String conditions) {
    this.study = study;
    this.conditions = conditions;
  }

  /** One panel for each kind of request: p on x, milliseconds on y. */
  JFreeChart latency() {
    CombinedDomainXYPlot panels = new CombinedDomainXYPlot(domain());
    panels.setGap(PANEL_GAP);
    for (RequestKind kind : CacheStudy.KINDS) {
      panels.add(panel(kind), 1);
    }
    return ChartStyle.chart(
        "Latency by request type, with and without the cache", panels, conditions);
  }

  /** All kinds in one panel: how many times as long a request takes without the cache. */
  JFreeChart benefit() {
    YIntervalSeriesCollection series = new YIntervalSeriesCollection();
    XYErrorRenderer renderer = ChartStyle.lines();
    List<Color> colors = List.of(ChartStyle.DARK, ChartStyle.LIGHT, ChartStyle.MIDDLE);
    List<Shape> shapes = List.of(ChartStyle.circle(), ChartStyle.square(), ChartStyle.triangle());
    for (int i = 0; i < CacheStudy.KINDS.size(); i++) {
      RequestKind kind = CacheStudy.KINDS.get(i);
      YIntervalSeries line = new YIntervalSeries(label(kind));
      for (double p : study.probabilities()) {
        add(line, p + (i - 1) * ASIDE, study.benefit(kind, p, Latency.MEDIAN));
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
      case BUY -> "buy";
      case REFUSAL -> "buy, refused";
      case ORDER -> "order query";
      case ITERATION -> "iteration";
    };
  }

  private XYPlot panel(RequestKind kind) {
    YIntervalSeriesCollection series = new YIntervalSeriesCollection();
    XYErrorRenderer renderer = ChartStyle.lines();
    for (boolean cache : new boolean[] {true, false}) {
      for (Latency latency : Latency.values()) {
        YIntervalSeries line =
            new YIntervalSeries((cache ? "cache on, " : "cache off, ") + latency.label());
        for (double p : study.probabilities()) {
          add(line, p + (cache ? -ASIDE : ASIDE), study.latencyMs(kind, cache, p, latency));
        }
        ChartStyle.series(
            renderer,
            series.getSeriesCount(),
            cache ? ChartStyle.DARK : ChartStyle.LIGHT,
            cache ? ChartStyle.circle() : ChartStyle.square(),
            latency == Latency.MEDIAN);
        series.addSeries(line);
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

  /** A legend without entries. */
  private static final class Nothing extends org.jfree.chart.LegendItemCollection {
    private static final long serialVersionUID = 1;
  }
}
