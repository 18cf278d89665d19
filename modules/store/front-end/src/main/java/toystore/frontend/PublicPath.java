package toystore.frontend;

import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The paths of the public API, and the methods that each takes. The document at {@code
 * /docs/api/openapi.json} describes each of them: a test compares. Pages have theirs in {@link
 * WebPages}.
 */
enum PublicPath {
  PRODUCTS("/products", HttpMethod.GET, HttpMethod.HEAD),
  PRODUCT("/products/{name}", HttpMethod.GET, HttpMethod.HEAD),
  ORDERS("/orders", HttpMethod.POST),
  ORDER("/orders/{number}", HttpMethod.GET, HttpMethod.HEAD),
  STOCK("/stock", HttpMethod.GET),
  STATUS("/status", HttpMethod.GET, HttpMethod.HEAD),
  HEALTH("/healthz", HttpMethod.GET, HttpMethod.HEAD),
  CONSOLE_EVENTS("/console/events", HttpMethod.GET);

  /** A part that may be anything. */
  private static final Pattern PART = Pattern.compile("\\{[^/]+}");

  private final String template;
  private final List<HttpMethod> methods;

  PublicPath(String template, HttpMethod... methods) {
    this.template = template;
    this.methods = List.of(methods);
  }

  /** The path, with a name in braces for each part that may be anything. */
  String template() {
    return template;
  }

  /** What the path looks like, for the router. */
  String regex() {
    return PART.matcher(template).replaceAll("[^/]+");
  }

  /** Its name among the figures of the front-end. */
  String measured() {
    return PART.matcher(template).replaceAll("*");
  }

  List<HttpMethod> methods() {
    return methods;
  }
}
