package toystore.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.HistogramIterationValue;
import org.jfree.chart.axis.NumberAxis;
import toystore.chart.ChartFiles;
import toystore.chart.ChartStyle;
import toystore.chart.LineChart;
import toystore.chart.LineChart.ChartPoint;

/** The page's plots: latency by percentile, and over time. Data in, charts out. */
final class ReportPlots {
  private static final int TICKS_PER_HALF_DISTANCE = 20;
  private static final int WIDTH = 880;
  private static final int HEIGHT = 360;
  private static final double NS_PER_MS = 1e6;
  private static final double NO_GAP = Double.POSITIVE_INFINITY;

  /** Seconds without an answer are a gap in the line, not a line across it. */
  private static final double NEXT_SECOND = 1.5;

  private static final double SHORTEST_SECONDS = 2;

  private final Report report;
  private final StringBuilder page = new StringBuilder();
  private int charts;

  private ReportPlots(Report report) {
    this.report = report;
  }

  static String render(Report report) {
    ReportPlots plots = new ReportPlots(report);
    plots.percentilePlot();
    plots.timePlots();
    return plots.page.toString();
  }

  private void percentilePlot() {
    List<Figures> measured =
        report.kinds().stream().map(report::figures).filter(f -> f.count() > 0).toList();
    if (measured.isEmpty()) {
      return;
    }
    LineChart chart = new LineChart(
        "Latency by percentile",
        LineChart.nines("percentile, each nine as wide as the last"),
        LineChart.logarithmic("latency, ms"));
    for (Figures figures : measured) {
      chart.line(TextReport.label(figures.kind()).strip(), percentiles(figures), NO_GAP);
    }
    add("<h2>By percentile</h2>%s", drawn(chart));
  }

  private static List<ChartPoint> percentiles(Figures figures) {
    List<ChartPoint> points = new ArrayList<>();
    for (HistogramIterationValue value : figures.latencies().percentiles(TICKS_PER_HALF_DISTANCE)) {
      // The maximum is at the percentile of the last of n, not at 100, which is infinitely far.
      double last = 100 * (1 - 1.0 / (figures.count() + 1));
      double percentile = Math.min(value.getPercentileLevelIteratedTo(), last);
      points.add(new ChartPoint(
          LineChart.atPercentile(percentile), positive(value.getValueIteratedTo() / NS_PER_MS)));
    }
    return points;
  }

  private void timePlots() {
    double end = report.seconds().isEmpty() ? 0 : report.seconds().last() + 1;
    if (end < SHORTEST_SECONDS) {
      return;
    }
    add("<h2>Over time</h2>");
    Map<RequestKind, List<Report.Moment>> timelines = new EnumMap<>(RequestKind.class);
    for (RequestKind kind : report.kinds()) {
      List<Report.Moment> moments = report.timeline(kind);
      if (!kind.isPart() && !moments.isEmpty()) {
        timelines.put(kind, moments);
        add("<h3>%s</h3>%s", TextReport.label(kind), timePlot(kind, moments, end));
      }
    }
    LineChart counts =
        new LineChart("Answers per second", seconds(end), ChartStyle.axis("answers per second"));
    timelines.remove(RequestKind.ITERATION); // Its answers are those of the others.
    timelines.forEach((kind, moments) ->
        counts.line(TextReport.label(kind), points(moments, Report.Moment::count), NEXT_SECOND));
    add("<h3>answers per second</h3>%s", drawn(marked(counts)));
  }

  private String timePlot(RequestKind kind, List<Report.Moment> moments, double end) {
    LineChart chart = new LineChart(
        TextReport.label(kind) + ": latency over time",
        seconds(end),
        LineChart.logarithmic("latency, ms"));
    chart.line("p50", points(moments, Report.Moment::p50Ms), NEXT_SECOND);
    chart.line("p99", points(moments, Report.Moment::p99Ms), NEXT_SECOND);
    chart.line("max", points(moments, Report.Moment::maxMs), NEXT_SECOND);
    return drawn(marked(chart));
  }

  private LineChart marked(LineChart chart) {
    report.leaders().stream()
        .skip(1)
        .filter(leader -> leader.atSeconds() >= 0)
        .forEach(
            leader -> chart.mark(leader.atSeconds(), "leader changed: " + TextReport.name(leader)));
    return chart;
  }

  private static NumberAxis seconds(double end) {
    NumberAxis axis = ChartStyle.axis("seconds since the load began");
    axis.setRange(0, end);
    return axis;
  }

  private String drawn(LineChart chart) {
    try {
      charts++;
      return ChartFiles.inPage(chart.draw(""), WIDTH, HEIGHT, "chart" + charts);
    } catch (IOException e) {
      throw new UncheckedIOException("a chart in memory", e);
    }
  }

  /** A second's answers lie in its middle. */
  private static List<ChartPoint> points(
      List<Report.Moment> moments, ToDoubleFunction<Report.Moment> value) {
    return moments.stream()
        .map(m -> new ChartPoint(m.second() + 0.5, positive(value.applyAsDouble(m))))
        .toList();
  }

  /** A logarithm needs something: a nanosecond. */
  private static double positive(double value) {
    return Math.max(value, 1 / NS_PER_MS);
  }

  private void add(String format, Object... arguments) {
    page.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
