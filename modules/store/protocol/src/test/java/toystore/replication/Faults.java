package toystore.replication;

import java.util.List;
import toystore.model.Epochs;
import toystore.model.PurchaseRequest;
import toystore.virtualtime.Chance;
import toystore.virtualtime.Links;
import toystore.virtualtime.Timeline;

/** Crashes, cuts, pauses and losses of files; appointments, purchases and proofs in between. */
final class Faults {
  private final Simulation simulation;
  private final SimulationPlan plan;
  private final Chance chance;
  private final Timeline timeline;
  private final Links links;
  private long readId;

  Faults(Simulation simulation, SimulationPlan plan) {
    this.simulation = simulation;
    this.plan = plan;
    this.chance = simulation.chance();
    this.timeline = simulation.timeline();
    this.links = simulation.links();
  }

  /** Work begins now, what goes wrong later. */
  void begin(int quietMs) {
    whileRough(chance.below(20), this::use, 16);
    if (simulation.engine().isAppointed()) {
      whileRough(chance.below(100), this::appoint, 220);
    }
    whileRough(quietMs, this::strike, 2 * plan.faultEveryMs());
  }

  private void whileRough(int delayMs, Runnable act, int atMostMs) {
    timeline.after(delayMs, () -> {
      if (!simulation.healed()) {
        act.run();
        whileRough(1 + chance.below(atMostMs), act, atMostMs);
      }
    });
  }

  void heal() {
    for (SimulatedReplica replica : simulation.replicas()) {
      if (!replica.isUp()) {
        replica.start();
      }
      replica.resume();
    }
  }

  private void use() {
    for (SimulatedReplica replica : simulation.replicas()) {
      if (replica.leads() && !chance.oneIn(3)) {
        List<PurchaseRequest> purchases = chance.oneIn(2)
            ? List.of(simulation.newPurchase())
            : List.of(simulation.newPurchase(), simulation.newPurchase());
        simulation.give(replica, new Input.Propose(purchases));
      }
      if (replica.isUp() && chance.oneIn(4)) {
        simulation.give(replica, new Input.Prove(++readId));
      }
    }
  }

  private void strike() {
    switch (chance.below(12)) {
      case 0, 1 -> crash(any());
      case 2 -> crash(leader());
      case 3, 4 -> pause(any());
      case 5 -> pause(leader());
      case 6 -> links.isolate(any().id() - 1);
      case 7 -> links.cut(any().id() - 1, any().id() - 1);
      case 8, 9 -> links.heal();
      case 10 -> simulation.give(leader(), new Input.Resign());
      default -> wipe(any());
    }
  }

  private SimulatedReplica any() {
    return simulation.any(each -> true);
  }

  /** One that leads, where there is one. */
  private SimulatedReplica leader() {
    SimulatedReplica leader = simulation.any(SimulatedReplica::leads);
    return leader == null ? any() : leader;
  }

  /** It comes back after a while; those that follow it often learn that it is gone. */
  void crash(SimulatedReplica replica) {
    if (!replica.isUp()) {
      return;
    }
    replica.crash();
    for (SimulatedReplica other : simulation.replicas()) {
      if (other.isUp() && other.status().leader() == replica.id()) {
        simulation.unreachable(other, replica.id());
      }
    }
    int life = replica.life();
    timeline.after(chance.below(150), () -> {
      if (!replica.isUp() && replica.life() == life) {
        replica.start();
      }
    });
  }

  private void pause(SimulatedReplica replica) {
    if (replica.isUp() && !replica.isPaused()) {
      replica.pause();
      int life = replica.life();
      timeline.after(chance.below(chance.oneIn(3) ? 500 : 200), () -> {
        if (replica.life() == life) {
          replica.resume();
        }
      });
    }
  }

  /** Only one file may be lost at a time: a second one is more than the promises bear. */
  private void wipe(SimulatedReplica replica) {
    boolean othersIntact = simulation.replicas().stream()
        .allMatch(other -> other == replica || other.isUp() && !other.disk().isRebuilding());
    if (plan.wipes() && othersIntact && replica.isUp()) {
      crash(replica);
      replica.disk().lose();
      simulation.invariants().diskLost();
    }
  }

  /** Two front-ends, which see what they can reach, and may die after the first call. */
  private void appoint() {
    int appointer = chance.between(1, 2);
    long seen = Epochs.NONE;
    for (SimulatedReplica replica : simulation.replicas()) {
      if (replica.isUp() && !replica.isPaused() && !chance.oneIn(4)) {
        seen = Math.max(seen, replica.status().promised());
      }
    }
    Input appoint = new Input.Appoint(Epochs.next(seen, appointer), any().id());
    for (SimulatedReplica replica : simulation.replicas()) {
      if (!chance.oneIn(4)) {
        timeline.after(chance.below(20), () -> simulation.give(replica, appoint));
      }
      if (chance.oneIn(8)) {
        timeline.after(chance.below(300), () -> simulation.give(replica, appoint));
      }
    }
  }
}
