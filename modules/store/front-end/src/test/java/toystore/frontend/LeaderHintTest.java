package toystore.frontend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.model.Epochs;

/**
 * The leader is deposed, knows its successor, and is the only other one that answers anything. No
 * check is due for long and no majority answers one, so only what it says leads to the successor.
 */
class LeaderHintTest {
  private static final String TUX = "{\"name\":\"Tux\",\"quantity\":1}";
  private static final int NO_CHECK_SOON_MS = 60_000;
  private static final int OTHER_FRONT_END = 2;

  @TempDir
  private Path folder;

  private FakeStore store;

  @BeforeEach
  void deposeTheLeader() {
    store = new FakeStore(folder, json -> json.put("healthCheckMs", NO_CHECK_SOON_MS), replicas -> {
      replicas.pause(2); // Never heard of, so nobody can be chosen without it.
      replicas.lead(3, Epochs.of(1, OTHER_FRONT_END));
    });
    store.awaitServing();
    store.replicas.ignoreChecks(3);
    store.replicas.lead(1, Epochs.of(2, OTHER_FRONT_END));
  }

  @AfterEach
  void stop() {
    store.close();
  }

  @Test
  void aPurchaseRefusedByAFormerLeaderIsAnsweredByTheOneItNames() {
    assertEquals("{\"data\":{\"order_number\":0}}", store.buy("k", TUX).body());
  }

  @Test
  void aQueryThatAFormerLeaderCannotAnswerIsAnsweredByTheOneItNames() {
    assertEquals(404, store.get("/orders/7").statusCode());
  }
}
