package toystore.simulation;

import java.util.List;
import toystore.replication.Input;
import toystore.virtualtime.Chance;

/** Crashes, cuts, pauses and lost files, at random; in the end a majority is healed. */
final class Faults {
  private static final int DOWN_MS = 120;
  private static final int HANG_MS = 200;

  private final World world;
  private final Chance chance;
  private final Plan plan;
  private int stuck;
  private int leadersStuck;

  Faults(World world) {
    this.world = world;
    this.chance = world.chance;
    this.plan = world.plan;
  }

  void begin() {
    if (plan.plot() == Plan.Plot.FORGOTTEN_PROMISE) {
      return; // It has faults of its own.
    }
    world.timeline.after(1 + chance.below(2 * plan.faultEveryMs()), () -> {
      if (!world.isCalm()) {
        strike();
        begin();
      }
    });
  }

  private void strike() {
    if (plan.stuckDisk()) {
      stickDisk();
      return;
    }
    if (plan.slowMachine() && chance.oneIn(4)) {
      stall(anyReplica());
      return;
    }
    switch (chance.below(16)) {
      case 0, 1 -> crash(anyReplica());
      case 2 -> leader(this::crash);
      case 3 -> leader(this::hang);
      case 4 -> hang(any(world.services));
      case 5 -> crash(world.catalog);
      case 6 -> crash(any(world.frontEnds));
      case 7 -> cut(any(world.services), any(world.services), true);
      case 8 -> cut(any(world.services), any(world.services), false);
      case 9 -> cutOff(any(world.services));
      case 10, 11 -> {
        world.trace.note("network", "is healed");
        world.network.heal();
      }
      case 12 -> divide(1 + chance.below((1 << world.services.size()) - 2));
      case 13 -> leader(replica -> divide(1 << replica.index | 1 << any(world.frontEnds).index));
      case 14 -> leader(replica -> replica.step(new Input.Resign()));
      default -> loseFile(anyReplica());
    }
  }

  /** Of one replica, the leader often, once; not before new files are made, which takes all. */
  private void stickDisk() {
    if (world.replicas.stream().noneMatch(each -> each.leads() && each.status().established())) {
      return;
    }
    Replica replica = world.replicas.stream()
        .filter(each -> each.leads() && chance.oneIn(2))
        .findFirst()
        .orElseGet(this::anyReplica);
    if (stuck++ == 0) {
      leadersStuck += replica.leads() ? 1 : 0;
      replica.stickDisk(Times.REQUEST_TIMEOUT_MS + chance.below(300));
    }
  }

  /** In the end its writes are done, or fail, which ends it. */
  private void stall(Replica replica) {
    int stallMs = 1 + chance.below(Times.STALL_MS);
    boolean fails = chance.oneIn(3);
    int life = replica.life();
    replica.stickDisk(stallMs);
    world.timeline.after(stallMs - 1, () -> {
      if (fails && replica.life() == life && !world.isCalm()) {
        world.trace.note(replica, "cannot write");
        crash(replica);
      }
    });
  }

  /** Leaders that had a reason to give up their office. */
  int leadersStuck() {
    return leadersStuck;
  }

  private interface Deed {
    void to(Replica replica);
  }

  private void leader(Deed deed) {
    for (Replica replica : world.replicas) {
      if (replica.leads() && !replica.isPaused()) {
        deed.to(replica);
        return;
      }
    }
  }

  private <S> S any(List<S> services) {
    return services.get(chance.below(services.size()));
  }

  private Replica anyReplica() {
    return any(world.replicas);
  }

  /** It comes back after a while, unless all is calm by then. */
  void crash(VirtualService service) {
    if (!service.isUp()) {
      return;
    }
    service.crash();
    int life = service.life();
    world.timeline.after(1 + chance.below(DOWN_MS), () -> {
      if (!service.isUp() && service.life() == life && !world.staysDown(service)) {
        service.start();
      }
    });
  }

  private void hang(VirtualService service) {
    if (service.isUp() && !service.isPaused()) {
      service.pause();
      int life = service.life();
      world.timeline.after(1 + chance.below(HANG_MS), () -> {
        if (service.life() == life) {
          service.resume();
        }
      });
    }
  }

  private void cut(VirtualService from, VirtualService to, boolean bothWays) {
    world.trace.note(
        "network", () -> "is cut from " + from + (bothWays ? " and" : "") + " to " + to);
    world.network.cut(from, to);
    if (bothWays) {
      world.network.cut(to, from);
    }
  }

  private void cutOff(VirtualService service) {
    for (VirtualService other : world.services) {
      if (other != service) {
        cut(service, other, true);
      }
    }
  }

  /** Into two parts that hear nothing of each other: those whose bit is set, and the others. */
  void divide(int sides) {
    world.trace.note(
        "network",
        () -> "is divided: "
            + world.services.stream()
                .filter(service -> (sides >> service.index & 1) == 1)
                .toList());
    for (VirtualService from : world.services) {
      for (VirtualService to : world.services) {
        if ((sides >> from.index & 1) != (sides >> to.index & 1)) {
          world.network.cut(from, to);
        }
      }
    }
  }

  /** One at a time: a second one is more than the promises bear. */
  private void loseFile(Replica replica) {
    boolean othersIntact = world.replicas.stream()
        .allMatch(other -> other == replica || other.isUp() && !other.disk().isRebuilding());
    if (plan.losesFiles() && replica.isUp() && othersIntact) {
      crash(replica);
      world.trace.note(replica, "loses its file");
      replica.disk().lose();
      world.log.fileLost();
    }
  }
}
