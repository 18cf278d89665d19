package toystore.frontend;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which pages of other origins a browser lets use the store: those that the configuration names.
 * Immutable.
 */
final class Cors {
  private static final String ANY = "*";
  private static final String REQUEST_HEADERS =
      "Content-Type, Idempotency-Key, X-Request-Id, traceparent";
  private static final String ANSWER_HEADERS =
      "Idempotency-Key, Retry-After, Toystore-Cache, X-Request-Id";
  private static final String TEN_MINUTES = "600";

  private static final Pattern ORIGIN =
      Pattern.compile("(https?)://([a-z0-9._-]+|\\[[0-9a-f:.]+])(?::([1-9][0-9]{0,4}))?");
  private static final Map<String, String> USUAL_PORTS = Map.of("http", "80", "https", "443");

  private final Set<String> origins;

  Cors(Set<String> origins) {
    this.origins = Set.copyOf(origins);
  }

  /** Whether a browser could name it so: in lower case, without a path and the usual port. */
  static boolean isOrigin(String text) {
    Matcher origin = ORIGIN.matcher(text);
    return ANY.equals(text)
        || origin.matches() && !USUAL_PORTS.get(origin.group(1)).equals(origin.group(3));
  }

  /** Says in an answer whether the page that asked may see it. */
  void mark(HttpServerRequest request) {
    if (origins.isEmpty()) {
      return;
    }
    HttpServerResponse response = request.response().putHeader(HttpHeaders.VARY, "Origin");
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (allows(origin)) {
      response
          .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
          .putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, ANSWER_HEADERS);
    }
  }

  /** Says which methods a page may use, to a browser that asks before it uses one. */
  void permit(HttpServerRequest request, String methods) {
    if (allows(request.getHeader(HttpHeaders.ORIGIN))) {
      request
          .response()
          .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, methods)
          .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS)
          .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, TEN_MINUTES);
    }
  }

  private boolean allows(String origin) {
    return origin != null && (origins.contains(origin) || origins.contains(ANY));
  }
}
