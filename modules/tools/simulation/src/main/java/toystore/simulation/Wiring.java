package toystore.simulation;

import java.util.function.Supplier;
import toystore.replication.ReplicaCore;

/** What a campaign chooses of its schedules; as it stands, nothing. */
class Wiring {

  /** What the schedule is like. */
  Plan plan(Plan usual) {
    return usual;
  }

  /** A replica's core when its process starts. */
  ReplicaCore core(Supplier<ReplicaCore> maker) {
    return maker.get();
  }
}
