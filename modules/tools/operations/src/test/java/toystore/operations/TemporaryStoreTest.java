package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryStoreTest {
  @TempDir
  Path parent;

  @Test
  void closedItIsGoneAndNotStartedAgain() throws IOException {
    TemporaryStore temporary = TemporaryStore.in(parent, "toystore-");
    assertTrue(Files.isDirectory(temporary.folder()));

    temporary.close();

    assertEquals(List.of(), left());
    assertThrows(OperationFailed.class, () -> temporary.up(UpOptions.defaults()));
    assertEquals(List.of(), left());
  }

  @Test
  void theLogsOfOneThatFailedAreLeft() throws IOException {
    TemporaryStore temporary = TemporaryStore.in(parent, "toystore-");
    Path logs = Files.createDirectories(temporary.storeFolder().resolve("log"));
    Files.writeString(logs.resolve("order-1.log"), "port is taken");
    Files.writeString(temporary.storeFolder().resolve("token"), "1234");

    Path kept = temporary.keepLogs();
    temporary.close();

    assertEquals(logs, kept);
    assertTrue(Files.exists(logs.resolve("order-1.log")));
    assertTrue(Files.notExists(temporary.storeFolder().resolve("token")));
  }

  @Test
  void anInterruptedOwnerTakesItDownAllTheSame() throws IOException {
    List<String> undone = new ArrayList<>();
    TemporaryStore temporary =
        TemporaryStore.ownedByCaller(parent, "toystore-", () -> undone.add("network"));
    Thread.currentThread().interrupt();

    temporary.close();
    temporary.close();

    assertEquals(List.of("network"), undone);
    assertEquals(List.of(), left());
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(parent)) {
      return files.toList();
    }
  }
}
