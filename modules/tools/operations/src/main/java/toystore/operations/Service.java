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
  /** The kinds of microservice, in the order in which they start. */
  public enum ServiceKind {
    /** A PostgreSQL that a command started. */
    DATABASE,
    CATALOG,
    ORDER,
    /** Catalog and order service in one, on a PostgreSQL. */
    DESK,
    FRONT_END
  }

  static final int REPLICAS = 3;
  static final int DESKS = 2;

  private static final Pattern NUMBERED = Pattern.compile("(order|desk|front-end)-([1-9])");

  static final Comparator<Service> STARTING_ORDER =
      Comparator.comparing(Service::kind).thenComparing(Service::id);

  static final Service CATALOG = new Service("catalog", ServiceKind.CATALOG, 1);

  static final Service DATABASE = new Service("database", ServiceKind.DATABASE, 1);

  /** Serves on the port of a front-end while that is restarted. */
  static final Service STAND_IN = new Service("stand-in", ServiceKind.FRONT_END, 10);

  static Service replica(int id) {
    return new Service("order-" + id, ServiceKind.ORDER, id);
  }

  static Service desk(int id) {
    return new Service("desk-" + id, ServiceKind.DESK, id);
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
      Service found =
          switch (numbered.group(1)) {
            case "order" -> replica(id);
            case "desk" -> desk(id);
            default -> frontEnd(id);
          };
      return Optional.of(found).filter(service -> service.name().equals(name));
    }
    return Stream.of(CATALOG, DATABASE, frontEnd(1), STAND_IN)
        .filter(one -> one.name().equals(name))
        .findFirst();
  }

  /** All services of a store with replicas, in the order in which they start. */
  static List<Service> all(int frontEnds) {
    return inOrder(Stream.of(CATALOG), replicas().stream(), frontEnds);
  }

  /** All services of a store of desks, in the order in which they start. */
  static List<Service> ofDesks(boolean ownDatabase, int frontEnds) {
    return inOrder(ownDatabase ? Stream.of(DATABASE) : Stream.empty(), desks().stream(), frontEnds);
  }

  private static List<Service> inOrder(
      Stream<Service> first, Stream<Service> second, int frontEnds) {
    return Stream.of(first, second, IntStream.rangeClosed(1, frontEnds).mapToObj(Service::frontEnd))
        .flatMap(services -> services)
        .collect(Collectors.toUnmodifiableList());
  }

  static List<Service> desks() {
    return IntStream.rangeClosed(1, DESKS)
        .mapToObj(Service::desk)
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
      case ORDER, DESK -> engine.verticle();
      case DATABASE -> throw new IllegalStateException("a database runs no verticle");
      case FRONT_END -> "toystore.frontend.FrontEndVerticle";
    };
  }

  /** The file under conf/ from which its configuration is made. */
  String template(EngineName engine) {
    return switch (kind) {
      case CATALOG, DATABASE, DESK -> name + ".json";
      case ORDER -> engine.filePrefix() + name + ".json";
      case FRONT_END -> (engine.hasReplicas() ? "" : engine.filePrefix()) + "front-end.json";
    };
  }

  @Override
  public String toString() {
    return name;
  }
}
