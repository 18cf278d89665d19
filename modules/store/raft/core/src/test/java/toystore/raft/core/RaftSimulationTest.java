package toystore.raft.core;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;

/** All promises hold after every event, whatever fails, and when it ends the group gets well. */
class RaftSimulationTest {
  private static final int RUNS = Integer.getInteger("raft.runs", 60);
  private static final long FIRST_SEED = Long.getLong("raft.seed", 1);

  @Test
  void threeReplicasKeepAllPromises() {
    run(SimSettings.of(3));
  }

  @Test
  void fiveReplicasKeepAllPromises() {
    run(SimSettings.of(5));
  }

  private static void run(SimSettings settings) {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + RUNS; seed++) {
      try {
        new Simulation(settings, seed).run();
      } catch (Violation violation) {
        fail("seed " + seed + ", " + settings.members() + " members", violation);
      }
    }
  }
}
