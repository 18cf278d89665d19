package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {
  @TempDir
  Path parent;

  private Path folder;
  private Path store;

  @BeforeEach
  void fill() throws IOException {
    folder = parent.resolve("drill");
    store = folder.resolve("store");
    Files.createDirectories(store.resolve("log"));
    Files.createDirectories(store.resolve("order-1"));
    Files.writeString(store.resolve("log/order-1.log"), "port is taken");
    Files.writeString(store.resolve("order-1/orders.db"), "large");
  }

  @Test
  void nothingIsLeftOfAStoreThatWentWell() {
    TemporaryFolder.remove(folder);

    assertTrue(Files.notExists(folder));
    TemporaryFolder.remove(folder);
  }

  @Test
  void withoutLogsNothingIsLeftOfItEither() throws IOException {
    Files.delete(store.resolve("log/order-1.log"));
    Files.delete(store.resolve("log"));

    TemporaryFolder.removeAllButLogs(folder, store);

    assertTrue(Files.notExists(folder));
  }
}
