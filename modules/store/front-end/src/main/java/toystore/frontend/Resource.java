package toystore.frontend;

import static java.util.stream.Collectors.joining;

import io.vertx.core.http.HttpMethod;
import java.util.List;

/** What a path leads to, and the methods that it takes. */
enum Resource {
  PRODUCT(HttpMethod.GET, HttpMethod.HEAD),
  PRODUCTS(HttpMethod.GET, HttpMethod.HEAD),
  ORDER(HttpMethod.GET, HttpMethod.HEAD),
  ORDERS(HttpMethod.POST),
  STATUS(HttpMethod.GET, HttpMethod.HEAD),
  PAGE(HttpMethod.GET, HttpMethod.HEAD),
  /** The store as a whole, which can only be asked for its methods. */
  STORE(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST);

  private final List<HttpMethod> taken;
  private final String methods;

  Resource(HttpMethod... taken) {
    this.taken = List.of(taken);
    this.methods = this.taken.stream().map(HttpMethod::name).collect(joining(", ")) + ", OPTIONS";
  }

  boolean takes(HttpMethod method) {
    return taken.contains(method);
  }

  /** As the header Allow lists them. */
  String methods() {
    return methods;
  }
}
