package toystore.simulation;

import java.util.Optional;
import java.util.Set;
import toystore.model.PurchaseRequest;
import toystore.virtualtime.Chance;
import toystore.virtualtime.Violation;

/**
 * At most one file of a schedule goes back in time: the disk of a process that crashes is an older
 * one when it starts again. An older catalog that was noticed is replaced by the newest copy after
 * a while, as a person would do.
 */
final class TimeTravel {
  enum Traveller {
    NONE,
    REPLICA,
    CATALOG
  }

  private static final int LOOK_MS = 20;
  private static final int UNTIL_MENDED_MS = 60;

  private final World world;
  private final Chance chance;
  private final Traveller kind;
  private boolean done;
  private long wentBackAtMs;
  private boolean olderCatalog;

  /** @param chance its own, so that schedules without it are what they were */
  TimeTravel(World world, Chance chance) {
    this.world = world;
    this.chance = chance;
    this.kind = kind();
  }

  private Traveller kind() {
    return switch (world.plan.plot()) {
      case STUCK_DISK -> Traveller.NONE;
      case OLDER_CATALOG -> Traveller.CATALOG;
      case FORGOTTEN_PROMISE -> Traveller.REPLICA;
      case ANY, SLOW_MACHINE ->
        world.plan.losesFiles() || !chance.oneIn(4)
            ? Traveller.NONE
            : chance.oneIn(3) ? Traveller.CATALOG : Traveller.REPLICA;
    };
  }

  boolean isPlanned() {
    return kind != Traveller.NONE;
  }

  /** A replica has lost what it acknowledged and promised after some moment. */
  boolean replicaWentBack() {
    return done && kind == Traveller.REPLICA;
  }

  long wentBackAtMs() {
    return wentBackAtMs;
  }

  boolean catalogWentBack() {
    return done && kind == Traveller.CATALOG;
  }

  void begin() {
    if (world.plan.plot() == Plan.Plot.FORGOTTEN_PROMISE) {
      new ForgottenPromise(world, chance).begin();
    } else if (kind != Traveller.NONE) {
      beginByChance();
    }
  }

  private void beginByChance() {
    int span = world.plan.faultyMs();
    int copied = chance.below(span / 2);
    int back = copied + 1 + chance.below(span - copied - 1);
    if (kind == Traveller.CATALOG) {
      world.timeline.after(copied, () -> {
        Runnable older = world.catalog.disk().copy();
        world.timeline.after(back - copied, () -> catalogGoesBack(older));
      });
    } else {
      Replica replica = world.replicas.get(chance.below(world.replicas.size()));
      world.timeline.after(copied, () -> {
        // A file that is being rebuilt is one that is lost: see Faults.
        if (!replica.disk().isRebuilding()) {
          Runnable older = replica.disk().copy();
          world.timeline.after(back - copied, () -> goesBack(replica, older));
        }
      });
    }
  }

  /** It is down afterwards, and starts again after a while. */
  void goesBack(Replica replica, Runnable older) {
    if (world.replicas.stream().anyMatch(each -> each.disk().isRebuilding())) {
      return;
    }
    if (replica.isUp()) {
      world.faults.crash(replica);
    }
    world.trace.note(replica, "has an older disk");
    older.run();
    wentBackAtMs = world.timeline.now();
    done = true;
  }

  private void catalogGoesBack(Runnable older) {
    if (world.catalog.isUp()) {
      world.faults.crash(world.catalog);
    }
    Runnable newest = world.catalog.disk().copy();
    Set<String> newestKeys = world.catalog.disk().keys();
    world.trace.note(world.catalog, "has an older disk");
    older.run();
    done = true;
    olderCatalog = true;
    look(newest, newestKeys);
  }

  private void look(Runnable newest, Set<String> newestKeys) {
    world.timeline.after(LOOK_MS, () -> {
      if (isNoticed()) {
        world.timeline.after(UNTIL_MENDED_MS, () -> mend(newest, newestKeys));
      } else if (!world.isOver()) {
        look(newest, newestKeys);
      }
    });
  }

  private boolean isNoticed() {
    return world.replicas.stream()
        .anyMatch(each -> each.isUp() && each.purchases().status().trouble() != null);
  }

  /**
   * A person looks at the store again before anything is replaced. What was noticed may be over:
   * the next leader may lack what this file lacks, and sell. From then on it is the copy that
   * lacks something.
   */
  private void mend(Runnable newest, Set<String> newestKeys) {
    if (!isNoticed() || hasSoldMoreThan(newestKeys)) {
      look(newest, newestKeys);
      return;
    }
    if (world.catalog.isUp()) {
      world.catalog.crash();
    }
    world.trace.note(world.catalog, "has the newest disk again");
    newest.run();
    olderCatalog = false;
    world.catalog.start();
  }

  private boolean hasSoldMoreThan(Set<String> keys) {
    return world.log.orders().stream()
        .map(PurchaseRequest::key)
        .anyMatch(key -> world.catalog.disk().knows(key) && !keys.contains(key));
  }

  /** Stock is taken from the catalog: it must know every order there is. */
  void taken() {
    if (olderCatalog && lackedOrder().isPresent()) {
      throw new Violation(
          "stock is taken at a catalog that does not know " + lackedOrder().get());
    }
  }

  /** Whether nothing more comes of it. */
  boolean isSettled() {
    return !olderCatalog || lackedOrder().isEmpty();
  }

  private Optional<PurchaseRequest> lackedOrder() {
    return world.log.orders().stream()
        .filter(order -> !world.catalog.disk().knows(order.key()))
        .findFirst();
  }
}
