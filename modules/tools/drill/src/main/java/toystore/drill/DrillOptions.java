package toystore.drill;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import toystore.model.EngineName;

/**
 * What a drill does.
 *
 * @param rounds how many faults, one a round
 * @param seed of all that is left to chance
 * @param faults which kinds, in turn
 * @param cuts what cuts are made by
 * @param duration for which clients run in one round
 * @param clients of each toy
 * @param out where the report and the histories of failed rounds go
 * @param spin threads that keep the processors busy all the time
 * @param keepHistory whether the histories of good rounds go there too
 * @param lib jars of the store to drill; those of the checkout when empty
 */
record DrillOptions(
    int rounds,
    long seed,
    List<FaultKind> faults,
    CutMeans cuts,
    Duration duration,
    EngineName engine,
    int clients,
    Path out,
    int spin,
    boolean keepHistory,
    Optional<Path> lib) {
  /** Of a drill of which nothing else was said. */
  static final int USUAL_ROUNDS = 12;

  DrillOptions withFaults(List<FaultKind> kinds) {
    return new DrillOptions(
        rounds, seed, kinds, cuts, duration, engine, clients, out, spin, keepHistory, lib);
  }
}
