package toystore.simulation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import toystore.virtualtime.Chance;

/**
 * A leader is cut off together with one front-end, and hangs. Another takes the office over by the
 * promise of the third replica, sells, and falls. Then the file of the third is an older one, in
 * which that promise is not, and the first leader goes on with it: it must prove nothing and commit
 * nothing. Chance alone brings that together once in some hundred thousand schedules.
 */
final class ForgottenPromise {
  private static final int LOOK_MS = 2;
  private static final int MOST_ORDERS = 5;
  private static final int MOMENT_MS = 30;

  private final World world;
  private final Chance chance;
  private final Map<Replica, Runnable> copies = new LinkedHashMap<>();
  private Replica former;
  private int ordersBefore;

  ForgottenPromise(World world, Chance chance) {
    this.world = world;
    this.chance = chance;
  }

  void begin() {
    int orders = 1 + chance.below(MOST_ORDERS);
    once(() -> leader().isPresent() && orders() >= orders, this::cutOffTheLeader);
  }

  private void once(BooleanSupplier condition, Runnable act) {
    world.timeline.after(LOOK_MS, () -> {
      if (world.isCalm()) {
        return;
      }
      if (condition.getAsBoolean()) {
        act.run();
      } else {
        once(condition, act);
      }
    });
  }

  private Optional<Replica> leader() {
    return world.replicas.stream()
        .filter(each -> each != former && each.leads() && each.status().established())
        .findFirst();
  }

  private int orders() {
    return world.log.orders().size();
  }

  private void cutOffTheLeader() {
    former = leader().orElseThrow();
    ordersBefore = orders();
    for (Replica each : world.replicas) {
      if (each != former) {
        copies.put(each, each.disk().copy());
      }
    }
    FrontEnd beside = world.frontEnds.get(chance.below(world.frontEnds.size()));
    world.faults.divide(1 << former.index | 1 << beside.index);
    int life = former.life();
    world.timeline.after(chance.below(MOMENT_MS), () -> {
      if (former.life() == life && !world.isCalm()) {
        former.pause();
      }
    });
    int more = 1 + chance.below(MOST_ORDERS);
    once(() -> leader().isPresent() && orders() >= ordersBefore + more && isTold(), this::forget);
  }

  /** The catalog knows of all orders: else nobody could tell later that any is missing. */
  private boolean isTold() {
    return world.catalog.disk().toldOf() >= orders();
  }

  private void forget() {
    Replica latter = leader().orElseThrow();
    Replica third =
        copies.keySet().stream().filter(each -> each != latter).findFirst().orElseThrow();
    latter.crash(); // Until all is healed.
    world.timeTravel.goesBack(third, copies.get(third));
    if (!third.isUp()) {
      third.start();
    }
    world.timeline.after(chance.below(MOMENT_MS), () -> {
      world.network.heal();
      former.resume();
    });
  }
}
