package toystore.edge;

import io.vertx.core.Deployable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import toystore.model.EngineName;

/**
 * The verticles that a person can run, where they are on the class path. Only their names are known
 * here: this module uses none.
 */
final class Verticles {
  static final List<String> NAMES = Stream.of(
          Stream.of("toystore.catalog.CatalogVerticle"),
          Arrays.stream(EngineName.values()).map(EngineName::verticle),
          Stream.of("toystore.frontend.FrontEndVerticle", "toystore.client.ClientVerticle"))
      .flatMap(names -> names)
      .toList();

  private Verticles() {}

  /** What is wrong with that name, in a line for a person. */
  static Optional<String> complaint(String name) {
    return isVerticle(name)
        ? Optional.empty()
        : Optional.of(name + ": no such verticle: there are "
            + String.join(", ", NAMES.stream().filter(Verticles::isVerticle).toList()));
  }

  private static boolean isVerticle(String name) {
    try {
      return Deployable.class.isAssignableFrom(
          Class.forName(name, false, Verticles.class.getClassLoader()));
    } catch (ClassNotFoundException | LinkageError e) {
      return false; // The second is what a name in a wrong case, or with slashes, comes to.
    }
  }
}
