package toystore.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.disk.OpenFiles;
import toystore.disk.Patience;
import toystore.stock.CatalogState;
import toystore.stock.CatalogWrite;
import toystore.stock.ToyRow;

class CatalogStoreTest {
  @TempDir
  Path folder;

  private CatalogStore open() {
    return CatalogStore.open(folder.resolve("catalog.db"), new OpenFiles(), cause -> {
      throw new AssertionError(cause);
    });
  }

  private static ToyRow tux(long stock, long version) {
    return new ToyRow(0, "Tux", 1_599, 100, 0, stock, version);
  }

  private static void write(CatalogStore store, long id, ToyRow toy) {
    CompletableFuture<Void> durable = new CompletableFuture<>();
    store.write(
        new CatalogWrite(id, List.of(toy), 0, List.of(), List.of(), Map.of()),
        () -> durable.complete(null));
    durable.orTimeout(Patience.SECONDS, TimeUnit.SECONDS).join();
  }

  /** So a million toys are read once. */
  @Test
  void aStartGetsTheToysThatWereComparedWithTheirDigest() throws SQLException {
    CatalogStore store = open();
    write(store, 1, tux(100, 1));
    store.close();

    CatalogStore again = open();
    try (Connection somebody =
            DriverManager.getConnection("jdbc:sqlite:" + folder + "/catalog.db");
        Statement change = somebody.createStatement()) {
      change.execute("update toys set stock = 1000");
    }

    assertEquals(List.of(tux(100, 1)), again.load(CatalogState::toys));
    again.close();
  }

  @Test
  void whatIsWrittenAfterTheOpeningIsReadAnew() {
    CatalogStore store = open();
    write(store, 1, tux(100, 1));
    store.close();

    CatalogStore again = open();
    write(again, 2, tux(99, 2));

    assertEquals(List.of(tux(99, 2)), again.load(CatalogState::toys));
    again.close();
  }
}
