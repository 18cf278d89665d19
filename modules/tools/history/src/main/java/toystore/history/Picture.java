package toystore.history;

import java.util.List;
import java.util.Locale;

/** The intervals of a violation's operations as an SVG picture. */
public final class Picture {
  private static final int WIDTH = 960;
  private static final int PLOT = 440;
  private static final int ROW = 22;
  private static final int MARGIN = 16;

  private Picture() {}

  /** One picture with all violations, one below the other. */
  public static String of(List<HistoryViolation> violations) {
    StringBuilder body = new StringBuilder();
    int y = MARGIN;
    for (HistoryViolation violation : violations) {
      y = append(violation, y, body);
    }
    String head =
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" \
        font-family="sans-serif" font-size="12">
        <rect width="100%%" height="100%%" fill="white"/>
        """;
    return String.format(Locale.ROOT, head, WIDTH, y) + body + "</svg>\n";
  }

  private static int append(HistoryViolation violation, int top, StringBuilder body) {
    int y = top + ROW;
    body.append(String.format(
        Locale.ROOT,
        "<text x=\"%d\" y=\"%d\" font-weight=\"bold\">%s</text>%n",
        MARGIN,
        y,
        escape(violation.subject() + ": " + violation.summary())));
    long startNs = Excerpt.startNs(violation);
    double nsPerPixel = Math.max(1, Excerpt.endNs(violation) - startNs) / (double) PLOT;
    for (Operation operation : Excerpt.operations(violation)) {
      y += ROW;
      boolean open = operation.returnNs() == Operation.NEVER;
      double from = Math.max(0, operation.callNs() - startNs) / nsPerPixel;
      double to = open ? PLOT : (operation.returnNs() - startNs) / nsPerPixel;
      boolean stuck = violation.stuck().contains(operation);
      String line =
          """
          <rect x="%d" y="%d" width="%d" height="%d" rx="3" fill="%s"%s/>
          <text x="%d" y="%d">%s</text>
          """;
      body.append(String.format(
          Locale.ROOT,
          line,
          MARGIN + Math.round(from),
          y - ROW / 2,
          Math.max(2, Math.round(to - from)),
          ROW / 2,
          stuck ? "#c62828" : "#90a4ae",
          open ? " stroke=\"black\" stroke-dasharray=\"3\"" : "",
          2 * MARGIN + PLOT,
          y,
          escape("client " + operation.client() + "  " + operation.inWords())));
    }
    return y + ROW;
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
