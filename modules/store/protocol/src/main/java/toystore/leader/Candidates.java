package toystore.leader;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import toystore.model.Epochs;

/**
 * Who could lead, among the replicas that answer. Pure.
 *
 * @param answering highest id first
 */
record Candidates(List<ReplicaView> answering, long nowMs) {

  int count() {
    return answering.size();
  }

  long highestPromised() {
    return answering.stream().mapToLong(view -> view.health().promised()).max().orElse(Epochs.NONE);
  }

  /** The latest epoch in which one leads; where nobody does, the latest promised. */
  long highestLed() {
    return answering.stream()
        .filter(view -> view.health().leads())
        .mapToLong(view -> view.health().promised())
        .max()
        .orElseGet(this::highestPromised);
  }

  /** Leads this epoch and is ready. */
  Optional<ReplicaView> standing(long epoch) {
    return first(view -> view.health().leads() && isCurrent(view, epoch));
  }

  /** Was named or elected in this epoch, and is not ready yet. */
  Optional<ReplicaView> underWay(long epoch) {
    return first(view -> view.health().takesOver() && isCurrent(view, epoch));
  }

  /** The highest id that may be appointed; those that failed lately come last, oldest first. */
  Optional<ReplicaView> best() {
    Comparator<ReplicaView> byFailure = Comparator.comparingLong(
        view -> view.passedOver(nowMs) ? view.passedOverUntilMs() : Long.MIN_VALUE);
    return answering.stream()
        .filter(view -> view.health().eligible())
        .min(byFailure.thenComparing(view -> -view.id));
  }

  private Optional<ReplicaView> first(Predicate<ReplicaView> matching) {
    return answering.stream().filter(matching).findFirst();
  }

  /** A leader whose epoch is not the highest promised has been replaced and may not know it yet. */
  private boolean isCurrent(ReplicaView view, long epoch) {
    return view.health().promised() == epoch && !view.passedOver(nowMs);
  }
}
