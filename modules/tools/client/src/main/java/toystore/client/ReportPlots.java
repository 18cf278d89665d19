package toystore.client;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.HistogramIterationValue;

/** The page's plots: latency by percentile, and over time. Pure. */
final class ReportPlots {
  private static final int TICKS_PER_HALF_DISTANCE = 20;
  private static final int MAX_NINES = 6;
  private static final double NS_PER_MS = 1e6;
  private static final double NO_GAP = Double.POSITIVE_INFINITY;

  /** Seconds without an answer are a gap in the line, not a line across it. */
  private static final double NEXT_SECOND = 1.5;

  private static final double SHORTEST_SECONDS = 2;

  private final Report report;
  private final StringBuilder page = new StringBuilder();

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
    long most = measured.stream().mapToLong(Figures::count).max().orElse(1);
    int nines = Math.max(2, Math.min(MAX_NINES, (int) Math.ceil(Math.log10(most))));
    double min = measured.stream().mapToDouble(f -> f.minMs()).min().orElse(1);
    double max = measured.stream().mapToDouble(f -> f.maxMs()).max().orElse(1);
    SvgChart chart = new SvgChart(
        "Latency by percentile",
        "percentile, each nine as wide as the last",
        "latency, ms",
        Scale.nines(nines),
        Scale.logarithmic(positive(min), max));
    for (Figures figures : measured) {
      chart.line(TextReport.label(figures.kind()).strip(), percentiles(figures), NO_GAP);
    }
    add("<h2>By percentile</h2>%s", chart.render());
  }

  private static List<SvgChart.Point> percentiles(Figures figures) {
    List<SvgChart.Point> points = new ArrayList<>();
    for (HistogramIterationValue value : figures.latencies().percentiles(TICKS_PER_HALF_DISTANCE)) {
      // The maximum is at the percentile of the last of n, not at 100, which is infinitely far.
      double last = 100 * (1 - 1.0 / (figures.count() + 1));
      double percentile = Math.min(value.getPercentileLevelIteratedTo(), last);
      points.add(new SvgChart.Point(percentile, positive(value.getValueIteratedTo() / NS_PER_MS)));
    }
    return points;
  }

  private void timePlots() {
    double end = report.seconds().isEmpty() ? 0 : report.seconds().last() + 1;
    if (end < SHORTEST_SECONDS) {
      return;
    }
    add("<h2>Over time</h2>");
    double most = 0;
    Map<RequestKind, List<Report.Moment>> timelines = new EnumMap<>(RequestKind.class);
    for (RequestKind kind : report.kinds()) {
      List<Report.Moment> moments = report.timeline(kind);
      if (!kind.isPart() && !moments.isEmpty()) {
        timelines.put(kind, moments);
        most = Math.max(
            most, moments.stream().mapToLong(Report.Moment::count).max().orElse(0));
        add("<h3>%s</h3>%s", TextReport.label(kind), timePlot(kind, moments, end));
      }
    }
    SvgChart counts = new SvgChart(
        "Answers per second",
        "seconds since the load began",
        "answers per second",
        Scale.linear(end),
        Scale.linear(most));
    timelines.remove(RequestKind.ITERATION); // Its answers are those of the others.
    timelines.forEach((kind, moments) ->
        counts.line(TextReport.label(kind), points(moments, Report.Moment::count), NEXT_SECOND));
    add("<h3>answers per second</h3>%s", marked(counts).render());
  }

  private String timePlot(RequestKind kind, List<Report.Moment> moments, double end) {
    double min = moments.stream().mapToDouble(Report.Moment::p50Ms).min().orElse(1);
    double max = moments.stream().mapToDouble(Report.Moment::maxMs).max().orElse(1);
    SvgChart chart = new SvgChart(
        TextReport.label(kind) + ": latency over time",
        "seconds since the load began",
        "latency, ms",
        Scale.linear(end),
        Scale.logarithmic(positive(min), max));
    chart.line("p50", points(moments, Report.Moment::p50Ms), NEXT_SECOND);
    chart.line("p99", points(moments, Report.Moment::p99Ms), NEXT_SECOND);
    chart.line("max", points(moments, Report.Moment::maxMs), NEXT_SECOND);
    return marked(chart).render();
  }

  private SvgChart marked(SvgChart chart) {
    report.leaders().stream()
        .skip(1)
        .filter(leader -> leader.atSeconds() >= 0)
        .forEach(leader -> chart.mark(leader.atSeconds(), TextReport.name(leader)));
    return chart;
  }

  /** A second's answers lie in its middle. */
  private static List<SvgChart.Point> points(
      List<Report.Moment> moments, ToDoubleFunction<Report.Moment> value) {
    return moments.stream()
        .map(m -> new SvgChart.Point(m.second() + 0.5, positive(value.applyAsDouble(m))))
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
