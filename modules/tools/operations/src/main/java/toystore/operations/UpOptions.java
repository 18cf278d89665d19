package toystore.operations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import toystore.model.EngineName;

/**
 * How {@link LocalStore#up} is to start a store. What is left open is as the data folder remembers
 * it, else as the configuration says.
 *
 * @param engine how the replicas agree; fixed with the first start of a data folder
 * @param cache whether the front-end caches products
 * @param stock what each toy starts with and is restocked to
 * @param conf folder of the configuration files to start from; the checkout's conf/ when empty
 * @param freePorts use free ports in place of the configured ones
 * @param frontEnds how many front-ends to run
 * @param database to use in place of one of its own, where the engine needs one
 * @param lib folder of the jars to run; those of the checkout when empty
 * @param lab serve the lab, where everybody at this machine may break the store
 * @param tailoring changes the configuration of each service, when all else in it is decided
 */
public record UpOptions(
    Optional<EngineName> engine,
    Optional<Boolean> cache,
    OptionalInt stock,
    Optional<Path> conf,
    boolean freePorts,
    OptionalInt frontEnds,
    Optional<GivenDatabase> database,
    Optional<Path> lib,
    boolean lab,
    BiConsumer<Service, ObjectNode> tailoring) {
  private static final BiConsumer<Service, ObjectNode> AS_CONFIGURED = (service, conf) -> {};

  /** What most stores are started with: the jars and the configuration as they are. */
  UpOptions(
      Optional<EngineName> engine,
      Optional<Boolean> cache,
      OptionalInt stock,
      Optional<Path> conf,
      boolean freePorts,
      OptionalInt frontEnds,
      boolean lab) {
    this(
        engine,
        cache,
        stock,
        conf,
        freePorts,
        frontEnds,
        Optional.empty(),
        Optional.empty(),
        lab,
        AS_CONFIGURED);
  }

  /** Everything as remembered or configured. */
  public static UpOptions defaults() {
    return new UpOptions(
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        false,
        OptionalInt.empty(),
        false);
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

  public UpOptions withEngine(EngineName chosen) {
    return new UpOptions(
        Optional.of(chosen),
        cache,
        stock,
        conf,
        freePorts,
        frontEnds,
        database,
        lib,
        lab,
        tailoring);
  }

  public UpOptions withCache(boolean enabled) {
    return new UpOptions(
        engine,
        Optional.of(enabled),
        stock,
        conf,
        freePorts,
        frontEnds,
        database,
        lib,
        lab,
        tailoring);
  }

  public UpOptions withStock(int units) {
    return new UpOptions(
        engine,
        cache,
        OptionalInt.of(units),
        conf,
        freePorts,
        frontEnds,
        database,
        lib,
        lab,
        tailoring);
  }

  public UpOptions withConf(Path folder) {
    return new UpOptions(
        engine,
        cache,
        stock,
        Optional.of(folder),
        freePorts,
        frontEnds,
        database,
        lib,
        lab,
        tailoring);
  }

  public UpOptions withFreePorts() {
    return new UpOptions(
        engine, cache, stock, conf, true, frontEnds, database, lib, lab, tailoring);
  }

  public UpOptions withFrontEnds(int count) {
    return new UpOptions(
        engine,
        cache,
        stock,
        conf,
        freePorts,
        OptionalInt.of(count),
        database,
        lib,
        lab,
        tailoring);
  }

  public UpOptions withLab() {
    return new UpOptions(
        engine, cache, stock, conf, freePorts, frontEnds, database, lib, true, tailoring);
  }

  UpOptions with(Optional<GivenDatabase> given) {
    return new UpOptions(
        engine, cache, stock, conf, freePorts, frontEnds, given, lib, lab, tailoring);
  }

  public UpOptions withLib(Path jars) {
    return new UpOptions(
        engine,
        cache,
        stock,
        conf,
        freePorts,
        frontEnds,
        database,
        Optional.of(jars),
        lab,
        tailoring);
  }

  public UpOptions withTailoring(BiConsumer<Service, ObjectNode> change) {
    return new UpOptions(
        engine, cache, stock, conf, freePorts, frontEnds, database, lib, lab, change);
  }
}
