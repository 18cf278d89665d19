package toystore.primarybackup;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import toystore.replication.SimulatedEngine;
import toystore.replication.Simulation;
import toystore.replication.SimulationPlan;

/**
 * Seeded random lives of the primary-backup engine. A failure names its seed; {@code
 * -Dtoystore.seed=N} runs that one alone.
 */
class ReplicaSimulationTest {
  private static final Long ONLY_SEED = Long.getLong("toystore.seed");
  private static final int SEEDS = Integer.getInteger("toystore.seeds", 600);

  private static final SimulatedEngine ENGINE = new PrimaryBackupSimulated();

  @Test
  void threeReplicasKeepEveryPromise() {
    survive(SimulationPlan.rough(3), SEEDS);
  }

  @Test
  void threeReplicasKeepEveryPromiseThoughFilesGetLost() {
    survive(SimulationPlan.rough(3).withWipes(), SEEDS);
  }

  @Test
  void threeReplicasKeepEveryPromiseThoughMachinesStall() {
    survive(SimulationPlan.rough(3).withStalls(), SEEDS);
  }

  @Test
  void fiveReplicasKeepEveryPromise() {
    survive(SimulationPlan.rough(5).withWipes(), SEEDS / 4);
  }

  @Test
  void twoReplicasKeepEveryPromise() {
    survive(SimulationPlan.rough(2), SEEDS / 4);
  }

  @Test
  void oneReplicaKeepsEveryPromise() {
    survive(SimulationPlan.rough(1), SEEDS / 4);
  }

  private static void survive(SimulationPlan plan, int seeds) {
    long[] seedsToRun =
        ONLY_SEED != null ? new long[] {ONLY_SEED} : LongStream.range(0, seeds).toArray();
    long leaderships = 0;
    long committed = 0;
    for (long seed : seedsToRun) {
      try {
        Simulation.Result result = new Simulation(ENGINE, plan.variedBy(seed), seed).run();
        leaderships += result.leaderships();
        committed += result.committed();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "seed " + seed + " of " + plan.variedBy(seed) + ": " + e.getMessage(), e);
      }
    }
    // A simulation in which nothing happens proves nothing.
    assertTrue(leaderships >= seedsToRun.length, "leaderships=" + leaderships);
    assertTrue(committed >= 5L * seedsToRun.length, "committed=" + committed);
  }
}
