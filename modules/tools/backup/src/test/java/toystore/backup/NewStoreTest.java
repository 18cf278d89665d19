package toystore.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import toystore.catalog.CatalogFile;
import toystore.model.Epochs;
import toystore.order.OrdersFile;
import toystore.stock.LedgerState;
import toystore.stock.Meta;

/** Stores are made of exports, and hold the same. */
class NewStoreTest {
  @TempDir
  Path folder;

  private Export make(Path export, String engine) throws IOException {
    return NewStore.make(export, folder, Sample.REPLICAS, Sample.ENGINES.get(engine));
  }

  @ParameterizedTest
  @ValueSource(strings = {"primary-backup", "raft"})
  void everyReplicaHasTheOrdersWithTheirNumbersAndKeys(String engine) throws IOException {
    make(Sample.export(folder.resolve("export"), "raft"), engine);

    for (String replica : Sample.REPLICAS) {
      try (OrdersFile file = OrdersFile.open(Sample.orders(folder, replica))) {
        file.demandWhole();
        assertEquals(engine, file.engine());
        assertEquals(2, file.count());
        file.read(orders -> {
          assertEquals(Sample.A, orders.next().purchase());
          assertEquals(Sample.B, orders.next().purchase());
          return orders;
        });
      }
    }
  }

  @Test
  void theCatalogKnowsAllPurchasesAndRefusesEveryOldLeader() throws IOException {
    make(Sample.export(folder.resolve("export"), "raft"), "raft");

    try (CatalogFile file = CatalogFile.open(folder.resolve("catalog").resolve(CatalogFile.NAME))) {
      file.demandWhole();
      assertEquals(3, file.purchases());
      file.read(state -> {
        assertEquals(List.of(Sample.tux(94)), state.toys());
        state
            .ledger()
            .forEach(row -> assertEquals(
                row.key().equals("c") ? LedgerState.HELD : LedgerState.SOLD, row.state()));
        assertEquals(Long.valueOf(2), state.meta().get(Meta.MARK_ORDERS));
        assertEquals(
            Long.valueOf(Sample.link(Sample.A, Sample.B)), state.meta().get(Meta.MARK_LINK));
        assertEquals(Long.valueOf(Epochs.next(Sample.EPOCH, 0)), state.meta().get(Meta.FENCE));
        return state;
      });
    }
  }

  /** Requests that were refused before are too old to be decided, so refusals need not travel. */
  @Test
  void theClockOfTheCatalogIsAMinuteAhead() throws IOException {
    make(Sample.export(folder.resolve("export"), "raft"), "raft");

    try (CatalogFile file = CatalogFile.open(folder.resolve("catalog").resolve(CatalogFile.NAME))) {
      assertEquals(Long.valueOf(65_000), file.read(state -> state.meta().get(Meta.CLOCK)));
    }
  }

  @Test
  void aStoreWithoutOrdersIsMadeToo() throws IOException {
    Path export = folder.resolve("export");
    try (ExportWriter out = new ExportWriter(Files.newOutputStream(export))) {
      out.head(Sample.head("raft"));
      out.toy(Sample.tux(100));
      out.finish();
    }

    assertEquals(0, make(export, "raft").orders());
  }

  @Test
  void aKeyThatIsThereTwiceMakesNoStore() throws IOException {
    Path export = folder.resolve("export");
    try (ExportWriter out = new ExportWriter(Files.newOutputStream(export))) {
      out.head(Sample.head("raft"));
      out.toy(Sample.tux(98));
      out.order(0, Sample.A);
      out.order(1, Sample.A);
      out.finish();
    }

    String said = assertThrows(ArchiveFailed.class, () -> make(export, "raft")).getMessage();
    assertTrue(said.contains("a key is there twice"), said);
  }
}
