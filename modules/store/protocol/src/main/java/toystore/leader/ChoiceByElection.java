package toystore.leader;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import toystore.leader.LeaderChoice.Move.MoveKind;
import toystore.model.Epochs;

/**
 * The replicas elect their leader, and the front-end follows it. It also decides when another
 * should stand, because the one elected is of no use here. Replicas see most failures themselves,
 * and at once; that their leader lacks the catalog, or the front-end its leader, only a front-end
 * sees. Pure; owned by {@link LeaderSelector}.
 */
final class ChoiceByElection implements LeaderChoice {
  private static final int MAX_DOUBLINGS = 3;
  private static final long NEVER = Long.MIN_VALUE;

  private final long limitMs;
  /** When each replica was asked to stand. */
  private final Map<Integer, Long> askedMs = new HashMap<>();

  private long waitingSinceMs = NEVER;
  private long servedSinceMs = NEVER;
  private long latestLed = Epochs.NONE;
  private int inRow;

  /** @param limitMs wait for service before the first time; doubled with each that follows soon */
  ChoiceByElection(long limitMs) {
    this.limitMs = limitMs;
  }

  /** A term without a leader says nothing: a candidate whose disk hangs is alone in its term. */
  @Override
  public long newestEpoch(Candidates candidates) {
    return candidates.highestLed();
  }

  @Override
  public Move whenNobodyLeads(Candidates candidates, long newestEpoch) {
    return Move.LOOK_AT_ALL;
  }

  @Override
  public Move review(View view) {
    if (view.serving()) {
      served(view.nowMs());
      return Move.NONE;
    }
    servedSinceMs = NEVER;
    long led = view.replicas().latestLed();
    // Who has just been elected has its time, too.
    if (waitingSinceMs == NEVER || !view.allThere() || led > latestLed) {
      waitingSinceMs = view.nowMs();
      latestLed = Math.max(latestLed, led);
    }
    if (view.nowMs() - waitingSinceMs <= limitMs << Math.min(inRow, MAX_DOUBLINGS)) {
      return Move.NONE;
    }
    return whomToAsk(view)
        .map(replica -> {
          inRow++;
          waitingSinceMs = view.nowMs();
          askedMs.put(replica.id, view.nowMs());
          return new Move(MoveKind.ASK_TO_STAND, replica);
        })
        .orElse(Move.NONE);
  }

  /** Who was not asked yet or longest ago, and among those the furthest. */
  private Optional<ReplicaView> whomToAsk(View view) {
    return view.replicas()
        .successors(view.nowMs())
        .min(Comparator.comparing((ReplicaView replica) -> askedMs.getOrDefault(replica.id, NEVER))
            .thenComparing(replica -> -replica.health().lastIndex())
            .thenComparing(replica -> -replica.id));
  }

  /**
   * Only service that lasts ends a row: two front-ends could else take the office from each other.
   */
  private void served(long nowMs) {
    waitingSinceMs = NEVER;
    servedSinceMs = servedSinceMs == NEVER ? nowMs : servedSinceMs;
    if (nowMs - servedSinceMs >= limitMs << MAX_DOUBLINGS) {
      inRow = 0;
    }
  }
}
