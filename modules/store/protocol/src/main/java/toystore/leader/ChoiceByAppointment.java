package toystore.leader;

import java.util.Optional;
import toystore.leader.LeaderChoice.Move.MoveKind;

/**
 * The front-end makes epochs and names their leaders, the highest id that answers. So it also
 * judges them: one that serves nobody though it could is given up. Pure; owned by {@link
 * LeaderSelector}.
 */
final class ChoiceByAppointment implements LeaderChoice {
  private final SelectorOptions options;

  ChoiceByAppointment(SelectorOptions options) {
    this.options = options;
  }

  @Override
  public long newestEpoch(Candidates candidates) {
    return candidates.highestPromised();
  }

  @Override
  public Move whenNobodyLeads(Candidates candidates, long newestEpoch) {
    Optional<ReplicaView> underWay = candidates.underWay(newestEpoch);
    if (underWay.isPresent()) {
      return new Move(MoveKind.AWAIT, underWay.get());
    }
    // Invariant: nobody is appointed without a majority, which could not promise anything.
    Optional<ReplicaView> best =
        candidates.count() >= options.majority() ? candidates.best() : Optional.empty();
    return best.map(view -> new Move(MoveKind.APPOINT, view)).orElse(Move.NONE);
  }

  @Override
  public Move review(View view) {
    if (view.leader() == null) {
      return Move.NONE;
    }
    if (isIdle(view)) {
      return new Move(MoveKind.PASS_OVER, view.leader());
    }
    Optional<ReplicaView> higher = options.handOver()
        ? view.replicas().higherAndLevel(view.nowMs(), view.leader())
        : Optional.empty();
    return higher.map(replica -> new Move(MoveKind.APPOINT, replica)).orElse(Move.NONE);
  }

  /** The leader answers and does not serve, though for long it has had all that it needs. */
  private boolean isIdle(View view) {
    ReplicaView leader = view.leader();
    long limitMs = leader.stretched(options.leaderTimes().notServingMs());
    return leader.notServingFor(view.nowMs(), limitMs)
        && view.allThere()
        && view.nowMs() - view.allThereSinceMs() > limitMs
        && view.replicas().anotherCouldServe(view.nowMs(), leader);
  }
}
