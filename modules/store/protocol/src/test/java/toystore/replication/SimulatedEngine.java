package toystore.replication;

import java.util.List;

/** The engine under simulation. */
public interface SimulatedEngine {

  /** The disk of a replica that never ran. */
  SimulatedDisk disk(int id, List<Integer> members, SimulationPlan plan);

  /** Whether front-ends appoint its leaders. */
  boolean isAppointed();
}
