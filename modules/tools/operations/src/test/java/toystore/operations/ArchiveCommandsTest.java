package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import toystore.catalog.CatalogMaker;
import toystore.model.EngineName;
import toystore.model.PurchaseRequest;
import toystore.order.PrimaryBackupMaker;
import toystore.stock.LedgerRow;
import toystore.stock.LedgerState;
import toystore.stock.ToyRow;

/** Backup, restore, export and import of stores that are down: what they say and what is left. */
class ArchiveCommandsTest extends CommandCase {
  private static final long EPOCH = 1 << 12;

  /** Two orders and their stock; replica 3 has not heard of the second. */
  private void makeStore() {
    PurchaseRequest first = new PurchaseRequest("a", "Tux", 1);
    PurchaseRequest second = new PurchaseRequest("b", "Tux", 2);
    try (CatalogMaker catalog = CatalogMaker.open(data().resolve("catalog"))) {
      catalog.add(List.of(sold(first), sold(second)));
      catalog.set(List.of(new ToyRow(0, "Tux", 1_599, 10, 0, 7, 3)), Map.of());
    }
    for (int id = 1; id <= Service.REPLICAS; id++) {
      String name = "order-" + id;
      try (var replica = PrimaryBackupMaker.open(data().resolve(name), name, EPOCH)) {
        replica.add(id == 3 ? List.of(first) : List.of(first, second));
      }
    }
  }

  private static LedgerRow sold(PurchaseRequest purchase) {
    return new LedgerRow(purchase.key(), purchase.name(), purchase.quantity(), LedgerState.SOLD);
  }

  @Test
  void aBackupBecomesAStoreInAnEmptyFolderOnly() {
    makeStore();

    check(
        row("backup HOME/b", 0, "2 orders of 1 toys, 0 purchases under way"),
        row("backup HOME/b", 1, "HOME/b is there already"),
        row("restore HOME/b", 1, "there is a store in HOME/data already"),
        row("restore HOME/b --data HOME/other", 0, "restored to HOME/other: 2 orders"),
        row("orders --replica 3 --data HOME/other", 0, "\"number\":1"),
        row("restore HOME/b --data HOME/other", 1, "already"),
        row("restore HOME/b --data HOME/other --replace", 0, "of catalog are kept in HOME/other"));
  }

  @Test
  void anExportBecomesAStoreOfEitherEngine() {
    makeStore();

    check(
        row("export HOME/x", 0, "exported to HOME/x: 2 orders"),
        row("export HOME/x", 1, "HOME/x is there already"),
        row("import HOME/x --data HOME/same", 0, "imported to HOME/same: 2 orders"),
        row("import HOME/x --data HOME/same", 1, "there is a store in HOME/same already"),
        row("import HOME/x --data HOME/raft --engine raft", 0, "2 orders"),
        row("import HOME/x --data HOME/no --engine paxos", 2, "paxos"),
        row("export HOME/again --data HOME/raft", 0, "2 orders"));
    assertEquals(EngineName.RAFT, engineOf("raft"));
    assertEquals(EngineName.PRIMARY_BACKUP, engineOf("same"));
  }

  private EngineName engineOf(String folder) {
    return new StoreFolder(home.resolve(folder)).memory().orElseThrow().engine();
  }

  @Test
  void whatCannotBeTakenOrMadeIsSaidAndLeavesNothing() throws IOException {
    check(
        row("backup HOME/b", 1, "there is no store in HOME/data"),
        row("restore HOME/b", 1, "HOME/b is no backup"),
        row("import HOME/b", 1, "HOME/b does not exist"),
        row("backup HOME/b --timeout 0", 2, "--timeout"));
    makeStore();
    Files.writeString(home.resolve("file"), "x");
    check(
        row("backup HOME/file/b", 1, "is no folder"),
        row("import HOME/file --data HOME/other", 1, "HOME/file breaks off in line 1"));

    try (Stream<Path> left = Files.list(home)) {
      assertTrue(left.noneMatch(path -> path.toString().contains(".half-")));
    }
  }

  @Test
  void aLostCatalogIsMadeOfAnOlderBackupAndTheOrders() {
    makeStore();
    check(row("backup HOME/b", 0, "2 orders"));
    PurchaseRequest later = new PurchaseRequest("c", "Tux", 9);
    for (String name : List.of("order-1", "order-2")) {
      TemporaryFolder.remove(data().resolve(name));
      try (var replica = PrimaryBackupMaker.open(data().resolve(name), name, EPOCH)) {
        replica.add(
            List.of(new PurchaseRequest("a", "Tux", 1), new PurchaseRequest("b", "Tux", 2), later));
      }
    }

    check(
        row("restore HOME/b --catalog-only", 1, "with --replace it is put aside"),
        row("restore HOME/b --catalog-only --replace", 0, "3 orders, 1 of them since the backup"),
        row("export HOME/x", 0, "3 orders of 1 toys"));
    assertTrue(text("x").contains("\"initial\":10,\"restocked\":2,\"stock\":0,"), () -> text("x"));
  }

  private String text(String name) {
    try {
      return Files.readString(home.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aCatalogNeedsAMajorityOfReplicasAndABackupOfItsOwnStore() {
    makeStore();
    check(row("backup HOME/b", 0, "2 orders"));
    TemporaryFolder.remove(data().resolve("order-1"));
    check(
        row("restore HOME/b --catalog-only --replace", 0, "2 orders, 0 of them since the backup"));
    TemporaryFolder.remove(data().resolve("order-2"));
    check(row("restore HOME/b --catalog-only --replace", 1, "of two replicas are needed"));
    try (var replica = PrimaryBackupMaker.open(data().resolve("order-2"), "order-2", EPOCH)) {
      replica.add(List.of(new PurchaseRequest("z", "Tux", 1), new PurchaseRequest("y", "Tux", 1)));
    }
    check(row("restore HOME/b --catalog-only --replace", 1, "it is of another store"));
  }

  @Test
  void ordersThatNoFileHasAreSaid() {
    makeStore();
    // The last one lacks an order that the catalog has sold.
    for (String name : List.of("order-1", "order-2")) {
      TemporaryFolder.remove(data().resolve(name));
    }

    check(row("backup HOME/b --timeout 1", 1, "decided 2 purchases, and the replicas' files have"));
  }
}
