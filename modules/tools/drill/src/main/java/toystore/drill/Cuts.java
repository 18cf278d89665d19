package toystore.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import toystore.relay.Flow;
import toystore.relay.Way;

/** Chooses who cannot reach whom, by chance. Owned by one thread. */
final class Cuts {
  private static final int MIN_DELAY_MS = 10;
  private static final int MAX_DELAY_MS = 120;

  private final DrillNetwork wiring;
  private final Random chance;
  private final String leader;
  private final List<String> followers;
  private final Flow.FlowMode mode;

  Cuts(Testbed bed, Random chance) {
    this.wiring = bed.wiring().orElseThrow();
    this.chance = chance;
    this.leader = bed.leader();
    this.followers =
        Testbed.REPLICAS.stream().filter(name -> !name.equals(leader)).toList();
    this.mode = chance.nextBoolean() ? Flow.FlowMode.HOLD : Flow.FlowMode.LOSE;
  }

  Fault next() {
    List<Supplier<Fault>> all = new ArrayList<>(List.of(
        () -> isolate("leader " + leader, leader, AllowedFailures.NONE),
        this::isolateFollower,
        this::leaderFromFollowers,
        () -> cut("leader " + leader, leader, Testbed.CATALOG, AllowedFailures.NONE),
        () -> cut("leader " + leader, leader, Testbed.FRONT_END, AllowedFailures.NONE),
        () -> cut(Testbed.FRONT_END, Testbed.FRONT_END, Testbed.CATALOG, AllowedFailures.PRODUCTS),
        () -> silent(leader),
        () -> deaf(leader)));
    if (wiring instanceof Lines lines) {
      all.add(() -> slowLeader(lines));
      all.add(() -> slowInvalidations(lines));
      all.add(() -> resets(lines));
    }
    all.add(this::allReplicasApart);
    all.add(() -> isolate(Testbed.CATALOG, Testbed.CATALOG, AllowedFailures.CATALOG));
    return all.get(chance.nextInt(all.size())).get();
  }

  private static List<String> others(String service) {
    List<String> others = new ArrayList<>(Testbed.REPLICAS);
    others.add(Testbed.CATALOG);
    others.add(Testbed.FRONT_END);
    others.remove(service);
    return others;
  }

  private Fault fault(String name, AllowedFailures excuse, Runnable inject) {
    return Fault.silence("cut: " + name, excuse, inject, wiring::heal);
  }

  /** The same for these ways, with words for what becomes of what is sent. */
  private Fault cut(String name, AllowedFailures excuse, List<Way> ways) {
    String how =
        wiring instanceof Namespaces ? "" : mode == Flow.FlowMode.HOLD ? " (kept)" : " (lost)";
    return fault(name + how, excuse, () -> wiring.cut(ways, mode));
  }

  private static List<Way> both(String service, List<String> others) {
    return others.stream().flatMap(other -> Way.both(service, other).stream()).toList();
  }

  private Fault isolate(String name, String service, AllowedFailures excuse) {
    return cut(name + " from all", excuse, both(service, others(service)));
  }

  private Fault cut(String name, String one, String other, AllowedFailures excuse) {
    return cut(name + " from " + other, excuse, Way.both(one, other));
  }

  private Fault isolateFollower() {
    String follower = followers.get(chance.nextInt(followers.size()));
    return isolate(follower, follower, AllowedFailures.NONE);
  }

  private Fault leaderFromFollowers() {
    return cut(
        "leader " + leader + " from followers", AllowedFailures.NONE, both(leader, followers));
  }

  private Fault silent(String service) {
    List<Way> ways =
        others(service).stream().map(other -> new Way(service, other)).toList();
    return cut("leader " + service + " is not heard", AllowedFailures.NONE, ways);
  }

  private Fault deaf(String service) {
    List<Way> ways =
        others(service).stream().map(other -> new Way(other, service)).toList();
    return cut("leader " + service + " hears nobody", AllowedFailures.NONE, ways);
  }

  private Fault slowLeader(Lines lines) {
    int delayMs = MIN_DELAY_MS + chance.nextInt(MAX_DELAY_MS - MIN_DELAY_MS);
    return fault("leader " + leader + " slow by " + delayMs + " ms", AllowedFailures.NONE, () -> {
      both(leader, others(leader)).forEach(way -> lines.slow(way, delayMs));
    });
  }

  /** What the catalog says arrives late: the time in which a cache could be stale. */
  private Fault slowInvalidations(Lines lines) {
    int delayMs = MIN_DELAY_MS + chance.nextInt(MAX_DELAY_MS - MIN_DELAY_MS);
    return fault(
        "catalog to front-end slow by " + delayMs + " ms",
        AllowedFailures.NONE,
        () -> lines.slow(new Way(Testbed.CATALOG, Testbed.FRONT_END), delayMs));
  }

  private Fault resets(Lines lines) {
    return fault("all connections reset", AllowedFailures.NONE, () -> {
      for (String one : others("")) {
        others(one).forEach(other -> lines.reset(one, other));
      }
    });
  }

  private Fault allReplicasApart() {
    List<Way> ways = Testbed.REPLICAS.stream()
        .flatMap(sender -> Testbed.REPLICAS.stream()
            .filter(receiver -> !receiver.equals(sender))
            .map(receiver -> new Way(sender, receiver)))
        .toList();
    return cut("all replicas from each other", AllowedFailures.MAJORITY, ways);
  }
}
