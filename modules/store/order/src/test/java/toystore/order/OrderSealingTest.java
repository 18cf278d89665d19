package toystore.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static toystore.order.OpenReplica.STEP;
import static toystore.order.OpenReplica.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import toystore.disk.DataFolder;
import toystore.disk.Database;
import toystore.disk.SealedRows;
import toystore.replication.Entry;
import toystore.replication.OrderBook;

/** Orders that are to be sealed, beside a folder where that cannot be done. */
@Timeout(60)
class OrderSealingTest {
  private static final String SERVICE = "order-1";
  private static final int ORDERS = 2 * STEP + 1;

  @TempDir
  Path folder;

  private final List<Throwable> failures = new ArrayList<>();

  /** As a version wrote it that sealed nothing. */
  private void writeOrders() {
    try (OpenReplica replica = new OpenReplica(folder)) {
      Entry[] entries = LongStream.rangeClosed(1, ORDERS)
          .mapToObj(index -> entry(index, "key-" + index))
          .toArray(Entry[]::new);
      replica.persist(0, ORDERS, entries);
      replica.apply(entries);
      replica.flush();
    }
  }

  private Database database(DataFolder data) {
    return Database.open(
        data.file(PrimaryBackupEngine.FILE),
        PrimaryBackupEngine.schema(SERVICE, PrimaryBackupEngine.SCHEMA_VERSION),
        OrderStore::digest,
        data.files(),
        failures::add);
  }

  @Test
  void ordersStayInMemoryUntilTheyCanBeSealed() throws IOException {
    writeOrders();
    Path runs = folder.resolve(OrdersOnDisk.SEALED);
    try (DataFolder data = DataFolder.open(folder);
        Database database = database(data);
        SealedRows rows = SealedRows.open(runs, SERVICE)) {
      SealedOrders older = new SealedOrders(database, rows, failures::add);
      OrderStore orders = new OrderStore(database, 0, STEP);
      OrderBook book = new OrderBook(1, older, STEP);
      Path inTheWay = runs.resolve("0-" + STEP + ".run.tmp");
      Files.createDirectories(inTheWay.resolve("folder"));

      try (OrderSealing sealing = new OrderSealing(SERVICE, book, orders, older, failures::add)) {
        sealing.load();
        assertEquals(ORDERS, book.count());
        assertEquals(0, book.inMemoryFrom());

        Files.delete(inTheWay.resolve("folder"));
        Files.delete(inTheWay);
        for (int tick = 0; tick <= OrderSealing.RETRY_TICKS; tick++) {
          sealing.tick();
        }
      }
      assertEquals(STEP, older.count());
      book.dropSealed();
      assertEquals(STEP, book.inMemoryFrom());
    }

    Engine.OpenedEngine opened = OpenReplica.engine(folder, 1, failures::add);
    assertEquals(2 * STEP, opened.older().count());
    assertEquals(ORDERS, opened.book().count());
    opened.log().close();
    assertEquals(List.of(), failures);
  }

  @Test
  void whereNothingCanBeSealedTheReplicaGoesOn() throws IOException {
    writeOrders();
    Path runs = folder.resolve(OrdersOnDisk.SEALED);
    try (DataFolder data = DataFolder.open(folder);
        Database database = database(data);
        SealedRows rows = SealedRows.open(runs, SERVICE)) {
      SealedOrders older = new SealedOrders(database, rows, failures::add);
      OrderStore orders = new OrderStore(database, 0, STEP);
      OrderBook book = new OrderBook(1, older, STEP);
      orders.load(0, row -> book.restore(row.number(), row.purchase()));
      Files.createDirectories(runs.resolve("0-" + STEP + ".run.tmp").resolve("folder"));

      try (OrderSealing sealing = new OrderSealing(SERVICE, book, orders, older, failures::add)) {
        sealing.tick();
      }

      assertEquals(0, older.count());
      assertEquals(ORDERS, book.count());
      assertEquals(List.of(), failures);
    }
  }
}
