package toystore.raft;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import toystore.disk.DataFolder;
import toystore.edge.Address;
import toystore.edge.Settings;
import toystore.edge.Token;
import toystore.order.Engine;
import toystore.order.OrderConfig;

/** A data folder opened as a replica opens it, without a replica. */
final class OpenEngine {
  private static final Address NOBODY = new Address("127.0.0.1", 1);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private OpenEngine() {}

  static Engine.OpenedEngine of(RaftEngine engine, int id, DataFolder data) {
    return of(engine, id, data, failure -> {});
  }

  /** @param onFailure told, on another thread, of a write that failed */
  static Engine.OpenedEngine of(
      RaftEngine engine, int id, DataFolder data, Consumer<Throwable> onFailure) {
    engine.configure(Settings.of(new JsonObject()));
    return engine.open(config(id, data.path()), data, onFailure);
  }

  private static OrderConfig config(int id, Path data) {
    return new OrderConfig(
        id,
        "127.0.0.1",
        0,
        data,
        Token.of("a-token-for-tests-only"),
        Optional.empty(),
        NOBODY,
        List.of(
            new OrderConfig.Peer(id % 3 + 1, NOBODY),
            new OrderConfig.Peer((id + 1) % 3 + 1, NOBODY)),
        SECOND,
        SECOND,
        SECOND,
        SECOND,
        SECOND,
        SECOND,
        1,
        1);
  }
}
