package toystore.evaluation;

import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.JFreeChart;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Charts as SVG and PNG files, without a screen. */
final class ChartFiles {
  private static final String SVG = "http://www.w3.org/2000/svg";

  /** Batik's reference to a file on the net, which some readers would fetch. */
  private static final Pattern DOCTYPE = Pattern.compile("<!DOCTYPE[^>]*>");

  /** Sharp on a screen that packs its points, and on paper. */
  private static final int PNG_SCALE = 2;

  private ChartFiles() {}

  /**
   * Whether text can be drawn: Java takes its fonts from the system, and a small one has none. It
   * throws then whatever comes first, from UnsatisfiedLinkError to a bare Error.
   */
  static boolean canDrawText() {
    Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    try {
      return graphics.getFontMetrics(new Font(Font.SANS_SERIF, Font.PLAIN, 12)).stringWidth("p")
          > 0;
    } catch (Error | RuntimeException e) {
      return false;
    } finally {
      graphics.dispose();
    }
  }

  /** Writes {@code name.svg} and {@code name.png}. */
  static void write(JFreeChart chart, int width, int height, Path folder, String name)
      throws IOException {
    Files.writeString(
        folder.resolve(name + ".svg"), svg(chart, width, height), StandardCharsets.UTF_8);
    ImageIO.write(
        png(chart, width, height), "png", folder.resolve(name + ".png").toFile());
  }

  static BufferedImage png(JFreeChart chart, int width, int height) {
    BufferedImage image =
        new BufferedImage(width * PNG_SCALE, height * PNG_SCALE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(PNG_SCALE, PNG_SCALE);
    chart.draw(graphics, new Rectangle2D.Double(0, 0, width, height));
    graphics.dispose();
    return image;
  }

  /** Text becomes outlines: it looks the same wherever it is looked at. */
  static String svg(JFreeChart chart, int width, int height) throws IOException {
    Document document = emptySvg();
    SVGGraphics2D graphics = new SVGGraphics2D(SVGGeneratorContext.createDefault(document), true);
    graphics.setSVGCanvasSize(new Dimension(width, height));
    chart.draw(graphics, new Rectangle2D.Double(0, 0, width, height));
    Element root = graphics.getRoot();
    root.setAttributeNS(null, "viewBox", "0 0 " + width + " " + height);
    Element title = document.createElementNS(SVG, "title");
    title.setTextContent(chart.getTitle().getText());
    root.insertBefore(title, root.getFirstChild());
    StringWriter text = new StringWriter();
    graphics.stream(root, text, false, false);
    return DOCTYPE.matcher(text.toString()).replaceFirst("");
  }

  private static Document emptySvg() {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument(SVG, "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("the JDK has no XML", e);
    }
  }
}
