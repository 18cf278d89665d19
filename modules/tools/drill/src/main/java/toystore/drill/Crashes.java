package toystore.drill;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import toystore.operations.LocalStore;
import toystore.operations.OperationFailed;
import toystore.operations.TimeLimit;

/** Walks the crash points of a test build, one a round. Owned by one thread. */
final class Crashes {
  private static final Duration UNTIL_REACHED = Duration.ofSeconds(8);
  private static final int MAX_PASSES = 4;
  private static final Duration MISSED = Duration.ofMillis(300);

  private final Testbed bed;
  private final LocalStore store;
  private final Random chance;
  private final Iterator<CrashPoints.CrashPoint> points;
  private final CrashPoints plan;

  Crashes(Testbed bed, Random chance, List<CrashPoints.CrashPoint> points) {
    this.bed = bed;
    this.store = bed.store();
    this.chance = chance;
    this.points = points.iterator();
    this.plan = bed.crashPoints();
  }

  Fault next() {
    if (!points.hasNext()) {
      throw new OperationFailed("there are fewer crash points than rounds");
    }
    CrashPoints.CrashPoint point = points.next();
    String leader = bed.leader();
    List<String> followers =
        Testbed.REPLICAS.stream().filter(name -> !name.equals(leader)).toList();
    List<String> victims =
        switch (point.victim()) {
          case CATALOG -> List.of(Testbed.CATALOG);
          case FRONT_END -> List.of(Testbed.FRONT_END);
          case LEADER -> List.of(leader);
          case FOLLOWER, RETURNING -> List.of(followers.get(chance.nextInt(followers.size())));
          case NEXT_LEADER -> followers;
        };
    return new Fault(
        "crash of " + point, excuse(point), () -> crash(point, leader, victims), () -> {
          plan.disarm();
          heal(point, leader, victims);
        });
  }

  /** Only who died at the point, and the leader if that was lost, is to be started. */
  private void heal(CrashPoints.CrashPoint point, String leader, List<String> victims) {
    for (String victim : victims) {
      if (bed.isDown(victim)) {
        List<String> last = LogLines.lastFew(store.log(victim));
        store.start(victim);
        if (!last.contains("crash-point=" + point.point())) {
          throw new OperationFailed(victim + " died elsewhere than at " + point + ": " + last);
        }
      }
    }
    if (point.takesOver() && bed.isDown(leader)) {
      store.start(leader);
    }
  }

  private static AllowedFailures excuse(CrashPoints.CrashPoint point) {
    return switch (point.victim()) {
      case CATALOG ->
        point.takesOver() ? AllowedFailures.CATALOG_AND_LEADER : AllowedFailures.CATALOG;
      case FRONT_END -> AllowedFailures.FRONT_END;
      case LEADER, FOLLOWER, RETURNING -> AllowedFailures.NONE;
      case NEXT_LEADER -> AllowedFailures.MAJORITY;
    };
  }

  private void crash(CrashPoints.CrashPoint point, String leader, List<String> victims) {
    if (point.victim() == CrashPoints.Victim.RETURNING) {
      store.kill(victims.get(0));
      TimeLimit.sleep(MISSED);
      plan.arm(victims, point, 0);
      startDoomed(victims.get(0));
    } else {
      // A take-over passes its points once, and some of them without one too: those have a point
      // of the take-over that must come before. Load passes the others all the time.
      plan.arm(victims, point, point.takesOver() ? 0 : chance.nextInt(MAX_PASSES));
      if (point.takesOver()) {
        store.kill(leader);
      }
    }
    boolean reached = TimeLimit.await(UNTIL_REACHED, () -> victims.stream().anyMatch(bed::isDown));
    plan.disarm();
    if (!reached) {
      throw new OperationFailed(point + " was not reached");
    }
  }

  /** It may die before it is up, which is what is wanted. */
  private void startDoomed(String service) {
    try {
      store.start(service);
    } catch (OperationFailed diedAtOnce) {
      if (!bed.isDown(service)) {
        throw diedAtOnce;
      }
    }
  }
}
