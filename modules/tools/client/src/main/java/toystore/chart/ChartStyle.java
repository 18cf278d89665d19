package toystore.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/** How all plots look. The colours differ in grey too, and the shapes without any colour. */
public final class ChartStyle {
  public static final Color DARK = new Color(0x0b3c6f);
  public static final Color MIDDLE = new Color(0x2f9e8f);
  public static final Color LIGHT = new Color(0xf0932b);

  public static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 16);
  public static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  public static final Font TICK = new Font(Font.SANS_SERIF, Font.PLAIN, 11);

  /** Lines differ by colour and by dashes, so that they can be told apart in grey. */
  private static final List<Color> COLOURS = List.of(
      DARK,
      LIGHT,
      MIDDLE,
      new Color(0x7a2f8f),
      new Color(0x5c5c00),
      Color.DARK_GRAY,
      new Color(0x8a3a5a));

  private static final List<float[]> LINE_DASHES = List.of(
      new float[] {1},
      new float[] {8, 5},
      new float[] {2, 4},
      new float[] {12, 4, 2, 4},
      new float[] {4, 3},
      new float[] {16, 4},
      new float[] {6, 3, 1, 3});

  private static final Color GRID = new Color(0xd8d8d8);
  private static final float LINE_WIDTH = 2;
  private static final float[] DASHES = {6, 4};
  private static final double SIZE = 8;

  private ChartStyle() {}

  /** Lines with a bar from the least to the greatest repetition at each point. */
  public static XYErrorRenderer lines() {
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDefaultLinesVisible(true);
    renderer.setDrawXError(false);
    renderer.setErrorStroke(new BasicStroke(1));
    renderer.setDrawSeriesLineAsPath(true);
    return renderer;
  }

  public static void series(
      XYErrorRenderer renderer, int index, Color color, Shape shape, boolean solid) {
    renderer.setSeriesPaint(index, color);
    renderer.setSeriesShape(index, shape);
    renderer.setSeriesShapesFilled(index, solid);
    renderer.setSeriesStroke(index, solid ? solid() : dashed());
  }

  /** A frame of white, with a grid and axes that begin at zero. */
  public static XYPlot frame(XYPlot plot) {
    plot.setBackgroundPaint(Color.WHITE);
    plot.setDomainGridlinePaint(GRID);
    plot.setRangeGridlinePaint(GRID);
    plot.setOutlinePaint(Color.GRAY);
    return plot;
  }

  public static NumberAxis axis(String label) {
    NumberAxis axis = new NumberAxis(label);
    axis.setLabelFont(LABEL);
    axis.setTickLabelFont(TICK);
    axis.setAutoRangeIncludesZero(true);
    return axis;
  }

  static Color colour(int line) {
    return COLOURS.get(line % COLOURS.size());
  }

  static BasicStroke stroke(int line) {
    float[] dashes = LINE_DASHES.get(line % LINE_DASHES.size());
    return dashes.length == 1
        ? solid()
        : new BasicStroke(LINE_WIDTH, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0);
  }

  static Shape dot() {
    return new Ellipse2D.Double(-LINE_WIDTH, -LINE_WIDTH, 2 * LINE_WIDTH, 2 * LINE_WIDTH);
  }

  public static Shape circle() {
    return new Ellipse2D.Double(-SIZE / 2, -SIZE / 2, SIZE, SIZE);
  }

  public static Shape square() {
    return new Rectangle2D.Double(-SIZE / 2, -SIZE / 2, SIZE, SIZE);
  }

  public static Shape triangle() {
    Path2D path = new Path2D.Double();
    path.moveTo(0, -SIZE * 0.6);
    path.lineTo(SIZE * 0.6, SIZE * 0.5);
    path.lineTo(-SIZE * 0.6, SIZE * 0.5);
    path.closePath();
    return path;
  }

  /**
   * A whole chart.
   *
   * @param foot one line that says what was measured and where
   */
  public static JFreeChart chart(String title, XYPlot plot, String foot) {
    JFreeChart chart = new JFreeChart(title, TITLE, plot, true);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(10, 10, 8, 18));
    chart.getLegend().setItemFont(LABEL);
    chart.getLegend().setPosition(RectangleEdge.TOP);
    chart.getLegend().setFrame(BlockBorder.NONE);
    if (!foot.isEmpty()) {
      TextTitle text = new TextTitle(foot, TICK);
      text.setPosition(RectangleEdge.BOTTOM);
      text.setPadding(6, 0, 0, 0);
      chart.addSubtitle(text);
    }
    return chart;
  }

  private static BasicStroke solid() {
    return new BasicStroke(LINE_WIDTH, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }

  private static BasicStroke dashed() {
    return new BasicStroke(LINE_WIDTH, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, DASHES, 0);
  }
}
