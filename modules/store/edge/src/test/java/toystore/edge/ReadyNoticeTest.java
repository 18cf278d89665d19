package toystore.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadyNoticeTest {
  private final Vertx vertx = Vertx.vertx();

  @TempDir
  Path folder;

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void systemdIsToldWhereItStartedTheService() throws Exception {
    Path said = folder.resolve("said");

    tell("/run/some-socket", "echo ready > " + said);

    assertEquals("ready\n", Files.readString(said));
  }

  @Test
  void withoutSystemdNothingIsStarted() throws Exception {
    Path said = folder.resolve("said");

    tell(null, "echo ready > " + said);
    tell("", "echo ready > " + said);

    assertFalse(Files.exists(said));
  }

  @Test
  void aNoticeThatFailsIsAFailure() {
    ExecutionException failure =
        assertThrows(ExecutionException.class, () -> tell("/run/some-socket", "exit 3"));

    assertTrue(failure.getMessage().contains("ended with status 3"), failure.getMessage());
  }

  private void tell(String socket, String script) throws Exception {
    ReadyNotice.send(vertx, socket, List.of("sh", "-c", script))
        .toCompletionStage()
        .toCompletableFuture()
        .get();
  }
}
