package toystore.leader;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import toystore.model.Epochs;
import toystore.model.Role;

/**
 * What leader selection knows of all replicas, highest id first. Owned by {@link LeaderSelector}.
 */
final class ReplicaViews {
  private final Map<Integer, ReplicaView> views = new LinkedHashMap<>();

  ReplicaViews(List<Integer> ids, long silenceMs) {
    ids.forEach(id -> views.put(id, new ReplicaView(id, silenceMs)));
  }

  /** Null where there is no such replica. */
  ReplicaView of(int id) {
    return views.get(id);
  }

  Collection<ReplicaView> all() {
    return views.values();
  }

  long count(Predicate<ReplicaView> matching) {
    return all().stream().filter(matching).count();
  }

  /**
   * Whether all have answered, or all who will soon. Who is slow of late has longer; one never
   * heard of, as when all start together, is waited for until it counts as silent.
   */
  boolean haveSpoken(long waitedMs, long usualMs) {
    long limitMs = all().stream()
        .filter(ReplicaView::awaited)
        .mapToLong(view -> view.stretched(usualMs))
        .max()
        .orElse(0);
    return waitedMs >= limitMs && (limitMs == 0 || count(ReplicaView::unknown) == 0);
  }

  /** Those where somebody listens, or may. */
  long notDown() {
    return count(view -> !view.watch.down());
  }

  List<Integer> live() {
    return alive().map(view -> view.id).toList();
  }

  /** Those that have answered since they were last asked all together. */
  Candidates answering(long nowMs) {
    return new Candidates(all().stream().filter(ReplicaView::answering).toList(), nowMs);
  }

  List<SeenReplica> seen() {
    return all().stream()
        .map(view -> new SeenReplica(view.id, view.watch.state().text(), view.health()))
        .toList();
  }

  Optional<String> trouble() {
    return alive()
        .filter(view -> view.health().trouble() != null)
        .map(view -> view.health().service() + ": " + view.health().trouble())
        .findFirst();
  }

  /** Whether one leads in a later epoch than this. */
  boolean newerLeads(long epoch) {
    return alive().anyMatch(view -> view.health().leads() && view.health().promised() > epoch);
  }

  /** Whether there is another than this leader that might do better. */
  boolean anotherCouldServe(long nowMs, ReplicaView leader) {
    return eligible(nowMs).anyMatch(view -> view != leader);
  }

  /** Whether its disk is stuck, and another's is not. */
  boolean isStuckAlone(long nowMs, ReplicaView view) {
    return !view.health().eligible() && anotherCouldServe(nowMs, view);
  }

  /** The highest id above this leader's, if it has all that is committed. */
  Optional<ReplicaView> higherAndLevel(long nowMs, ReplicaView leader) {
    return eligible(nowMs)
        .filter(view -> view.id > leader.id)
        .filter(view -> view.health().role() == Role.FOLLOWER)
        .filter(view -> view.health().lastIndex() >= leader.health().committed())
        .findFirst();
  }

  /** The latest epoch in which one holds office, ready or not. */
  long latestLed() {
    return alive()
        .filter(view -> view.health().role() == Role.LEADER)
        .mapToLong(view -> view.health().promised())
        .max()
        .orElse(Epochs.NONE);
  }

  /** Followers that lack nothing that is known to be committed, and so might win an election. */
  Stream<ReplicaView> successors(long nowMs) {
    long committed = alive().mapToLong(view -> view.health().committed()).max().orElse(0);
    return eligible(nowMs)
        .filter(view -> view.health().role() == Role.FOLLOWER)
        .filter(view -> view.health().lastIndex() >= committed);
  }

  private Stream<ReplicaView> eligible(long nowMs) {
    return alive().filter(view -> view.health().eligible()).filter(view -> !view.passedOver(nowMs));
  }

  private Stream<ReplicaView> alive() {
    return all().stream().filter(ReplicaView::live);
  }
}
