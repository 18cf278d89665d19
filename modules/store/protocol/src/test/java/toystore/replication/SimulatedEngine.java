package toystore.replication;

import java.util.List;

/** The engine under simulation. */
public interface SimulatedEngine {

  /** A replica's core, at the start of a process. The seed differs from life to life. */
  ReplicaCore start(int id, List<Integer> members, DurableState durable, long seed);
}
