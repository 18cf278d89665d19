package toystore.operations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import toystore.model.EngineName;

/**
 * Makes what the services of a store start from, and takes it back when they do not. For one start.
 */
final class Preparation {
  private final Fleet fleet;
  /** Null until something is made; then also the engine that is tried. */
  private LastStart lastStart;

  private EngineName engine;

  Preparation(Fleet fleet) {
    this.fleet = fleet;
  }

  /**
   * Makes the configuration, the token and the copy of the jars. No service may run.
   *
   * @throws OperationFailed when the folder's files are another engine's, or cannot be written
   */
  void make(UpOptions options) {
    Optional<Memory> before = fleet.folder().memory();
    EngineName wanted =
        options.engine().or(() -> before.map(Memory::engine)).orElse(EngineName.usual());
    before
        .map(Memory::engine)
        .filter(owner -> owner != wanted)
        .ifPresent(owner -> refuse(wanted, owner));
    Optional<GivenDatabase> database =
        options.database().or(() -> before.flatMap(Memory::database));
    refuseUnfit(options, wanted, before);
    lastStart = LastStart.of(fleet.folder());
    engine = wanted;
    make(options.with(database), wanted, before);
  }

  /** Whether there is something to undo. */
  boolean isMade() {
    return lastStart != null;
  }

  /** Unless the start has left something running, the folder remembers what it did before. */
  boolean undo() {
    boolean idle = fleet.running().isEmpty();
    if (idle) {
      new Lab(fleet).stop();
      lastStart.restore(engine);
    }
    return idle;
  }

  private void make(UpOptions options, EngineName engine, Optional<Memory> before) {
    StoreFolder folder = fleet.folder();
    Memory memory = new Memory(engine, OptionalInt.empty(), options.frontEnds().orElse(1))
        .with(options.database());

    Configuration configuration = new Configuration(templates(
            options.conf().orElse(fleet.installation().conf()), engine, memory.services()))
        .in(folder)
        .withCache(options.cache());
    options.database().ifPresent(configuration::with);
    OptionalInt stockBefore = before.map(Memory::stock).orElse(OptionalInt.empty());
    stockBefore.ifPresent(configuration::withStock);
    options.stock().ifPresent(configuration::withStock);
    if (options.freePorts()) {
      configuration.withPorts(new FreePorts());
    }
    configuration.services().forEach(Preparation::demandAddress);
    int stock = configuration.stock();
    if (stockBefore.orElse(stock) != stock) {
      fleet.say(restocked(stockBefore.getAsInt(), stock));
    }

    configuration.services().forEach(options.tailoring());
    Lab lab = new Lab(fleet);
    lab.stop(); // It has the lines of another start.
    Optional<LabPlan> plan =
        options.lab() ? Optional.of(lab.prepare(options, configuration)) : Optional.empty();

    folder.remember(memory.withStock(stock));
    folder.dropFurtherLibs();
    folder.makeToken();
    configuration.services().forEach((service, conf) -> Json.write(folder.conf(service), conf));
    lab.keep(plan);
    if (memory.services().contains(Service.DATABASE)) {
      new OwnDatabase(folder).prepare();
    }
    LibCopy.refresh(options.lib().orElse(fleet.installation().lib()), folder.lib());
  }

  private static void demandAddress(Service service, ObjectNode conf) {
    try {
      Addresses.demand(service, conf);
    } catch (OperationFailed e) {
      throw new OperationFailed("the configuration of " + service + ": " + e.getMessage(), e);
    }
  }

  private void refuseUnfit(UpOptions options, EngineName engine, Optional<Memory> before) {
    if (options.database().isPresent() && engine.hasReplicas()) {
      throw new OperationFailed("--postgres is for the engine postgres: use --engine postgres too");
    }
    if (options.lab() && !engine.hasReplicas()) {
      throw new OperationFailed("the lab breaks stores with replicas only: leave --lab out;"
          + " kill, pause and start break desks, and the console shows it");
    }
    if (options.database().isPresent()
        && before.filter(memory -> memory.database().isEmpty()).isPresent()) {
      throw new OperationFailed("the store in " + fleet.folder().root()
          + " has a database of its own, and its orders are there: choose another --data folder");
    }
  }

  private void refuse(EngineName asked, EngineName owner) {
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

  /** The files of that folder from which the configuration of each service is made. */
  static Map<Service, ObjectNode> templates(
      Path folder, EngineName engine, List<Service> services) {
    Map<Service, ObjectNode> templates = new LinkedHashMap<>();
    for (Service service : services) {
      Path file = folder.resolve(service.template(engine));
      if (!Files.exists(file)) {
        throw new OperationFailed("no configuration for " + service + ": " + file + " is missing");
      }
      templates.put(service, Json.read(file));
    }
    return templates;
  }
}
