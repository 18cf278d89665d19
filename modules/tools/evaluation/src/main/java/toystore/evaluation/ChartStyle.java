package toystore.evaluation;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;

/** How all plots look. The colours differ in grey too, and the shapes without any colour. */
final class ChartStyle {
  static final Color DARK = new Color(0x0b3c6f);
  static final Color MIDDLE = new Color(0x2f9e8f);
  static final Color LIGHT = new Color(0xf0932b);

  static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 16);
  static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  static final Font TICK = new Font(Font.SANS_SERIF, Font.PLAIN, 11);

  private static final Color GRID = new Color(0xd8d8d8);
  private static final float LINE_WIDTH = 2;
  private static final float[] DASHES = {6, 4};
  private static final double SIZE = 8;

  private ChartStyle() {}

  /** Lines with a bar from the least to the greatest repetition at each point. */
  static XYErrorRenderer lines() {
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDefaultLinesVisible(true);
    renderer.setDrawXError(false);
    renderer.setErrorStroke(new BasicStroke(1));
    renderer.setDrawSeriesLineAsPath(true);
    return renderer;
  }

  static void series(XYErrorRenderer renderer, int index, Color color, Shape shape, boolean solid) {
    renderer.setSeriesPaint(index, color);
    renderer.setSeriesShape(index, shape);
    renderer.setSeriesShapesFilled(index, solid);
    renderer.setSeriesStroke(index, solid ? solid() : dashed());
  }

  /** A frame of white, with a grid and axes that begin at zero. */
  static XYPlot frame(XYPlot plot) {
    plot.setBackgroundPaint(Color.WHITE);
    plot.setDomainGridlinePaint(GRID);
    plot.setRangeGridlinePaint(GRID);
    plot.setOutlinePaint(Color.GRAY);
    return plot;
  }

  static NumberAxis axis(String label) {
    NumberAxis axis = new NumberAxis(label);
    axis.setLabelFont(LABEL);
    axis.setTickLabelFont(TICK);
    axis.setAutoRangeIncludesZero(true);
    return axis;
  }

  static Shape circle() {
    return new Ellipse2D.Double(-SIZE / 2, -SIZE / 2, SIZE, SIZE);
  }

  static Shape square() {
    return new Rectangle2D.Double(-SIZE / 2, -SIZE / 2, SIZE, SIZE);
  }

  static Shape triangle() {
    Path2D path = new Path2D.Double();
    path.moveTo(0, -SIZE * 0.6);
    path.lineTo(SIZE * 0.6, SIZE * 0.5);
    path.lineTo(-SIZE * 0.6, SIZE * 0.5);
    path.closePath();
    return path;
  }

  private static BasicStroke solid() {
    return new BasicStroke(LINE_WIDTH, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }

  private static BasicStroke dashed() {
    return new BasicStroke(LINE_WIDTH, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, DASHES, 0);
  }
}
