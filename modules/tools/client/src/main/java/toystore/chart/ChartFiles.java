package toystore.chart;

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
import org.apache.batik.svggen.SVGIDGenerator;
import org.jfree.chart.JFreeChart;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import toystore.command.CommandFailed;
import toystore.command.ExitCode;

/** Charts as SVG and PNG files, without a screen. */
public final class ChartFiles {
  private static final String SVG = "http://www.w3.org/2000/svg";

  /** Batik's reference to a file on the net, which some readers would fetch. */
  private static final Pattern DOCTYPE = Pattern.compile("<!DOCTYPE[^>]*>");

  private static final Pattern PROLOGUE = Pattern.compile("<\\?xml[^>]*\\?>");

  /** Sharp on a screen that packs its points, and on paper. */
  private static final int PNG_SCALE = 2;

  private ChartFiles() {}

  /**
   * Whether text can be drawn: Java takes its fonts from the system, and a small one has none. It
   * throws then whatever comes first, from UnsatisfiedLinkError to a bare Error.
   */
  public static boolean canDrawText() {
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

  /**
   * Refuses to begin what would end without its charts.
   *
   * @throws CommandFailed when text cannot be drawn
   */
  public static void requireFonts() {
    // No screen is needed, and none is to be opened where there is one.
    System.setProperty("java.awt.headless", "true");
    if (!canDrawText()) {
      throw new CommandFailed(
          ExitCode.NOT_DONE,
          "Java finds no fonts to draw the plots with: install fontconfig and any font"
              + " (Debian: apt-get install fontconfig fonts-dejavu-core)");
    }
  }

  /** Writes {@code name.svg} and {@code name.png}. */
  public static void write(JFreeChart chart, int width, int height, Path folder, String name)
      throws IOException {
    Files.writeString(
        folder.resolve(name + ".svg"), svg(chart, width, height), StandardCharsets.UTF_8);
    ImageIO.write(
        png(chart, width, height), "png", folder.resolve(name + ".png").toFile());
  }

  private static BufferedImage png(JFreeChart chart, int width, int height) {
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
    return svg(chart, width, height, new SVGIDGenerator(), true);
  }

  /**
   * A chart inside a page, whose text a reader can search for.
   *
   * @param id different for each chart of the page: within it, no id may be there twice
   */
  public static String inPage(JFreeChart chart, int width, int height, String id)
      throws IOException {
    SVGIDGenerator ids = new SVGIDGenerator() {
      @Override
      public String generateID(String prefix) {
        return id + "-" + super.generateID(prefix);
      }
    };
    return PROLOGUE.matcher(svg(chart, width, height, ids, false)).replaceFirst("");
  }

  private static String svg(
      JFreeChart chart, int width, int height, SVGIDGenerator ids, boolean outlines)
      throws IOException {
    Document document = emptySvg();
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
    context.setIDGenerator(ids);
    SVGGraphics2D graphics = new SVGGraphics2D(context, outlines);
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
