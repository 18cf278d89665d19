package toystore.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Chooses who cannot reach whom, by chance. Owned by one thread. */
final class Cuts {
  private static final int MIN_DELAY_MS = 10;
  private static final int MAX_DELAY_MS = 120;

  private final Wiring wiring;
  private final Random chance;
  private final String leader;
  private final List<String> followers;
  private final Flow.Mode mode;

  Cuts(Testbed bed, Random chance) {
    this.wiring = bed.wiring().orElseThrow();
    this.chance = chance;
    this.leader = bed.leader();
    this.followers =
        Testbed.REPLICAS.stream().filter(name -> !name.equals(leader)).toList();
    this.mode = chance.nextBoolean() ? Flow.Mode.HOLD : Flow.Mode.LOSE;
  }

  Fault next() {
    List<Supplier<Fault>> all = List.of(
        () -> isolate("leader " + leader, leader, Excuse.NONE),
        () -> isolate(followers.get(0), followers.get(0), Excuse.NONE),
        this::leaderFromFollowers,
        () -> cut("leader " + leader, leader, Testbed.CATALOG, Excuse.NONE),
        () -> cut("leader " + leader, leader, Testbed.FRONT_END, Excuse.NONE),
        () -> cut(Testbed.FRONT_END, Testbed.FRONT_END, Testbed.CATALOG, Excuse.PRODUCTS),
        () -> oneWay(leader, others(leader), "leader " + leader + " is not heard"),
        () -> deaf(leader),
        this::slowLeader,
        this::slowInvalidations,
        this::resets,
        this::allReplicasApart,
        () -> isolate(Testbed.CATALOG, Testbed.CATALOG, Excuse.CATALOG));
    return all.get(chance.nextInt(all.size())).get();
  }

  private static List<String> others(String service) {
    List<String> others = new ArrayList<>(Testbed.REPLICAS);
    others.add(Testbed.CATALOG);
    others.add(Testbed.FRONT_END);
    others.remove(service);
    return others;
  }

  private Fault fault(String name, Excuse excuse, Runnable inject) {
    return new Fault("cut: " + name, excuse, inject, wiring::heal);
  }

  private String how() {
    return mode == Flow.Mode.HOLD ? " (kept)" : " (lost)";
  }

  private Fault isolate(String name, String service, Excuse excuse) {
    return fault(name + " from all" + how(), excuse, () -> others(service)
        .forEach(other -> wiring.cut(service, other, mode)));
  }

  private Fault cut(String name, String one, String other, Excuse excuse) {
    return fault(name + " from " + other + how(), excuse, () -> wiring.cut(one, other, mode));
  }

  private Fault leaderFromFollowers() {
    return fault(
        "leader " + leader + " from followers" + how(),
        Excuse.NONE,
        () -> followers.forEach(other -> wiring.cut(leader, other, mode)));
  }

  private Fault oneWay(String service, List<String> others, String name) {
    return fault(
        name + how(),
        Excuse.NONE,
        () -> others.forEach(other -> wiring.cutOneWay(service, other, mode)));
  }

  private Fault deaf(String service) {
    return fault("leader " + service + " hears nobody" + how(), Excuse.NONE, () -> others(service)
        .forEach(other -> wiring.cutOneWay(other, service, mode)));
  }

  private Fault slowLeader() {
    int delayMs = MIN_DELAY_MS + chance.nextInt(MAX_DELAY_MS - MIN_DELAY_MS);
    return fault("leader " + leader + " slow by " + delayMs + " ms", Excuse.NONE, () -> {
      for (String other : others(leader)) {
        wiring.slow(leader, other, delayMs);
        wiring.slow(other, leader, delayMs);
      }
    });
  }

  /** What the catalog says arrives late: the time in which a cache could be stale. */
  private Fault slowInvalidations() {
    int delayMs = MIN_DELAY_MS + chance.nextInt(MAX_DELAY_MS - MIN_DELAY_MS);
    return fault(
        "catalog to front-end slow by " + delayMs + " ms",
        Excuse.NONE,
        () -> wiring.slow(Testbed.CATALOG, Testbed.FRONT_END, delayMs));
  }

  private Fault resets() {
    return fault("all connections reset", Excuse.NONE, () -> {
      for (String one : others("")) {
        others(one).forEach(other -> wiring.reset(one, other));
      }
    });
  }

  private Fault allReplicasApart() {
    return fault("all replicas from each other" + how(), Excuse.MAJORITY, () -> {
      for (String one : Testbed.REPLICAS) {
        Testbed.REPLICAS.stream()
            .filter(other -> !other.equals(one))
            .forEach(other -> wiring.cut(one, other, mode));
      }
    });
  }
}
