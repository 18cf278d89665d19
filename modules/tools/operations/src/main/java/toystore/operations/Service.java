package toystore.operations;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import toystore.model.EngineName;

/**
 * One microservice of a store.
 *
 * @param name what people call it: catalog, order-1, front-end, ...
 * @param id from 1 among those of its kind
 */
public record Service(String name, ServiceKind kind, int id) {
  /** The three kinds of microservice, in the order in which they start. */
  public enum ServiceKind {
    CATALOG,
    ORDER,
    FRONT_END
  }

  static final int REPLICAS = 3;

  private static final Pattern NUMBERED = Pattern.compile("(order|front-end)-([1-9])");

  static final Comparator<Service> STARTING_ORDER =
      Comparator.comparing(Service::kind).thenComparing(Service::id);

  static final Service CATALOG = new Service("catalog", ServiceKind.CATALOG, 1);

  /** Serves on the port of a front-end while that is restarted. */
  static final Service STAND_IN = new Service("stand-in", ServiceKind.FRONT_END, 10);

  static Service replica(int id) {
    return new Service("order-" + id, ServiceKind.ORDER, id);
  }

  /** The first front-end has no number: most stores have one. */
  static Service frontEnd(int id) {
    return new Service(id == 1 ? "front-end" : "front-end-" + id, ServiceKind.FRONT_END, id);
  }

  /** The service that has this name, in whatever store. */
  static Optional<Service> named(String name) {
    Matcher numbered = NUMBERED.matcher(name);
    if (numbered.matches()) {
      int id = Integer.parseInt(numbered.group(2));
      return Optional.of(numbered.group(1).equals("order") ? replica(id) : frontEnd(id))
          .filter(service -> service.name().equals(name));
    }
    return Stream.of(CATALOG, frontEnd(1), STAND_IN)
        .filter(one -> one.name().equals(name))
        .findFirst();
  }

  /** All services of a store, in the order in which they start. */
  static List<Service> all(int frontEnds) {
    return Stream.of(
            Stream.of(CATALOG),
            replicas().stream(),
            IntStream.rangeClosed(1, frontEnds).mapToObj(Service::frontEnd))
        .flatMap(services -> services)
        .collect(Collectors.toUnmodifiableList());
  }

  static List<Service> replicas() {
    return IntStream.rangeClosed(1, REPLICAS)
        .mapToObj(Service::replica)
        .collect(Collectors.toUnmodifiableList());
  }

  /** Its verticle; a replica's depends on the engine. */
  String verticle(EngineName engine) {
    return switch (kind) {
      case CATALOG -> "toystore.catalog.CatalogVerticle";
      case ORDER -> engine.verticle();
      case FRONT_END -> "toystore.frontend.FrontEndVerticle";
    };
  }

  /** The file under conf/ from which its configuration is made. */
  String template(EngineName engine) {
    return switch (kind) {
      case CATALOG -> "catalog.json";
      case ORDER -> engine.filePrefix() + name + ".json";
      case FRONT_END -> "front-end.json";
    };
  }

  @Override
  public String toString() {
    return name;
  }
}
