package toystore.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import toystore.leader.LeaderSelector.Action;
import toystore.leader.LeaderSelector.NameLeader;
import toystore.leader.LeaderSelector.Ping;
import toystore.model.EngineName;
import toystore.model.KnownLeader;
import toystore.model.ReplicaHealth;
import toystore.model.Role;
import toystore.mutation.Mutant;
import toystore.mutation.MutantCompiler;

/**
 * One or two selectors among three replicas that crash, hang and return, over a network with random
 * delays. Replicas promise epochs as the design says, and lead once a majority has promised.
 */
class LeaderSelectorSimulationTest {
  private static final int SEEDS = 300;
  private static final long TROUBLE_MS = 20_000;
  private static final long CALM_MS = 12_000;
  private static final int BUSY_SEEDS = 60;
  private static final long BUSY_MS = 20_000;
  private static final long LONG_SLEEP_MS = 700;

  @Test
  void oneLeaderIsFoundWheneverTroubleEnds() {
    for (int seed = 0; seed < SEEDS; seed++) {
      new World(seed, 1 + seed % 2).run();
    }
  }

  /** Everything takes long, for everyone: nobody is gone, so nobody loses office. */
  @Test
  void onABusyMachineAHealthyLeaderKeepsItsOffice() {
    for (int seed = 0; seed < BUSY_SEEDS; seed++) {
      assertEquals(0, new World(seed, 2).changesWhenBusy(), "seed " + seed);
    }
  }

  @Test
  void whoTakesTheSlowToBeGoneChangesLeadersForNothing() {
    Mutant mutant = Mutant.of("who is slow is waited for", "changes")
        .replace("HealthWatch", "MOST_SLOWNESS = 10", "MOST_SLOWNESS = 1");
    int changes = 0;
    try (MutantCompiler compiler = new MutantCompiler()) {
      Function<Integer, Integer> changesWhenBusy = compiler.make(mutant, ChangesWhenBusy.class);
      for (int seed = 0; seed < BUSY_SEEDS; seed++) {
        changes += changesWhenBusy.apply(seed);
      }
    }
    assertTrue(changes > 0, "changes=" + changes);
  }

  /** By seed; made anew in a mutant. */
  static final class ChangesWhenBusy implements Function<Integer, Integer> {
    @Override
    public Integer apply(Integer seed) {
      return new World(seed, 2).changesWhenBusy();
    }
  }

  /** As one that catches up on all the ticks that it missed, before it hears the answers. */
  @Test
  void whoJudgesThoughItWasLateItselfChangesLeadersForNothing() {
    int changes = 0;
    for (int seed = 0; seed < BUSY_SEEDS; seed++) {
      World world = new World(seed, 2);
      world.countsItsOwnLateness = false;
      changes += world.changesWhenBusy();
    }
    assertTrue(changes > 0, "changes=" + changes);
  }

  private static final class World {
    private final int seed;
    private final Random random;
    private final List<LeaderSelector> selectors = new ArrayList<>();
    private final Map<Integer, Replica> replicas = new HashMap<>();
    private final PriorityQueue<Event> events =
        new PriorityQueue<>(Comparator.comparingLong(Event::atMs).thenComparing(Event::order));
    private final Map<Long, Integer> namedIn = new HashMap<>();
    private final Set<KnownLeader> everReady = new HashSet<>();
    private boolean busy;
    private boolean countsItsOwnLateness = true;
    private long nowMs;
    private long order;

    World(int seed, int frontEnds) {
      this.seed = seed;
      this.random = new Random(seed);
      for (int id = 1; id <= 3; id++) {
        replicas.put(id, new Replica(id));
      }
      for (int id = 1; id <= frontEnds; id++) {
        selectors.add(new LeaderSelector(SelectorOptions.of(id, List.of(1, 2, 3))));
      }
    }

    void run() {
      selectors.forEach(this::scheduleTicks);
      scheduleTrouble();
      runUntil(TROUBLE_MS);
      replicas.values().forEach(replica -> replica.state = State.UP);
      runUntil(TROUBLE_MS + CALM_MS);
      Set<KnownLeader> leaders = new HashSet<>();
      selectors.forEach(selector -> leaders.add(selector.leader().orElse(null)));
      assertEquals(1, leaders.size(), () -> "seed " + seed + " leaders " + leaders);
      KnownLeader leader = leaders.iterator().next();
      assertTrue(leader != null && replicas.get(leader.id()).ready, () -> "seed " + seed);
      int appointed = namedIn.size();
      runUntil(TROUBLE_MS + 2 * CALM_MS);
      assertEquals(
          appointed, namedIn.size(), () -> "seed " + seed + ": a healthy leader lost office");
    }

    /** How often another is named after one leads, while all are slow and none is gone. */
    int changesWhenBusy() {
      selectors.forEach(this::scheduleTicks);
      runUntil(CALM_MS);
      int named = namedIn.size();
      busy = true;
      runUntil(CALM_MS + BUSY_MS);
      return namedIn.size() - named;
    }

    private void runUntil(long endMs) {
      while (events.peek().atMs() <= endMs) {
        Event event = events.poll();
        nowMs = event.atMs();
        event.action().run();
        for (LeaderSelector selector : selectors) {
          selector
              .leader()
              .ifPresent(leader -> assertTrue(
                  everReady.contains(leader), () -> "seed " + seed + ": not ready " + leader));
        }
      }
    }

    private void scheduleTicks(LeaderSelector selector) {
      long lastMs = nowMs;
      at(10 + lateMs(), () -> {
        for (long missedMs = lastMs + 10; !countsItsOwnLateness && missedMs < nowMs; ) {
          carryOut(selector, selector.tick(missedMs));
          missedMs += 10;
        }
        carryOut(selector, selector.tick(nowMs));
        scheduleTicks(selector);
      });
    }

    private void scheduleTrouble() {
      at(200 + random.nextInt(1_500), () -> {
        if (nowMs < TROUBLE_MS) {
          Replica victim = replicas.get(1 + random.nextInt(3));
          victim.state = State.values()[random.nextInt(3)];
          if (victim.state == State.DOWN) {
            victim.ready = false;
            victim.role = Role.FOLLOWER;
          }
          scheduleTrouble();
        }
      });
    }

    private void carryOut(LeaderSelector selector, List<Action> actions) {
      for (Action action : actions) {
        if (action instanceof Ping ping) {
          at(delay(), () -> ping(selector, replicas.get(ping.replica()), ping.sentMs()));
        } else if (action instanceof NameLeader appoint) {
          Integer before = namedIn.putIfAbsent(appoint.epoch(), appoint.leader());
          assertTrue(
              before == null || before == appoint.leader(),
              () -> "seed " + seed + ": two leaders in epoch " + appoint.epoch());
          at(delay(), () -> appoint(selector, replicas.get(appoint.replica()), appoint));
        }
      }
    }

    private void ping(LeaderSelector selector, Replica replica, long sentMs) {
      switch (replica.state) {
        case UP -> {
          ReplicaHealth health = replica.health();
          at(delay(), () -> carryOut(selector, selector.answered(nowMs, sentMs, health)));
        }
        case DOWN -> at(1, () -> carryOut(selector, selector.broken(nowMs, replica.id)));
        case HUNG -> at(300, () -> carryOut(selector, selector.unanswered(nowMs, replica.id)));
      }
    }

    private void appoint(LeaderSelector selector, Replica replica, NameLeader appoint) {
      if (replica.state != State.UP) {
        return;
      }
      if (appoint.epoch() > replica.promised) {
        replica.promised = appoint.epoch();
        replica.leader = appoint.leader();
        replica.ready = false;
        replica.role = Role.FOLLOWER;
        if (appoint.leader() == replica.id) {
          replica.role = Role.CANDIDATE;
          at(5 + random.nextInt(60), () -> establish(replica, appoint.epoch()));
        }
      }
      long promised = replica.promised;
      at(
          delay(),
          () ->
              carryOut(selector, selector.appointed(nowMs, replica.id, appoint.epoch(), promised)));
    }

    /** The named replica gathers promises by itself, and is ready when it has a majority's. */
    private void establish(Replica candidate, long epoch) {
      if (candidate.promised != epoch || candidate.role != Role.CANDIDATE) {
        return;
      }
      List<Replica> promising = replicas.values().stream()
          .filter(replica -> replica.state == State.UP && replica.promised <= epoch)
          .toList();
      if (candidate.state == State.UP && promising.size() >= 2) {
        promising.forEach(replica -> {
          if (replica != candidate) {
            replica.promised = epoch;
            replica.leader = candidate.id;
            replica.ready = false;
            replica.role = Role.FOLLOWER;
          }
        });
        candidate.role = Role.LEADER;
        candidate.ready = true;
        everReady.add(new KnownLeader(candidate.id, epoch));
      } else if (candidate.state != State.DOWN) {
        at(50, () -> establish(candidate, epoch));
      }
    }

    /** Now and then the front-end itself does not run for a while. */
    private long lateMs() {
      return !busy
          ? 0
          : random.nextInt(100) == 0 ? random.nextInt((int) LONG_SLEEP_MS) : random.nextInt(40);
    }

    private long delay() {
      if (busy) {
        // More and more so, as when a machine fills up.
        int most = (int) Math.min(450, 20 + (nowMs - CALM_MS) / 5);
        return 1 + random.nextInt(most);
      }
      return random.nextInt(50) == 0 ? random.nextInt(250) : 1 + random.nextInt(4);
    }

    private void at(long inMs, Runnable action) {
      events.add(new Event(nowMs + inMs, order++, action));
    }
  }

  private record Event(long atMs, long order, Runnable action) {}

  private enum State {
    UP,
    DOWN,
    HUNG
  }

  private static final class Replica {
    private final int id;
    private State state = State.UP;
    private Role role = Role.FOLLOWER;
    private long promised;
    private int leader;
    private boolean ready;

    Replica(int id) {
      this.id = id;
    }

    ReplicaHealth health() {
      return ReplicaHealth.of(id, EngineName.PRIMARY_BACKUP, role)
          .knows(leader, promised)
          .ready(ready)
          .serving(ready)
          .build();
    }
  }
}
