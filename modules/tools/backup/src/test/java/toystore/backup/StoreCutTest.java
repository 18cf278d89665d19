package toystore.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static toystore.backup.Sample.A;
import static toystore.backup.Sample.B;
import static toystore.backup.Sample.C;
import static toystore.backup.Sample.held;
import static toystore.backup.Sample.sold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.catalog.CatalogFile;
import toystore.catalog.CatalogMaker;
import toystore.model.PurchaseRequest;
import toystore.order.OrdersFile;
import toystore.order.PrimaryBackupMaker;
import toystore.stock.Meta;

/** Both files are open in their writers, and go on, while the cut is made. */
class StoreCutTest {
  private static final String TIME = "2026-11-29T01:02:03Z";

  @TempDir
  Path folder;

  private CatalogMaker catalog;
  private PrimaryBackupMaker replica;

  @BeforeEach
  void open() {
    catalog = CatalogMaker.open(folder.resolve("catalog"));
    replica = PrimaryBackupMaker.open(folder.resolve("order-1"), "order-1", Sample.EPOCH);
  }

  @AfterEach
  void close() {
    catalog.close();
    replica.close();
  }

  private StoreCut now() {
    return now(false);
  }

  private StoreCut now(boolean areCopies) {
    Path file = folder.resolve("catalog").resolve(CatalogFile.NAME);
    Path missing = folder.resolve("order-2").resolve(OrdersFile.NAME);
    return StoreCut.now(
        file,
        List.of(Sample.orders(folder, "order-1"), missing),
        new StoreCut.CutFacts(TIME, areCopies));
  }

  private Path target() {
    return folder.resolve("cut.jsonl");
  }

  private void stock(long units, long markOrders, PurchaseRequest... marked) {
    catalog.set(
        List.of(Sample.tux(units)),
        Map.of(Meta.MARK_ORDERS, markOrders, Meta.MARK_LINK, Sample.link(marked)));
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(target()).stream()
        .filter(line -> line.contains("\"key\""))
        .map(line -> line.replaceAll(".*\"type\":\"(\\w+)\".*\"key\":\"(\\w+)\".*", "$1 $2"))
        .toList();
  }

  @Test
  void whatIsDecidedLaterIsNotInIt() throws IOException {
    catalog.add(List.of(sold(A)));
    stock(99, 1, A);
    replica.add(List.of(A));

    try (StoreCut cut = now()) {
      catalog.add(List.of(sold(B)));
      stock(97, 2, A, B);
      replica.add(List.of(B));
      Export export = cut.tryWrite(target()).orElseThrow();

      assertEquals(1, export.orders());
      assertEquals("primary-backup", export.engine());
      assertEquals(List.of("order a"), lines());
    }
  }

  @Test
  void behindAnOrderThatTheCatalogDidNotKnowThereAreOnlyHolds() throws IOException {
    catalog.add(List.of(sold(A), held(C)));
    stock(96, 1, A);

    try (StoreCut cut = now()) {
      catalog.add(List.of(held(B)));
      replica.add(List.of(A, B, C));
      Export export = cut.tryWrite(target()).orElseThrow();

      assertEquals(1, export.orders());
      assertEquals(List.of("order a", "hold c"), lines());
    }
  }

  @Test
  void aReplicaThatHasNotWrittenAllOrdersYetIsAwaited() throws IOException {
    catalog.add(List.of(sold(A), sold(B)));
    stock(97, 2, A, B);
    replica.add(List.of(A));

    try (StoreCut cut = now()) {
      assertEquals(Optional.empty(), cut.tryWrite(target()));
      assertTrue(cut.lack().contains("decided 2 purchases"), cut::lack);
      replica.add(List.of(B));

      assertEquals(2, cut.tryWrite(target()).orElseThrow().orders());
    }
  }

  @Test
  void aHoldThatIsNoOrderYetIsAwaitedForItsNumberMayBeKnown() throws IOException {
    catalog.add(List.of(sold(A), held(B)));
    stock(97, 1, A);
    replica.add(List.of(A, C));

    try (StoreCut cut = now()) {
      catalog.add(List.of(held(C)));
      assertEquals(Optional.empty(), cut.tryWrite(target()));
      assertTrue(cut.lack().contains("1 purchases"), cut::lack);
      replica.add(List.of(B));

      assertEquals(List.of(0L, 1L), counts(cut.tryWrite(target()).orElseThrow()));
    }
  }

  /** Orders behind the cut, and holds. */
  private static List<Long> counts(Export export) {
    return List.of(export.orders() - 1, export.holds());
  }

  @Test
  void aCatalogThatIsAnOlderCopyIsRefused() throws IOException {
    catalog.add(List.of(sold(A)));
    stock(99, 1, A);
    replica.add(List.of(A, B));

    assertRefused("does not know 1 orders, the first is 1");
  }

  @Test
  void ofCopiesTheOrdersMayBeTheLaterOnes() throws IOException {
    catalog.add(List.of(sold(A)));
    stock(99, 1, A);
    replica.add(List.of(A, B));

    try (StoreCut cut = now(true)) {
      assertEquals(1, cut.tryWrite(target()).orElseThrow().orders());
    }
  }

  @Test
  void aCatalogOfAnotherStoreIsRefused() throws IOException {
    catalog.add(List.of(sold(new PurchaseRequest("a", "Tux", 5))));
    stock(95, 0);
    replica.add(List.of(A));

    assertRefused("not of one store");
  }

  @Test
  void ordersThatAreNotThoseTheCatalogWasToldOfAreRefused() throws IOException {
    catalog.add(List.of(sold(A), sold(B)));
    stock(97, 2, A, B);
    replica.add(List.of(B, A));

    assertRefused("not those that the catalog was told of");
  }

  @Test
  void booksThatDoNotBalanceAreRefused() throws IOException {
    catalog.add(List.of(sold(A)));
    stock(100, 1, A);
    replica.add(List.of(A));

    assertRefused("Tux: initial 100 + restocked 0 is not in stock 100 + held or sold 1");
  }

  private void assertRefused(String why) {
    try (StoreCut cut = now()) {
      String said =
          assertThrows(ArchiveFailed.class, () -> cut.tryWrite(target())).getMessage();
      assertTrue(said.contains(why), said);
    }
  }
}
