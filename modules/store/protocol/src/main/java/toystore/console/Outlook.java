package toystore.console;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import toystore.leader.SeenReplica;
import toystore.model.EngineName;
import toystore.model.KnownLeader;

/**
 * What a front-end knows first hand, without asking anybody.
 *
 * @param leader that is ready
 * @param awaited on its way to readiness, while nobody leads
 * @param serving whether the leader has a majority and the catalog
 * @param catalog live, silent, down or unknown
 * @param replicas as the health checks see them, or desks, highest id first
 * @param durability of a store of desks, what its database is to promise: replicated, single, or
 *     unknown; empty in a store of replicas
 */
public record Outlook(
    Optional<KnownLeader> leader,
    Optional<KnownLeader> awaited,
    boolean serving,
    String catalog,
    List<SeenReplica> replicas,
    Optional<String> durability) {
  private static final String LIVE = "live";

  /** With whom is on its way to readiness, as the replicas themselves say. */
  public static Outlook of(
      Optional<KnownLeader> leader,
      boolean serving,
      String catalog,
      List<SeenReplica> replicas,
      Optional<String> durability) {
    Optional<KnownLeader> awaited = replicas.stream()
        .filter(seen -> leader.isEmpty() && seen.isLive() && seen.health().takesOver())
        .map(seen -> new KnownLeader(seen.id(), seen.health().promised()))
        .max(Comparator.comparingLong(KnownLeader::epoch));
    return new Outlook(leader, awaited, serving, catalog, replicas, durability);
  }

  /** Whether the replicas elect their leader; false while none of them has answered. */
  boolean elects() {
    return replicas.stream()
        .anyMatch(seen -> seen.health() != null && seen.health().elects());
  }

  /** As the replicas name it; the usual one while none of them has answered. */
  String engine() {
    return isDesks() ? EngineName.POSTGRES.toString() : engineOfReplicas();
  }

  private String engineOfReplicas() {
    return replicas.stream()
        .filter(seen -> seen.health() != null)
        .map(seen -> seen.health().engine())
        .findFirst()
        .orElse(EngineName.USUAL);
  }

  /** Whether desks on a database are what leads, and not replicas. */
  boolean isDesks() {
    return durability.isPresent();
  }

  /**
   * How the database is, as the desk that leads sees it: live, silent or unknown; null in a store
   * of replicas.
   */
  String database() {
    if (!isDesks()) {
      return null;
    }
    return replicas.stream()
        .filter(seen -> seen.isLive() && seen.health().known().id() == seen.id())
        .map(SeenReplica::health)
        .findFirst()
        // A desk that is about to lead has just written to it.
        .map(health -> health.serving() || health.takesOver() ? LIVE : "silent")
        .orElse("unknown");
  }

  boolean catalogLives() {
    return LIVE.equals(catalog);
  }

  /** The highest committed index that any of them has spoken of. */
  long committed() {
    return replicas.stream()
        .filter(seen -> seen.health() != null)
        .mapToLong(seen -> seen.health().committed())
        .max()
        .orElse(0);
  }
}
