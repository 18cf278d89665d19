package toystore.operations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes what the services of a store start from. */
final class Preparation {
  private final Fleet fleet;

  Preparation(Fleet fleet) {
    this.fleet = fleet;
  }

  /**
   * Makes the configuration, the token and the copy of the jars, and starts with them. When that
   * fails and leaves nothing running, the folder remembers what it did before. No service may run.
   *
   * @throws OperationFailed when the folder's files are another engine's, or as the start does
   */
  void start(UpOptions options, Runnable start) {
    Optional<Memory> before = fleet.folder().memory();
    Engine engine =
        options.engine().or(() -> before.map(Memory::engine)).orElse(Engine.PRIMARY_BACKUP);
    before
        .map(Memory::engine)
        .filter(owner -> owner != engine)
        .ifPresent(owner -> refuse(engine, owner));
    LastStart lastStart = LastStart.of(fleet.folder());
    boolean started = false;
    try {
      make(options, engine, before);
      start.run();
      started = true;
    } finally {
      if (!started && fleet.running().isEmpty()) {
        lastStart.restore(engine);
      }
    }
  }

  private void make(UpOptions options, Engine engine, Optional<Memory> before) {
    StoreFolder folder = fleet.folder();
    int frontEnds = options.frontEnds().orElse(1);

    Configuration configuration = new Configuration(
            templates(options.conf().orElse(fleet.checkout().conf()), engine, frontEnds))
        .in(folder)
        .withEngine(engine)
        .withCache(options.cache());
    OptionalInt stockBefore = before.map(Memory::stock).orElse(OptionalInt.empty());
    stockBefore.ifPresent(configuration::withStock);
    options.stock().ifPresent(configuration::withStock);
    if (options.freePorts()) {
      configuration.withPorts(new FreePorts());
    }
    int stock = configuration.stock();
    if (stockBefore.orElse(stock) != stock) {
      fleet.say(restocked(stockBefore.getAsInt(), stock));
    }

    configuration.services().forEach(options.tailoring());

    folder.remember(new Memory(engine, OptionalInt.of(stock), frontEnds));
    folder.makeToken();
    configuration.services().forEach((service, conf) -> Json.write(folder.conf(service), conf));
    LibCopy.refresh(options.lib().orElse(fleet.checkout().lib()), folder.lib());
  }

  private void refuse(Engine asked, Engine owner) {
    throw new OperationFailed("the files in "
        + fleet.folder().root()
        + " were written by the engine "
        + owner
        + ": use --engine "
        + owner
        + ", or another --data folder for "
        + asked);
  }

  private static String restocked(int before, int now) {
    return "this data is resumed: toys keep what is in stock, and are restocked to " + now
        + " (before: " + before + ")";
  }

  private static Map<Service, ObjectNode> templates(Path folder, Engine engine, int frontEnds) {
    Map<Service, ObjectNode> templates = new LinkedHashMap<>();
    for (Service service : Service.all(frontEnds)) {
      Path file = folder.resolve(service.template(engine));
      if (!Files.exists(file)) {
        throw new OperationFailed("no configuration for " + service + ": " + file + " is missing");
      }
      templates.put(service, Json.read(file));
    }
    return templates;
  }
}
