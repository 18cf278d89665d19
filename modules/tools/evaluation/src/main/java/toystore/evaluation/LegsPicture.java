package toystore.evaluation;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedRangeXYPlot;
import org.jfree.chart.plot.IntervalMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;
import toystore.chart.ChartStyle;
import toystore.evaluation.LegNode.Arrangement;
import toystore.evaluation.LegNode.Side;

/**
 * The mean purchase as a time line: a row for each leg, a panel for each number of clients, each
 * with a scale of its own. A full bar is a leg that consists of no others; a pale one consists of
 * those below it, and where it shows none of them, nobody knows what it is.
 */
final class LegsPicture {
  static final int WIDTH = 1180;

  private static final int ROW_HEIGHT = 24;
  private static final int HEAD_AND_FOOT = 170;
  private static final int PANEL_WEIGHT = 13;
  private static final int NAMES_WEIGHT = 10;
  private static final double INDENT = 0.03;
  private static final double BAR = 0.36;
  private static final double LAST = 0.8;
  private static final double MARGIN = 1.04;
  private static final double GAP = 0.008;
  private static final int PALE = 64;
  private static final Color BAND = new Color(0xf4f4f4);
  private static final Font BOLD = ChartStyle.LABEL.deriveFont(Font.BOLD);

  private final List<LegsMeasured> panels;
  private final List<String> rows;
  private final String title;
  private final String foot;

  /** @param foot one line that says what was measured and where */
  LegsPicture(String engine, List<LegsMeasured> panels, String foot) {
    this.panels = panels;
    this.title = "Where the time of a purchase goes, " + engine;
    this.foot = foot;
    Set<String> labels = new LinkedHashSet<>();
    for (LegsMeasured panel : panels) {
      PlacedLeg.of(panel.purchase()).forEach(placed -> labels.add(placed.leg().label()));
    }
    rows = List.copyOf(labels);
  }

  int height() {
    return rows.size() * ROW_HEIGHT + HEAD_AND_FOOT;
  }

  JFreeChart draw() {
    NumberAxis order = new NumberAxis();
    order.setRange(-0.5, rows.size() - 0.5);
    order.setInverted(true);
    order.setVisible(false);
    CombinedRangeXYPlot all = new CombinedRangeXYPlot(order);
    all.setGap(6);
    all.add(names(), NAMES_WEIGHT);
    panels.forEach(panel -> all.add(panel(panel), PANEL_WEIGHT));
    return ChartStyle.chart(title, all, foot);
  }

  /** The tree of legs, in words. */
  private XYPlot names() {
    NumberAxis none = new NumberAxis();
    none.setRange(0, 1);
    none.setVisible(false);
    XYPlot plot = banded(new XYPlot(new XYIntervalSeriesCollection(), none, null, bars()));
    plot.setDomainGridlinesVisible(false);
    plot.setOutlineVisible(false);
    Set<String> written = new LinkedHashSet<>();
    for (LegsMeasured panel : panels) {
      for (PlacedLeg placed : PlacedLeg.of(panel.purchase())) {
        LegNode leg = placed.leg();
        if (written.add(leg.label())) {
          XYTextAnnotation name =
              new XYTextAnnotation(leg.label(), placed.depth() * INDENT, rows.indexOf(leg.label()));
          name.setFont(leg.parts().isEmpty() ? ChartStyle.LABEL : BOLD);
          name.setTextAnchor(TextAnchor.CENTER_LEFT);
          plot.addAnnotation(name);
        }
      }
    }
    return plot;
  }

  private XYPlot panel(LegsMeasured measured) {
    List<PlacedLeg> legs = PlacedLeg.of(measured.purchase());
    double end = legs.stream().mapToDouble(PlacedLeg::endUs).max().orElse(1) * MARGIN;
    XYIntervalSeriesCollection series = new XYIntervalSeriesCollection();
    XYBarRenderer renderer = bars();
    for (Side side : Side.values()) {
      for (BarKind kind : BarKind.values()) {
        XYIntervalSeries bars = new XYIntervalSeries(kind.legend(side));
        legs.stream()
            .filter(placed -> placed.leg().side() == side && BarKind.of(placed.leg()) == kind)
            .forEach(placed -> add(bars, placed));
        kind.paint(renderer, series.getSeriesCount(), side);
        series.addSeries(bars);
      }
    }
    NumberAxis time = ChartStyle.axis(
        measured.connections() == 1
            ? "1 client: microseconds"
            : measured.connections() + " clients at a time: microseconds");
    time.setLabelFont(BOLD);
    time.setRange(0, end);
    XYPlot plot = banded(new XYPlot(series, time, null, renderer));
    plot.setDomainAxisLocation(AxisLocation.TOP_OR_LEFT);
    legs.forEach(placed -> plot.addAnnotation(length(placed, end)));
    // The panels' colours mean the same: one legend is enough.
    if (measured != panels.get(0)) {
      plot.setFixedLegendItems(new LegendItemCollection());
    }
    return plot;
  }

  private void add(XYIntervalSeries bars, PlacedLeg placed) {
    int row = rows.indexOf(placed.leg().label());
    bars.add(placed.startUs(), placed.startUs(), placed.endUs(), row, row - BAR, row + BAR);
  }

  /** Behind the bar; where there is no room, at the end within it, or before it. */
  private XYTextAnnotation length(PlacedLeg placed, double end) {
    double us = placed.leg().times().meanUs();
    boolean behind = placed.endUs() < LAST * end;
    boolean within = !behind && us > (1 - LAST) * end;
    double gap = GAP * end;
    double at = behind
        ? placed.endUs() + gap
        : within ? Math.min(end, placed.endUs()) - gap : placed.startUs() - gap;
    XYTextAnnotation text = new XYTextAnnotation(
        String.format(Locale.ROOT, us < 10 ? "%.1f" : "%,.0f", us),
        at,
        rows.indexOf(placed.leg().label()));
    text.setFont(ChartStyle.TICK);
    text.setTextAnchor(behind ? TextAnchor.CENTER_LEFT : TextAnchor.CENTER_RIGHT);
    text.setPaint(within && BarKind.of(placed.leg()) == BarKind.LEAF ? Color.WHITE : Color.BLACK);
    return text;
  }

  private XYPlot banded(XYPlot plot) {
    ChartStyle.frame(plot).setRangeGridlinesVisible(false);
    for (int row = 0; row < rows.size(); row += 2) {
      IntervalMarker band = new IntervalMarker(row - 0.5, row + 0.5, BAND);
      band.setAlpha(1);
      plot.addRangeMarker(band, Layer.BACKGROUND);
    }
    return plot;
  }

  private static XYBarRenderer bars() {
    XYBarRenderer renderer = new XYBarRenderer();
    renderer.setUseYInterval(true);
    renderer.setShadowVisible(false);
    renderer.setBarPainter(new StandardXYBarPainter());
    return renderer;
  }

  private static Color colour(Side side) {
    return switch (side) {
      case CLIENT -> Color.DARK_GRAY;
      case FRONT_END -> ChartStyle.LIGHT;
      case LEADER -> ChartStyle.DARK;
      case CATALOG -> ChartStyle.MIDDLE;
      case FOLLOWER -> new Color(0x7a2f8f);
    };
  }

  /** How a bar is filled. */
  private enum BarKind {
    /** It consists of others. */
    WHOLE,
    LEAF,
    ASIDE;

    static BarKind of(LegNode leg) {
      if (leg.arrangement() == Arrangement.ASIDE) {
        return ASIDE;
      }
      return leg.parts().isEmpty() ? LEAF : WHOLE;
    }

    String legend(Side side) {
      return side.word() + (this == LEAF ? "" : " " + name());
    }

    void paint(XYBarRenderer renderer, int series, Side side) {
      Color full = colour(side);
      Color pale = new Color(full.getRed(), full.getGreen(), full.getBlue(), PALE);
      renderer.setSeriesPaint(series, this == LEAF ? full : this == WHOLE ? pale : Color.WHITE);
      renderer.setSeriesOutlinePaint(series, full);
      renderer.setSeriesOutlineStroke(series, new BasicStroke(1));
      renderer.setSeriesVisibleInLegend(series, this == LEAF && side != Side.CLIENT);
      renderer.setDrawBarOutline(true);
    }
  }
}
