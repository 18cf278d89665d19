package toystore.replication;

import java.util.List;
import java.util.Optional;
import toystore.model.Epochs;
import toystore.model.Role;

/** A front-end that works: appoints a leader when none serves, and sends a last purchase. */
final class Recovery {
  private static final int EVERY_MS = 100;
  private static final int PATIENCE = 5;

  private final Simulation simulation;
  private int withoutLeader;
  private boolean bought;

  Recovery(Simulation simulation) {
    this.simulation = simulation;
  }

  void begin() {
    simulation.timeline().after(EVERY_MS, this::look);
  }

  private void look() {
    Optional<SimulatedReplica> leader = simulation.replicas().stream()
        .filter(SimulatedReplica::leads)
        .filter(replica -> replica.status().established() && replica.status().quorate())
        .findFirst();
    withoutLeader = leader.isPresent() ? 0 : withoutLeader + 1;
    if (withoutLeader > PATIENCE && simulation.engine().isAppointed()) {
      appoint();
      withoutLeader = 0;
    }
    if (leader.isPresent() && !(bought && simulation.invariants().lastIsPurchase())) {
      simulation.give(leader.get(), new Input.Propose(List.of(simulation.newPurchase())));
      bought = true;
    }
    begin();
  }

  private void appoint() {
    long seen = simulation.replicas().stream()
        .mapToLong(replica -> replica.status().promised())
        .max()
        .orElseThrow();
    simulation.replicas().stream()
        .filter(replica -> replica.status().role() != Role.REBUILDING)
        .mapToInt(SimulatedReplica::id)
        .max()
        .ifPresent(leader -> simulation
            .replicas()
            .forEach(replica ->
                simulation.give(replica, new Input.Appoint(Epochs.next(seen, 1), leader))));
  }
}
