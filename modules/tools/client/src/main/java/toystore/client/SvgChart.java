package toystore.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A line chart as inline SVG. Pure. Lines differ by colour and by dashes, so they can be told apart
 * in grey; all colours come from the page's style sheet, so dark mode is its business.
 */
final class SvgChart {
  private static final int WIDTH = 880;
  private static final int HEIGHT = 330;
  private static final int LEFT = 64;
  private static final int RIGHT = 24;
  private static final int TOP = 26;
  private static final int BOTTOM = 46;
  private static final int STYLES = 7;

  private final String title;
  private final String xLabel;
  private final String yLabel;
  private final Scale x;
  private final Scale y;
  private final List<Line> lines = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();
  private final StringBuilder svg = new StringBuilder();

  SvgChart(String title, String xLabel, String yLabel, Scale x, Scale y) {
    this.title = title;
    this.xLabel = xLabel;
    this.yLabel = yLabel;
    this.x = x;
    this.y = y;
  }

  /**
   * Adds a line; where two neighbours' x differ by more than the gap it is broken.
   */
  SvgChart line(String name, List<Point> points, double gap) {
    lines.add(new Line(name, List.copyOf(points), gap));
    return this;
  }

  /** Adds a vertical line that says what happened there. */
  SvgChart mark(double at, String label) {
    marks.add(new Mark(at, label));
    return this;
  }

  /** The legend and the chart. */
  String render() {
    legend();
    add("<svg viewBox='0 0 %d %d' role='img' aria-label='%s'>", WIDTH, HEIGHT, escape(title));
    axes();
    marks.forEach(this::draw);
    for (int i = 0; i < lines.size(); i++) {
      draw(lines.get(i), i % STYLES);
    }
    add("</svg>");
    return svg.toString();
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&#39;")
        .replace("\"", "&quot;");
  }

  private void legend() {
    add("<ul class='legend'>");
    for (int i = 0; i < lines.size(); i++) {
      add(
          "<li><svg viewBox='0 0 34 8' width='34' height='8' aria-hidden='true'>"
              + "<line class='s%d' x1='0' y1='4' x2='34' y2='4'/></svg> %s</li>",
          i % STYLES, escape(lines.get(i).name()));
    }
    if (!marks.isEmpty()) {
      add("<li><svg viewBox='0 0 34 8' width='34' height='8' aria-hidden='true'>"
          + "<line class='mark' x1='17' y1='0' x2='17' y2='8'/></svg> leader changed</li>");
    }
    add("</ul>");
  }

  private void axes() {
    for (Scale.Tick tick : y.ticks()) {
      double at = yOf(tick.value());
      add("<line class='grid' x1='%d' y1='%.1f' x2='%d' y2='%.1f'/>", LEFT, at, WIDTH - RIGHT, at);
      add("<text class='end' x='%d' y='%.1f'>%s</text>", LEFT - 8, at + 4, tick.label());
    }
    for (Scale.Tick tick : x.ticks()) {
      double at = xOf(tick.value());
      add("<line class='grid' x1='%.1f' y1='%d' x2='%.1f' y2='%d'/>", at, TOP, at, HEIGHT - BOTTOM);
      add("<text class='mid' x='%.1f' y='%d'>%s</text>", at, HEIGHT - BOTTOM + 18, tick.label());
    }
    add("<text class='end' x='%d' y='%d'>%s</text>", WIDTH - RIGHT, HEIGHT - 6, escape(xLabel));
    add("<text x='%d' y='%d'>%s</text>", 4, TOP - 12, escape(yLabel));
  }

  private void draw(Mark mark) {
    double at = xOf(mark.at());
    add("<g><title>%s</title>", escape(mark.label()));
    add("<line class='mark' x1='%.1f' y1='%d' x2='%.1f' y2='%d'/>", at, TOP, at, HEIGHT - BOTTOM);
    boolean right = at > WIDTH - WIDTH / 4.0;
    add(
        "<text class='note %s' x='%.1f' y='%d'>%s</text></g>",
        right ? "end" : "start", at + (right ? -4 : 4), TOP + 12, escape(mark.label()));
  }

  private void draw(Line line, int style) {
    StringBuilder path = new StringBuilder();
    double lastX = Double.NaN;
    for (int i = 0; i < line.points().size(); i++) {
      Point point = line.points().get(i);
      boolean follows = point.x() - lastX <= line.gap();
      boolean alone = !follows
          && (i + 1 == line.points().size()
              || line.points().get(i + 1).x() - point.x() > line.gap());
      path.append(String.format(
          Locale.ROOT, "%s%.1f %.1f", follows ? "L" : "M", xOf(point.x()), yOf(point.y())));
      if (alone) {
        path.append("h0.1"); // A single point is a dot: line ends are round.
      }
      lastX = point.x();
    }
    add("<path class='s%d' d='%s'><title>%s</title></path>", style, path, escape(line.name()));
  }

  private double xOf(double value) {
    return LEFT + x.position(value) * (WIDTH - LEFT - RIGHT);
  }

  private double yOf(double value) {
    return HEIGHT - BOTTOM - y.position(value) * (HEIGHT - BOTTOM - TOP);
  }

  private void add(String format, Object... arguments) {
    svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  /** A point in the chart's own values. */
  record Point(double x, double y) {}

  private record Line(String name, List<Point> points, double gap) {}

  private record Mark(double at, String label) {}
}
