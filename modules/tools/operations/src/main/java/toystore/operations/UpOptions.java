package toystore.operations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import toystore.model.EngineName;

/**
 * How {@link LocalStore#up} is to start a store. What is left open is as the data folder remembers
 * it, else as the configuration says.
 */
public final class UpOptions {
  // Invariant: none of these changes once others see the object; each of the methods below makes
  // another.
  private Optional<EngineName> engine = Optional.empty();
  private Optional<Boolean> cache = Optional.empty();
  private OptionalInt stock = OptionalInt.empty();
  private Optional<Path> conf = Optional.empty();
  private boolean freePorts;
  private OptionalInt frontEnds = OptionalInt.empty();
  private Optional<GivenDatabase> database = Optional.empty();
  private Optional<Path> lib = Optional.empty();
  private boolean lab;
  private BiConsumer<Service, ObjectNode> tailoring = (service, conf) -> {};

  private UpOptions() {}

  /** Everything as remembered or configured. */
  public static UpOptions defaults() {
    return new UpOptions();
  }

  /**
   * Those that change nothing in a store that runs, by the names that the command gives them.
   *
   * @param running what it was started with
   * @param runningLab what its lab was started with
   */
  List<String> withoutEffect(Optional<Memory> running, Optional<LabPlan> runningLab) {
    List<String> names = new ArrayList<>();
    cache.ifPresent(on -> names.add("--cache"));
    stock.ifPresent(units -> {
      if (running.map(Memory::stock).filter(stock::equals).isEmpty()) {
        names.add("--stock");
      }
    });
    conf.ifPresent(folder -> names.add("--conf"));
    if (freePorts) {
      names.add("--free-ports");
    }
    database.ifPresent(given -> {
      if (!running.flatMap(Memory::database).equals(database)) {
        names.add("--postgres");
      }
    });
    frontEnds.ifPresent(count -> {
      if (running.filter(memory -> memory.frontEnds() == count).isEmpty()) {
        names.add("--front-ends");
      }
    });
    if (lab && runningLab.isEmpty()) {
      names.add("--lab");
    }
    return names;
  }

  /** How the replicas agree; fixed with the first start of a data folder. */
  public UpOptions withEngine(EngineName chosen) {
    return changed(options -> options.engine = Optional.of(chosen));
  }

  public UpOptions withCache(boolean enabled) {
    return changed(options -> options.cache = Optional.of(enabled));
  }

  /** What each toy starts with and is restocked to. */
  public UpOptions withStock(int units) {
    return changed(options -> options.stock = OptionalInt.of(units));
  }

  /** @param folder of the configuration files to start from, in place of the checkout's conf/ */
  public UpOptions withConf(Path folder) {
    return changed(options -> options.conf = Optional.of(folder));
  }

  /** In place of the configured ones. */
  public UpOptions withFreePorts() {
    return changed(options -> options.freePorts = true);
  }

  public UpOptions withFrontEnds(int count) {
    return changed(options -> options.frontEnds = OptionalInt.of(count));
  }

  /** Everybody at this machine may break the store there. */
  public UpOptions withLab() {
    return changed(options -> options.lab = true);
  }

  /** To use in place of one of its own, where the engine needs one. */
  UpOptions with(Optional<GivenDatabase> given) {
    return changed(options -> options.database = given);
  }

  /** In place of those of the checkout. */
  public UpOptions withLib(Path jars) {
    return changed(options -> options.lib = Optional.of(jars));
  }

  /** @param change to the configuration of each service, when all else in it is decided */
  public UpOptions withTailoring(BiConsumer<Service, ObjectNode> change) {
    return changed(options -> options.tailoring = change);
  }

  private UpOptions changed(Consumer<UpOptions> change) {
    UpOptions copy = new UpOptions();
    copy.engine = engine;
    copy.cache = cache;
    copy.stock = stock;
    copy.conf = conf;
    copy.freePorts = freePorts;
    copy.frontEnds = frontEnds;
    copy.database = database;
    copy.lib = lib;
    copy.lab = lab;
    copy.tailoring = tailoring;
    change.accept(copy);
    return copy;
  }

  Optional<EngineName> engine() {
    return engine;
  }

  Optional<Boolean> cache() {
    return cache;
  }

  OptionalInt stock() {
    return stock;
  }

  Optional<Path> conf() {
    return conf;
  }

  boolean freePorts() {
    return freePorts;
  }

  OptionalInt frontEnds() {
    return frontEnds;
  }

  Optional<GivenDatabase> database() {
    return database;
  }

  Optional<Path> lib() {
    return lib;
  }

  boolean lab() {
    return lab;
  }

  BiConsumer<Service, ObjectNode> tailoring() {
    return tailoring;
  }
}
