package toystore.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import toystore.model.EngineName;
import toystore.model.PurchaseRequest;
import toystore.virtualtime.Chance;
import toystore.virtualtime.Timeline;
import toystore.virtualtime.Violation;

/**
 * One schedule: a store and its clients, in two phases. First everything may fail; then a majority
 * is healed, all must finish, and in the end be the same everywhere. The same seed gives the same
 * history.
 */
final class World {
  private static final int REST_MS = 8_000;
  private static final int LOOK_MS = 20;

  final EngineName engine;
  final Plan plan;
  final Chance chance;
  final Timeline timeline;
  final Wiring wiring;
  final Trace trace;
  final Network network;
  final LogPromises log;
  final StorePromises promises;
  final List<Integer> members;
  final List<Replica> replicas = new ArrayList<>();
  final CatalogProcess catalog;
  final List<FrontEnd> frontEnds = new ArrayList<>();
  final List<VirtualService> services = new ArrayList<>();
  final Faults faults;
  final TimeTravel timeTravel;
  private final Clients clients;
  private Replica absent;
  private boolean calm;
  private boolean over;
  private RuntimeException failure;

  World(EngineName engine, long seed, Wiring wiring, Trace trace, Timeline timeline) {
    this.engine = engine;
    this.wiring = wiring;
    this.trace = trace;
    this.timeline = timeline;
    timeline.reset();
    trace.follow(timeline);
    chance = new Chance(seed);
    plan = wiring.plan(Plan.of(chance, new Chance(Long.reverse(seed))));
    log = new LogPromises(this);
    promises = new StorePromises(this);
    members = IntStream.rangeClosed(1, plan.replicas()).boxed().toList();
    network = new Network(this, plan.replicas() + 1 + plan.frontEnds());
    for (int id : members) {
      replicas.add(new Replica(this, id, diskOf(id)));
    }
    catalog = new CatalogProcess(this, plan.replicas());
    for (int id = 1; id <= plan.frontEnds(); id++) {
      frontEnds.add(new FrontEnd(this, plan.replicas() + id, id));
    }
    services.addAll(replicas);
    services.add(catalog);
    services.addAll(frontEnds);
    faults = new Faults(this);
    timeTravel = new TimeTravel(this, new Chance(~seed));
    clients = new Clients(this);
  }

  private ReplicaDisk diskOf(int id) {
    return switch (engine) { // No default: a new engine must say here what survives a crash.
      case PRIMARY_BACKUP -> new PrimaryBackupDisk(id, members, wiring);
      case RAFT -> new VirtualRaftDisk(id, members, this);
      case POSTGRES -> throw new IllegalArgumentException("a desk has no disk");
    };
  }

  /** A promise is broken, or nobody can tell: it ends the schedule, whoever catches this. */
  RuntimeException broken(RuntimeException first) {
    failure = failure == null ? first : failure;
    return failure;
  }

  private void demandWhole() {
    if (failure != null) {
      throw failure;
    }
  }

  Replica replica(int id) {
    return replicas.get(id - 1);
  }

  /** Whether nothing fails any more. */
  boolean isCalm() {
    return calm;
  }

  boolean isOver() {
    return over;
  }

  boolean diskFails() {
    return !calm && plan.failsByChance() && chance.oneIn(400);
  }

  /** Whether this one is not part of the majority that is healed. */
  boolean staysDown(VirtualService service) {
    return calm && service == absent;
  }

  /**
   * Runs it to the end.
   *
   * @throws Violation where a promise is broken
   */
  ScheduleResult run() {
    trace.note("plan", plan.toString());
    services.forEach(VirtualService::start);
    clients.begin();
    faults.begin();
    timeTravel.begin();
    timeline.runUntil(plan.faultyMs());
    demandWhole();
    heal();
    await(this::isServed, "served");
    if (absent != null) {
      Replica returns = absent;
      absent = null;
      returns.start();
    }
    await(this::isLevel, "level");
    over = true;
    checkAtRest();
    boolean wentBack = timeTravel.replicaWentBack() || timeTravel.catalogWentBack();
    return new ScheduleResult(
        log.orders().size(), log.committed(), timeline.events(), timeline.now(), wentBack);
  }

  private void heal() {
    trace.note("world", "is healed");
    calm = true;
    network.heal();
    network.calm();
    // What went back in time is noticed, and mended by what the others have: all are needed.
    if (plan.oneStaysDown()
        && !timeTravel.isPlanned()
        && replicas.stream().noneMatch(each -> each.disk().isRebuilding())) {
      absent = replicas.get(chance.below(replicas.size()));
      if (absent.isUp()) {
        absent.crash();
      }
    }
    for (VirtualService service : services) {
      if (!service.isUp() && service != absent) {
        service.start();
      }
      service.resume();
    }
  }

  private void await(BooleanSupplier condition, String what) {
    long end = timeline.now() + REST_MS;
    while (!condition.getAsBoolean()) {
      if (timeline.now() >= end) {
        throw new Violation("not " + what + " " + REST_MS + " ms after all was healed: "
            + clients.text() + ", held=" + catalog.disk().held() + ", committed="
            + log.committed() + ", applied="
            + replicas.stream().map(each -> each + ":" + each.applied()).toList());
      }
      timeline.runUntil(timeline.now() + LOOK_MS);
      demandWhole();
    }
  }

  private boolean isServed() {
    return clients.areServed() && catalog.disk().held() == 0;
  }

  private boolean isLevel() {
    for (Replica replica : replicas) {
      if (replica.applied() != log.committed()) {
        return false;
      }
    }
    return isServed() && timeTravel.isSettled();
  }

  private void checkAtRest() {
    String digest = replicas.get(0).book().digest();
    Map<String, Long> ordered = new TreeMap<>();
    for (PurchaseRequest order : log.orders()) {
      ordered.merge(order.name(), (long) order.quantity(), Long::sum);
    }
    for (Replica replica : replicas) {
      if (!replica.book().digest().equals(digest) || !replica.book().sold().equals(ordered)) {
        throw new Violation(replica + " has other orders than " + replicas.get(0));
      }
    }
    catalog.disk().checkAtRest(ordered);
    log.checkOffices(faults.leadersStuck());
  }

  /**
   * What came of it.
   *
   * @param orders made
   * @param committed length of the log
   * @param events how much happened
   * @param virtualMs how long it took, in virtual time
   * @param wentBack whether a file went back in time
   */
  record ScheduleResult(
      int orders, long committed, long events, long virtualMs, boolean wentBack) {}
}
