package toystore.lab;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Files;
import java.nio.file.Path;

/** The page: the console as the front-end has it, and what the lab adds to its head. */
final class LabPage {
  private static final String CONSOLE = "webroot/console/index.html";
  private static final String END_OF_HEAD = "</head>";

  private final Path design;
  private final String html;

  /**
   * @param store the origin of a front-end
   * @param documents where the documents of the store are, if they are there
   */
  LabPage(Vertx vertx, LabGate gate, String store, Path documents) {
    this.design = documents.resolve("design.md");
    String console = vertx.fileSystem().readFileBlocking(CONSOLE).toString();
    String head = meta("lab-token", gate.token())
        + meta("store", store)
        // No link leads to a page that is not there.
        + (Files.isReadable(design) ? meta("design", LabVerticle.DESIGN) : "")
        + "  <link rel=\"stylesheet\" href=\"/lab/lab.css\">\n"
        + "  <script type=\"module\" src=\"/lab/lab.js\"></script>\n";
    this.html = console.replace(END_OF_HEAD, head + END_OF_HEAD);
  }

  private static String meta(String name, String content) {
    return "  <meta name=\"" + name + "\" content=\"" + content + "\">\n";
  }

  void send(RoutingContext ctx) {
    ctx.response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
        .end(html);
  }

  void sendDesign(RoutingContext ctx) {
    if (!Files.isReadable(design)) {
      throw new LabRefusal(LabRefusal.NOT_FOUND, "docs/design.md is not here");
    }
    ctx.response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
        .sendFile(design.toString());
  }
}
