package toystore.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import toystore.disk.Flips;
import toystore.disk.OpenFiles;
import toystore.disk.Patience;
import toystore.stock.CatalogWrite;
import toystore.stock.LedgerRow;
import toystore.stock.LedgerState;
import toystore.stock.Meta;
import toystore.stock.ToyRow;

/** One flipped bit in the catalog's files: it never sells again what was sold. */
class CatalogFlipsTest {
  private static final int ROWS = 60;

  @TempDir
  Path folder;

  private Flips afterAKill;
  private Flips afterAStop;
  private long lastId;

  /** All that the disk holds. */
  private record Books(List<ToyRow> toys, List<LedgerRow> ledger, Map<Meta, Long> meta) {}

  @BeforeEach
  void writeAndKill() throws IOException {
    Path data = folder.resolve("data");
    Files.createDirectory(data);
    CatalogStore closed = open(data);
    write(closed, 0, ROWS / 2);
    closed.close();
    CatalogStore killed = open(data);
    write(killed, ROWS / 2, ROWS);
    Flips.copyAsKilled(data, folder.resolve("killed"));
    killed.close();
    afterAKill = flips("killed");
    afterAStop = flips("data");
  }

  private Flips flips(String files) throws IOException {
    return new Flips(
        folder.resolve(files), folder.resolve("flipped-" + files), CatalogFlipsTest::read);
  }

  private static CatalogStore open(Path data) {
    return CatalogStore.open(data.resolve("catalog.db"), new OpenFiles(), failure -> {});
  }

  private void write(CatalogStore store, int from, int to) {
    for (int row = from; row < to; row++) {
      List<ToyRow> toys = List.of(
          new ToyRow(0, "Tux", 1599, 100, 0, 100 - row, row + 1),
          new ToyRow(1, "Fox", 1, 9, 0, 9, 1));
      LedgerRow decided = new LedgerRow("key-".repeat(25) + row, "Tux", 1, LedgerState.HELD);
      List<Integer> sold = row % 7 == 3 ? List.of(row - 1) : List.of();
      CompletableFuture<Void> durable = new CompletableFuture<>();
      store.write(
          new CatalogWrite(
              ++lastId, toys, row, List.of(decided), sold, Map.of(Meta.FENCE, (long) row)),
          () -> durable.complete(null));
      durable.orTimeout(Patience.SECONDS, TimeUnit.SECONDS).join();
    }
  }

  private static Books read(Path data) {
    CatalogStore store = open(data);
    try {
      return store.load(state -> {
        List<LedgerRow> ledger = new ArrayList<>();
        state.ledger().forEach(ledger::add);
        return new Books(state.toys(), ledger, state.meta());
      });
    } finally {
      store.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"catalog.db", "catalog.db-wal", "catalog.db.mark"})
  void isRefusedOrChangesNothing(String file) throws IOException {
    demandRight(afterAKill.in(Path.of(file), 1));
  }

  /** All is in the database then, nothing in its write-ahead log. */
  @Test
  void inAClosedDatabaseToo() throws IOException {
    demandRight(afterAStop.in(Path.of("catalog.db"), 2));
  }

  private static void demandRight(Flips.Outcome outcome) {
    assertEquals(List.of(), outcome.wrong());
    assertTrue(outcome.refused() + outcome.same() > 0);
  }
}
