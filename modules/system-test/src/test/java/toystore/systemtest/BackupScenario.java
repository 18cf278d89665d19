package toystore.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import toystore.backup.Export;
import toystore.backup.Manifest;
import toystore.operations.AuditReport;
import toystore.operations.LocalStore;
import toystore.operations.TemporaryFolder;
import toystore.operations.TemporaryStore;
import toystore.operations.UpOptions;

/** A backup is made while five customers buy, and a store is made of it in an empty folder. */
abstract class BackupScenario {
  private static final Duration LIMIT = Duration.ofSeconds(120);

  abstract RunningStore running();

  @Test
  void aBackupUnderLoadIsAStoreThatKeepsItsWord() throws Exception {
    Path backup = running().folder().resolveSibling("backup");
    Shop shop = running().shop();
    long before = shop.buy("Tux", 1, "before-the-backup").orderNumber();
    Buyers buyers = Buyers.start(running().store().addresses().get(0), 5);
    buyers.awaitMore(50);

    Manifest manifest = running().store().archive().backup(backup, LIMIT, false);

    buyers.awaitMore(50);
    assertEquals(List.of(), buyers.stop().failures());
    assertEquals(AuditReport.Verdict.HOLDS, running().audit().verdict());
    restored(backup, manifest, before);
    aLostCatalogComesBackFromIt(backup, before);
  }

  /** The replicas have more orders than the backup. */
  private void aLostCatalogComesBackFromIt(Path backup, long before) {
    LocalStore store = running().store();
    List<String> orders = store.committedOrders().get(0);
    store.down();
    TemporaryFolder.remove(store.data("catalog"));

    store.archive().restoreCatalog(backup, false);

    store.up(UpOptions.defaults().withFreePorts());
    assertEquals(List.of(), running().audit().findings());
    Shop shop = running().shop();
    assertEquals(before, shop.buy("Tux", 1, "before-the-backup").orderNumber());
    assertEquals(orders.size(), shop.buy("Tux", 1, "after-the-loss").orderNumber());
    assertEquals(orders, store.committedOrders().get(0).subList(0, orders.size()));
  }

  private void restored(Path backup, Manifest manifest, long before) {
    try (TemporaryStore other =
        TemporaryStore.in(Path.of(System.getProperty("java.io.tmpdir")), "restored")) {
      Export made = other.store().archive().restore(backup, Optional.empty(), false);
      assertEquals(manifest.orders(), made.orders());
      other.up(UpOptions.defaults());
      AuditReport report = other.store().audit(LIMIT);
      assertEquals(List.of(), report.findings());

      Shop shop = new Shop(other.store().addresses().get(0));
      assertEquals(before, shop.buy("Tux", 1, "before-the-backup").orderNumber());
      long sold = made.orders() + made.holds();
      assertEquals(sold, shop.buy("Tux", 1, "after-the-restore").orderNumber());
      List<String> old = running().store().committedOrders().get(0);
      List<String> restored = other.store().committedOrders().get(0);
      int kept = Math.toIntExact(made.orders());
      assertEquals(old.subList(0, kept), restored.subList(0, kept));
    }
  }
}
