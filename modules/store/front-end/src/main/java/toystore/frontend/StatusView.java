package toystore.frontend;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Locale;
import toystore.edge.WireFormat;
import toystore.leader.LeaderSelector;
import toystore.leader.SeenReplica;
import toystore.model.Epochs;
import toystore.model.KnownLeader;
import toystore.model.ReplicaHealth;

/**
 * What the public status page shows: how the store is doing, and nothing that is secret.
 *
 * @param replicas none in a store of desks
 * @param desks null in a store of replicas
 * @param durability of a store of desks: replicated, or single; else null
 */
record StatusView(
    Integer leader,
    String epoch,
    boolean serving,
    String catalog,
    List<ReplicaSummary> replicas,
    @JsonInclude(JsonInclude.Include.NON_NULL) List<DeskSummary> desks,
    @JsonInclude(JsonInclude.Include.NON_NULL) String durability,
    FrontEndView.CacheFigures cache) {

  /**
   * A replica as the health checks see it.
   *
   * @param state live, silent, down or unknown
   * @param role what it is; null unless it is live, for nobody knows what it will be when it
   *     returns
   * @param epoch that it has promised; null likewise
   * @param lastPosition in its log, as it last said; null before its first answer
   * @param behindBy committed entries that it has not, as far as known
   */
  record ReplicaSummary(
      String service, String state, String role, String epoch, Long lastPosition, Long behindBy) {}

  /**
   * A desk as the health checks see it.
   *
   * @param state live, silent, down or unknown
   * @param role leader for the desk in office, candidate for one that is about to be, follower for
   *     one that stands by; null unless it is live
   * @param epoch of its office; null likewise
   */
  record DeskSummary(String service, String state, String role, String epoch) {}

  static StatusView of(
      LeaderSelector selector,
      FrontEndConfig.Services services,
      ServingLoop.LoopView loop,
      FrontEndView.CacheFigures cache) {
    List<ReplicaSummary> all = seen(selector, services);
    return new StatusView(
        selector.leader().map(KnownLeader::id).orElse(null),
        selector.leader().map(leader -> Epochs.text(leader.epoch())).orElse(null),
        selector.serving(),
        loop.catalog(),
        services.isDesks() ? List.of() : all,
        services.isDesks() ? all.stream().map(StatusView::desk).toList() : null,
        loop.durability(),
        cache);
  }

  /** Replicas, or desks, highest id first. */
  static List<ReplicaSummary> seen(LeaderSelector selector, FrontEndConfig.Services services) {
    List<SeenReplica> seen = selector.seen();
    long committed = seen.stream()
        .filter(replica -> replica.health() != null)
        .mapToLong(replica -> replica.health().committed())
        .max()
        .orElse(0);
    return seen.stream().map(replica -> replica(services, replica, committed)).toList();
  }

  Buffer encode() {
    return WireFormat.encode(new Data(this));
  }

  private static DeskSummary desk(ReplicaSummary seen) {
    return new DeskSummary(seen.service(), seen.state(), seen.role(), seen.epoch());
  }

  private static ReplicaSummary replica(
      FrontEndConfig.Services services, SeenReplica seen, long committed) {
    String service = services.name(seen.id());
    ReplicaHealth health = seen.health();
    if (health == null) {
      return new ReplicaSummary(service, seen.state(), null, null, null, null);
    }
    boolean live = seen.isLive();
    return new ReplicaSummary(
        service,
        seen.state(),
        live ? health.role().name().toLowerCase(Locale.ROOT) : null,
        live ? Epochs.text(health.promised()) : null,
        health.lastIndex(),
        Math.max(0, committed - health.committed()));
  }

  private record Data(StatusView data) {}
}
