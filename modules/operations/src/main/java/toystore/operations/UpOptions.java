package toystore.operations;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How {@link Store#up} is to start a store. What is left open is as the data folder remembers it, else as the
 * configuration says.
 *
 * @param engine how the replicas agree; fixed with the first start of a data folder
 * @param cache whether the front-end caches products
 * @param stock what each toy starts with and is restocked to
 * @param conf folder of the configuration files to start from; the checkout's conf/ when empty
 * @param freePorts use free ports in place of the configured ones
 * @param frontEnds how many front-ends to run
 */
public record UpOptions(
    Optional<Engine> engine,
    Optional<Boolean> cache,
    OptionalInt stock,
    Optional<Path> conf,
    boolean freePorts,
    OptionalInt frontEnds) {

  /** Everything as remembered or configured. */
  public static UpOptions defaults() {
    return new UpOptions(
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        false,
        OptionalInt.empty());
  }

  public UpOptions withEngine(Engine chosen) {
    return new UpOptions(Optional.of(chosen), cache, stock, conf, freePorts, frontEnds);
  }

  public UpOptions withCache(boolean enabled) {
    return new UpOptions(engine, Optional.of(enabled), stock, conf, freePorts, frontEnds);
  }

  public UpOptions withStock(int units) {
    return new UpOptions(engine, cache, OptionalInt.of(units), conf, freePorts, frontEnds);
  }

  public UpOptions withConf(Path folder) {
    return new UpOptions(engine, cache, stock, Optional.of(folder), freePorts, frontEnds);
  }

  public UpOptions withFreePorts() {
    return new UpOptions(engine, cache, stock, conf, true, frontEnds);
  }

  public UpOptions withFrontEnds(int count) {
    return new UpOptions(engine, cache, stock, conf, freePorts, OptionalInt.of(count));
  }
}
