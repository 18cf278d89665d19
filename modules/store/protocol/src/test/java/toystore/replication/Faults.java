package toystore.replication;

import java.util.List;
import java.util.Random;
import toystore.model.Epochs;
import toystore.model.PurchaseRequest;

/** Crashes, cuts, pauses and losses of files; appointments, purchases and proofs in between. */
final class Faults {
  private final Simulation simulation;
  private final SimulationPlan plan;
  private final Random random;
  private long readId;

  Faults(Simulation simulation, SimulationPlan plan) {
    this.simulation = simulation;
    this.plan = plan;
    this.random = simulation.random();
  }

  void begin() {
    simulation.later(random.nextInt(20), this::use);
    simulation.later(random.nextInt(40), this::fault);
    simulation.later(random.nextInt(100), this::appoint);
  }

  void heal() {
    for (SimulatedReplica replica : simulation.replicas()) {
      if (!replica.up()) {
        replica.start();
      }
      replica.resume();
    }
  }

  private void use() {
    if (simulation.healed()) {
      return;
    }
    for (SimulatedReplica replica : simulation.replicas()) {
      if (replica.leads() && random.nextInt(3) > 0) {
        List<PurchaseRequest> purchases = random.nextBoolean()
            ? List.of(simulation.newPurchase())
            : List.of(simulation.newPurchase(), simulation.newPurchase());
        simulation.give(replica, new Input.Propose(purchases));
      }
      if (replica.up() && random.nextInt(4) == 0) {
        simulation.give(replica, new Input.Prove(++readId));
      }
    }
    simulation.later(1 + random.nextInt(30), this::use);
  }

  private void fault() {
    if (simulation.healed()) {
      return;
    }
    SimulatedReplica replica = any();
    switch (random.nextInt(8)) {
      case 0, 1 -> crash(replica);
      case 2 -> pause(replica);
      case 3 -> cutOff(replica);
      case 4 -> simulation.cut().add(any().id() * 100 + any().id());
      case 5 -> simulation.cut().clear();
      case 6 -> simulation.give(replica, new Input.Resign());
      default -> wipe(replica);
    }
    simulation.later(1 + random.nextInt(2 * plan.faultEveryMs()), this::fault);
  }

  private SimulatedReplica any() {
    return simulation.replicas().get(random.nextInt(plan.members()));
  }

  private void crash(SimulatedReplica replica) {
    if (replica.up()) {
      replica.crash();
      int life = replica.life();
      simulation.later(random.nextInt(150), () -> {
        if (!replica.up() && replica.life() == life) {
          replica.start();
        }
      });
    }
  }

  private void pause(SimulatedReplica replica) {
    if (replica.up() && !replica.paused()) {
      replica.pause();
      simulation.later(random.nextInt(200), replica::resume);
    }
  }

  private void cutOff(SimulatedReplica replica) {
    for (SimulatedReplica other : simulation.replicas()) {
      simulation.cut().add(replica.id() * 100 + other.id());
      simulation.cut().add(other.id() * 100 + replica.id());
    }
  }

  /** Only one file may be lost at a time: a second one is more than the promises bear. */
  private void wipe(SimulatedReplica replica) {
    boolean othersIntact = simulation.replicas().stream()
        .allMatch(other -> other == replica || !other.disk().rebuilding());
    if (plan.wipes() && othersIntact && replica.up()) {
      crash(replica);
      replica.loseDisk();
      simulation.invariants().diskLost();
    }
  }

  /** Two front-ends, which see what they can reach, and may die after the first call. */
  private void appoint() {
    if (simulation.healed()) {
      return;
    }
    int appointer = 1 + random.nextInt(2);
    long seen = Epochs.NONE;
    for (SimulatedReplica replica : simulation.replicas()) {
      if (replica.up() && !replica.paused() && random.nextInt(4) > 0) {
        seen = Math.max(seen, replica.status().promised());
      }
    }
    long epoch = Epochs.next(seen, appointer);
    int leader = any().id();
    for (SimulatedReplica replica : simulation.replicas()) {
      if (random.nextInt(4) > 0) {
        simulation.later(
            random.nextInt(20), () -> simulation.give(replica, new Input.Appoint(epoch, leader)));
      }
      if (random.nextInt(8) == 0) {
        simulation.later(
            random.nextInt(300), () -> simulation.give(replica, new Input.Appoint(epoch, leader)));
      }
    }
    simulation.later(20 + random.nextInt(200), this::appoint);
  }
}
