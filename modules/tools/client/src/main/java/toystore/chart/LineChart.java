package toystore.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.Range;
import org.jfree.data.general.DatasetUtils;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Lines that may have gaps, and vertical marks that say what happened there. */
public final class LineChart {
  private static final double WHOLE = 100;
  private static final double DECADE = 10;

  /** So that rounding does not hide the tick at an axis's lower end. */
  private static final double BELOW = 1 - 1e-9;

  private static final Color PAPER = new Color(255, 255, 255, 200);

  private final String title;
  private final XYSeriesCollection lines = new XYSeriesCollection();
  private final XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer();
  private final XYPlot plot;

  public LineChart(String title, ValueAxis x, ValueAxis y) {
    this.title = title;
    this.plot = ChartStyle.frame(new XYPlot(lines, x, y, renderer));
  }

  /** Milliseconds, microseconds and seconds in one picture; decades have lines of their own. */
  public static LogAxis logarithmic(String label) {
    return logarithmic(label, LineChart::plain);
  }

  /** For {@link #atPercentile}: 0, 90, 99, 99.9 and so on stand equally far apart. */
  public static LogAxis nines(String label) {
    return logarithmic(label, LineChart::percentile);
  }

  /**
   * Where a percentile lies on an axis of {@link #nines}.
   *
   * @param percentile 0 to less than 100
   */
  public static double atPercentile(double percentile) {
    return 1 / (1 - percentile / WHOLE);
  }

  /** Adds a line; where two neighbours' x differ by more than the gap it is broken. */
  public LineChart line(String name, List<ChartPoint> points, double gap) {
    XYSeries series = new XYSeries(name, false);
    double lastX = Double.NaN;
    for (ChartPoint point : points) {
      if (point.x() - lastX > gap) {
        series.add((point.x() + lastX) / 2, Double.NaN);
      }
      series.add(point.x(), point.y());
      lastX = point.x();
    }
    int index = lines.getSeriesCount();
    renderer.setSeriesPaint(index, ChartStyle.colour(index));
    renderer.setSeriesStroke(index, ChartStyle.stroke(index));
    renderer.setSeriesShape(index, ChartStyle.dot());
    // A point without neighbours has no line that could show it.
    renderer.setSeriesShapesVisible(index, Double.isFinite(gap));
    lines.addSeries(series);
    return this;
  }

  /** Adds a vertical line. */
  public LineChart mark(double at, String label) {
    ValueMarker mark = new ValueMarker(at, Color.BLACK, new BasicStroke(1));
    mark.setLabel(label);
    mark.setLabelFont(ChartStyle.TICK);
    mark.setLabelBackgroundColor(PAPER);
    mark.setLabelAnchor(RectangleAnchor.TOP_RIGHT);
    mark.setLabelTextAnchor(TextAnchor.TOP_LEFT);
    plot.addDomainMarker(mark);
    return this;
  }

  /**
   * The chart.
   *
   * @param foot one line that says what was measured and where; empty for none
   */
  public JFreeChart draw(String foot) {
    wholeDecades(plot.getDomainAxis(), DatasetUtils.findDomainBounds(lines, false));
    wholeDecades(plot.getRangeAxis(), DatasetUtils.findRangeBounds(lines, false));
    return ChartStyle.chart(title, plot, foot);
  }

  /** Else JFreeChart writes fractions of decades, such as 0.631. */
  private static void wholeDecades(ValueAxis axis, Range values) {
    if (axis instanceof LogAxis decades && values != null) {
      double first = Math.floor(Math.log10(values.getLowerBound()));
      double last = Math.max(first + 1, Math.ceil(Math.log10(values.getUpperBound())));
      decades.setTickUnit(new NumberTickUnit(1));
      decades.setRange(Math.pow(DECADE, first) * BELOW, Math.pow(DECADE, last));
    }
  }

  private static LogAxis logarithmic(String label, DoubleFunction<String> text) {
    LogAxis axis = new LogAxis(label);
    axis.setLabelFont(ChartStyle.LABEL);
    axis.setTickLabelFont(ChartStyle.TICK);
    axis.setNumberFormatOverride(new TickFormat(text));
    return axis;
  }

  private static String plain(double value) {
    return String.format(Locale.ROOT, value == Math.rint(value) ? "%,.0f" : "%.4g", value)
        .replaceAll("(\\.\\d*?)0+$", "$1")
        .replaceAll("\\.$", "");
  }

  /** Written, not computed: 100 - 10^-2 is not 99.99 in binary. */
  private static String percentile(double place) {
    int nines = (int) Math.round(Math.log10(place));
    if (nines <= 2) {
      return List.of("0", "90", "99").get(Math.max(0, nines));
    }
    return "99." + "9".repeat(nines - 2);
  }

  /** A point in the chart's own values. */
  public record ChartPoint(double x, double y) {}

  /** How JFreeChart is told what to write at a tick. */
  private static final class TickFormat extends NumberFormat {
    private static final long serialVersionUID = 1;

    private final transient DoubleFunction<String> text;

    TickFormat(DoubleFunction<String> text) {
      this.text = text;
    }

    @Override
    public StringBuffer format(double value, StringBuffer out, FieldPosition position) {
      return out.append(text.apply(value));
    }

    @Override
    public StringBuffer format(long value, StringBuffer out, FieldPosition position) {
      return out.append(text.apply(value));
    }

    @Override
    public Number parse(String source, ParsePosition position) {
      throw new UnsupportedOperationException("ticks are only written");
    }
  }
}
