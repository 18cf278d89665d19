package toystore.leader;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import toystore.model.Epochs;

/**
 * Decides when another replica should stand for election, because the one elected is of no use here.
 * Replicas see most failures themselves, and at once; that their leader lacks the catalog, or the
 * front-end its leader, only a front-end sees. Pure; owned by {@link LeaderSelector}.
 */
final class Urging {
  private static final int MAX_DOUBLINGS = 3;
  private static final long NEVER = Long.MIN_VALUE;

  private final long limitMs;
  private final Map<Integer, Long> urgedMs = new HashMap<>();
  private long waitingSinceMs = NEVER;
  private long servedSinceMs = NEVER;
  private long latestLed = Epochs.NONE;
  private int inRow;

  /** @param limitMs wait for service before the first time; doubled with each that follows soon */
  Urging(long limitMs) {
    this.limitMs = limitMs;
  }

  /**
   * Whom to ask now: who was not asked yet or longest ago, and among those the furthest.
   *
   * @param allThere a majority and the catalog answer: a leader should serve
   */
  Optional<ReplicaView> next(long nowMs, ReplicaViews replicas, boolean serving, boolean allThere) {
    if (serving) {
      served(nowMs);
      return Optional.empty();
    }
    servedSinceMs = NEVER;
    long led = replicas.latestLed();
    // Who has just been elected has its time, too.
    if (waitingSinceMs == NEVER || !allThere || led > latestLed) {
      waitingSinceMs = nowMs;
      latestLed = Math.max(latestLed, led);
    }
    if (nowMs - waitingSinceMs <= limitMs << Math.min(inRow, MAX_DOUBLINGS)) {
      return Optional.empty();
    }
    Optional<ReplicaView> next = replicas
        .successors(nowMs)
        .min(Comparator.comparing((ReplicaView view) -> urgedMs.getOrDefault(view.id, NEVER))
            .thenComparing(view -> -view.health().lastIndex())
            .thenComparing(view -> -view.id));
    next.ifPresent(view -> {
      inRow++;
      waitingSinceMs = nowMs;
      urgedMs.put(view.id, nowMs);
    });
    return next;
  }

  /** Only service that lasts ends a row: two front-ends could else take the office from each other. */
  private void served(long nowMs) {
    waitingSinceMs = NEVER;
    servedSinceMs = servedSinceMs == NEVER ? nowMs : servedSinceMs;
    if (nowMs - servedSinceMs >= limitMs << MAX_DOUBLINGS) {
      inRow = 0;
    }
  }
}
