package toystore.frontend;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.StaticHandler;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The pages and what they need: the files in {@code webroot}, each at its path. A folder's {@code
 * index.html} is also at the path of its folder, and that of the shop at {@code /}. Owned by one
 * event loop.
 */
final class WebPages {
  private static final String ROOT = "webroot";
  private static final String INDEX = "/index.html";
  private static final String SHOP = "/shop" + INDEX;

  private static final String API = "/docs/api/";

  private static final String POLICY = policy("'self'", "'self'");
  /** Swagger UI sets styles of its elements, and has pictures in its style sheet. */
  private static final String API_POLICY = policy("'self' 'unsafe-inline'", "'self' data:");

  private final StaticHandler files = StaticHandler.create(ROOT).setEnableRangeSupport(false);
  private final Replies replies;
  /** By path. A tag is made from the content: it stays when the process starts again. */
  private final Map<String, String> tags = new LinkedHashMap<>();

  private final Map<String, String> pages;

  private WebPages(Replies replies) {
    this.replies = replies;
    this.pages = new LinkedHashMap<>(Map.of("/", SHOP, INDEX, SHOP));
  }

  static WebPages load(Vertx vertx, Replies replies) {
    WebPages pages = new WebPages(replies);
    pages.find(vertx.fileSystem(), ROOT);
    return pages;
  }

  private void find(FileSystem system, String folder) {
    // The folder was unpacked somewhere: names, not places, are of interest.
    for (String place : system.readDirBlocking(folder)) {
      String file = folder + place.substring(place.lastIndexOf('/'));
      if (system.propsBlocking(file).isDirectory()) {
        find(system, file);
      } else {
        String path = file.substring(ROOT.length());
        tags.put(path, tag(system.readFileBlocking(file)));
        if (path.endsWith(INDEX)) {
          pages.put(path.substring(0, path.length() - INDEX.length()), path);
        }
      }
    }
  }

  Set<String> paths() {
    return Stream.concat(pages.keySet().stream(), tags.keySet().stream())
        .collect(Collectors.toSet());
  }

  /** Sends what is at one of the {@link #paths}. */
  void send(RoutingContext ctx) {
    String path = ctx.request().path();
    String page = pages.get(path.length() > 1 && path.endsWith("/") ? shorter(path) : path);
    if (page != null) {
      ctx.reroute(page);
      return;
    }
    HttpServerRequest request = ctx.request();
    HttpServerResponse response = ctx.response();
    if (replies.mark(request)) {
      ctx.addEndHandler(sent -> request.connection().close());
    }
    response
        // Asked each time whether it is still the same: a new version shows at once.
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
        .putHeader("Content-Security-Policy", path.startsWith(API) ? API_POLICY : POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin");
    String tag = tags.get(path);
    if (tag != null) {
      response.putHeader(HttpHeaders.ETAG, tag);
    }
    files.handle(ctx);
    // It waits for nothing in the request, which may have a body that nobody reads.
    request.resume();
  }

  private static String policy(String styles, String images) {
    return "default-src 'none'; script-src 'self'; style-src " + styles
        + "; connect-src 'self'; img-src " + images
        + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  }

  private static String shorter(String path) {
    return path.substring(0, path.length() - 1);
  }

  private static String tag(Buffer content) {
    return '"' + UUID.nameUUIDFromBytes(content.getBytes()).toString() + '"';
  }
}
