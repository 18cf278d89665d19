package toystore.frontend;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Locale;
import toystore.edge.WireFormat;
import toystore.leader.LeaderSelector;
import toystore.leader.SeenReplica;
import toystore.model.Epochs;
import toystore.model.KnownLeader;
import toystore.model.ReplicaHealth;

/** What the public status page shows: how the store is doing, and nothing that is secret. */
record StatusView(
    Integer leader,
    String epoch,
    boolean serving,
    String catalog,
    List<ReplicaSummary> replicas,
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

  static StatusView of(LeaderSelector selector, String catalog, FrontEndView.CacheFigures cache) {
    List<SeenReplica> seen = selector.seen();
    long committed = seen.stream()
        .filter(replica -> replica.health() != null)
        .mapToLong(replica -> replica.health().committed())
        .max()
        .orElse(0);
    return new StatusView(
        selector.leader().map(KnownLeader::id).orElse(null),
        selector.leader().map(leader -> Epochs.text(leader.epoch())).orElse(null),
        selector.serving(),
        catalog,
        seen.stream().map(replica -> replica(replica, committed)).toList(),
        cache);
  }

  Buffer encode() {
    return WireFormat.encode(new Data(this));
  }

  private static ReplicaSummary replica(SeenReplica seen, long committed) {
    String service = "order-" + seen.id();
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
