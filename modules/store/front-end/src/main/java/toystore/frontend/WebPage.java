package toystore.frontend;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;

/** The store's web page: a few files, held in memory. Immutable. */
final class WebPage {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final Map<String, File> files;

  private WebPage(Map<String, File> files) {
    this.files = files;
  }

  static WebPage load() {
    File index = file("index.html", "text/html; charset=utf-8");
    return new WebPage(Map.of(
        "/", index,
        "/index.html", index,
        "/app.js", file("app.js", "text/javascript; charset=utf-8"),
        "/style.css", file("style.css", "text/css; charset=utf-8"),
        "/icon.svg", file("icon.svg", "image/svg+xml")));
  }

  Set<String> paths() {
    return files.keySet();
  }

  /** The file at a path; the response gets the headers that it needs. */
  Future<Buffer> file(RoutingContext ctx, String path) {
    File file = files.get(path);
    ctx.response()
        .putHeader(HttpHeaders.CONTENT_TYPE, file.type)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer");
    return Future.succeededFuture(file.content);
  }

  private static File file(String name, String type) {
    try (InputStream in = WebPage.class.getResourceAsStream("/webroot/" + name)) {
      if (in == null) {
        throw new IllegalStateException("webroot/" + name + " is not in the jar");
      }
      return new File(Buffer.buffer(in.readAllBytes()), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record File(Buffer content, String type) {}
}
