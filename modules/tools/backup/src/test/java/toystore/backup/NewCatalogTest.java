package toystore.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static toystore.backup.Sample.A;
import static toystore.backup.Sample.B;
import static toystore.backup.Sample.C;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.backup.NewCatalog.MadeCatalog;
import toystore.catalog.CatalogFile;
import toystore.model.PurchaseRequest;
import toystore.stock.LedgerRow;
import toystore.stock.Meta;

/** A catalog that was lost comes back from an older backup and the replicas' logs. */
class NewCatalogTest {
  @TempDir
  Path folder;

  private Path backup;

  @BeforeEach
  void makeReplicasAndAnOlderBackup() throws IOException {
    NewStore.make(
        Sample.export(folder.resolve("now"), "raft"),
        folder,
        Sample.REPLICAS,
        Sample.ENGINES.get("raft"));
    backup = folder.resolve("backup");
    try (ExportWriter out = new ExportWriter(Files.newOutputStream(backup))) {
      out.head(Sample.head("raft"));
      out.toy(Sample.tux(99));
      out.order(0, A);
      out.finish();
    }
  }

  private MadeCatalog make(PurchaseRequest... inLogs) throws IOException {
    List<Path> replicas = List.of(folder.resolve("order-1"), folder.resolve("order-2"));
    return NewCatalog.make(
        backup, replicas, (replica, index) -> List.of(inLogs), 500, folder.resolve("new"));
  }

  private CatalogFile made() {
    return CatalogFile.open(folder.resolve("new").resolve(CatalogFile.NAME));
  }

  @Test
  void everyOrderAndWhateverMayBecomeOneHasItsStock() throws IOException {
    // B is in a log once more, as after a retry: a key becomes one order.
    assertEquals(new MadeCatalog(1, 2, 1), make(B, C));

    try (CatalogFile file = made()) {
      file.demandWhole();
      file.read(state -> {
        List<LedgerRow> ledger = new ArrayList<>();
        state.ledger().forEach(ledger::add);
        assertEquals(List.of(Sample.sold(A), Sample.sold(B), Sample.held(C)), ledger);
        assertEquals(94, state.toys().get(0).stock());
        assertEquals(0, state.toys().get(0).restocked());
        assertEquals(2L, state.meta().get(Meta.MARK_ORDERS).longValue());
        assertEquals(Sample.link(A, B), state.meta().get(Meta.MARK_LINK).longValue());
        assertEquals(65_500, state.meta().get(Meta.CLOCK).longValue());
        return state;
      });
    }
  }

  @Test
  void whatWasSoldBeyondTheStockOfTheBackupWasRestocked() throws IOException {
    make(new PurchaseRequest("d", "Tux", 200));

    try (CatalogFile file = made()) {
      file.read(state -> {
        assertEquals(103, state.toys().get(0).restocked());
        assertEquals(0, state.toys().get(0).stock());
        return state;
      });
    }
  }

  @Test
  void aToyThatTheBackupHasNotIsNotGuessed() {
    String said = assertThrows(ArchiveFailed.class, () -> make(new PurchaseRequest("d", "Fox", 1)))
        .getMessage();

    assertTrue(said.contains("orders for Fox"), said);
  }

  @Test
  void aBackupThatIsAheadOfTheReplicasIsRefused() throws IOException {
    try (ExportWriter out = new ExportWriter(Files.newOutputStream(backup))) {
      out.head(Sample.head("raft"));
      out.toy(Sample.tux(94));
      out.order(0, A);
      out.order(1, B);
      out.order(2, C);
      out.finish();
    }

    String said = assertThrows(ArchiveFailed.class, this::make).getMessage();
    assertTrue(said.contains("restore all of the backup"), said);
  }
}
