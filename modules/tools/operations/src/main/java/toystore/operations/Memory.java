package toystore.operations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import toystore.model.EngineName;

/**
 * What a data folder remembers from one start to the next.
 *
 * @param engine whose files the replicas' are
 * @param stock what each toy is restocked to; empty until a start has succeeded
 * @param frontEnds how many ran last
 * @param lib the folder of the jars from which services are started, in the data folder
 * @param database that the store was given; empty for one of its own, and for none
 */
record Memory(
    EngineName engine,
    OptionalInt stock,
    int frontEnds,
    String lib,
    Optional<GivenDatabase> database) {
  static final String FIRST_LIB = "lib";

  /** Grows when an older program would misunderstand it. */
  private static final int VERSION = 1;

  /** What a start remembers. */
  Memory(EngineName engine, OptionalInt stock, int frontEnds) {
    this(engine, stock, frontEnds, FIRST_LIB, Optional.empty());
  }

  static Memory of(ObjectNode json) {
    int version = json.path("version").asInt(VERSION);
    if (version > VERSION) {
      throw new OperationFailed("the data folder has version " + version
          + " of its memory, store.json, and this program knows " + VERSION
          + ": a newer toystore has used it, so use that one");
    }
    return new Memory(
        engine(json.path("engine").asText()),
        json.has("stock") ? OptionalInt.of(json.path("stock").asInt()) : OptionalInt.empty(),
        Math.max(1, json.path("frontEnds").asInt(1)),
        json.path("lib").asText(FIRST_LIB),
        GivenDatabase.of(json.path("database")));
  }

  /**
   * The engine that a file names.
   *
   * @throws OperationFailed when this program does not know it
   */
  static EngineName engine(String word) {
    try {
      return EngineName.of(word);
    } catch (IllegalArgumentException e) {
      throw new OperationFailed(e.getMessage());
    }
  }

  /** What the files of an installation say. */
  static Memory ofInstallation(Path conf) {
    try (Stream<Path> files = Files.list(conf)) {
      Path file = conf.resolve("toystore.env");
      String environment = Files.exists(file) ? Files.readString(file) : "";
      EngineName engine = Arrays.stream(EngineName.values())
          .filter(
              each -> environment.lines().anyMatch(("ORDER_VERTICLE=" + each.verticle())::equals))
          .findFirst()
          .orElse(EngineName.usual());
      long frontEnds = files
          .filter(each -> each.getFileName().toString().matches("front-end(-[2-9])?\\.json"))
          .count();
      return new Memory(engine, OptionalInt.empty(), Math.max(1, (int) frontEnds));
    } catch (IOException e) {
      throw FileTrouble.failure("cannot read " + conf + " (as root, or by sudo, it can be)", e);
    }
  }

  Memory withStock(int units) {
    return new Memory(engine, OptionalInt.of(units), frontEnds, lib, database);
  }

  Memory withLib(String other) {
    return new Memory(engine, stock, frontEnds, other, database);
  }

  Memory with(Optional<GivenDatabase> given) {
    return new Memory(engine, stock, frontEnds, lib, given);
  }

  /** What runs in such a store, in the order in which it starts. */
  List<Service> services() {
    return engine.hasReplicas()
        ? Service.all(frontEnds)
        : Service.ofDesks(database.isEmpty(), frontEnds);
  }

  ObjectNode toJson() {
    ObjectNode json = Json.object()
        .put("version", VERSION)
        .put("engine", engine.toString())
        .put("frontEnds", frontEnds);
    stock.ifPresent(units -> json.put("stock", units));
    if (!lib.equals(FIRST_LIB)) {
      json.put("lib", lib);
    }
    database.ifPresent(given -> json.set("database", given.toJson()));
    return json;
  }
}
