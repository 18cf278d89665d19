package toystore.operations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes what the services of a store start from. */
final class Preparation {
  private final Fleet fleet;

  Preparation(Fleet fleet) {
    this.fleet = fleet;
  }

  /**
   * Makes the configuration, the token and the copy of the jars. No service may run.
   *
   * @throws OperationFailed when the folder's orders are another engine's
   */
  void make(UpOptions options) {
    StoreFolder folder = fleet.folder();
    Optional<Memory> before = folder.memory();
    Engine engine =
        options.engine().or(() -> before.map(Memory::engine)).orElse(Engine.PRIMARY_BACKUP);
    before
        .map(Memory::engine)
        .filter(owner -> owner != engine)
        .ifPresent(owner -> refuse(engine, owner));
    int frontEnds = options.frontEnds().orElse(1);

    Configuration configuration = new Configuration(
            templates(options.conf().orElse(fleet.checkout().conf()), engine, frontEnds))
        .in(folder)
        .withEngine(engine)
        .withCache(options.cache());
    before.ifPresent(memory -> configuration.withStock(memory.stock()));
    options.stock().ifPresent(configuration::withStock);
    if (options.freePorts()) {
      configuration.withPorts(new FreePorts());
    }
    before
        .filter(memory -> memory.stock() != configuration.stock())
        .ifPresent(memory -> fleet.say(restocked(memory.stock(), configuration.stock())));

    configuration.services().forEach(options.tailoring());

    folder.remember(new Memory(engine, configuration.stock(), frontEnds));
    folder.makeToken();
    configuration.services().forEach((service, conf) -> Json.write(folder.conf(service), conf));
    LibCopy.refresh(options.lib().orElse(fleet.checkout().lib()), folder.lib());
  }

  private void refuse(Engine asked, Engine owner) {
    throw new OperationFailed("the orders in "
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
