package toystore.raft.core;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import toystore.replication.Simulation;
import toystore.replication.SimulationPlan;
import toystore.virtualtime.Violation;

/** All promises hold after every event, whatever fails, and when it ends the group gets well. */
class RaftSimulationTest {
  private static final int RUNS = Integer.getInteger("raft.runs", 100);
  private static final long FIRST_SEED = Long.getLong("raft.seed", 1);

  @Test
  void threeReplicasKeepAllPromises() {
    run(SimulationPlan.rough(3), 50);
  }

  @Test
  void threeReplicasKeepAllPromisesThoughDisksGetLost() {
    run(SimulationPlan.rough(3).withWipes(), 50);
  }

  @Test
  void threeReplicasKeepAllPromisesThoughMachinesStall() {
    run(SimulationPlan.rough(3).withStalls(), 30);
  }

  @Test
  void fiveReplicasKeepAllPromises() {
    run(SimulationPlan.rough(5).withWipes(), 50);
  }

  /** @param least entries that a run commits on average: where nothing happens, nothing is shown */
  private static void run(SimulationPlan plan, long least) {
    long leaderships = 0;
    long committed = 0;
    for (long seed = FIRST_SEED; seed < FIRST_SEED + RUNS; seed++) {
      try {
        Simulation.Result result =
            new Simulation(new RaftSimulated(), plan.variedBy(seed), seed).run();
        leaderships += result.leaderships();
        committed += result.committed();
      } catch (Violation violation) {
        fail("seed " + seed + " of " + plan.variedBy(seed), violation);
      }
    }
    assertTrue(leaderships >= 2L * RUNS, "leaderships=" + leaderships);
    assertTrue(committed >= least * RUNS, "committed=" + committed);
  }
}
