package toystore.raft;

import io.vertx.core.json.JsonObject;
import java.util.List;
import toystore.edge.SettingKey;
import toystore.order.OrderKeys;

/** The keys that a replica with Raft reads of such a configuration. */
public final class RaftKeys {
  private RaftKeys() {}

  public static List<SettingKey> of(JsonObject json) {
    return OrderKeys.of(json, new RaftEngine());
  }
}
