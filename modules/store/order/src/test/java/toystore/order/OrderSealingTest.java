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
import org.junit.jupiter.api.io.TempDir;
import toystore.disk.DataFolder;
import toystore.disk.Database;
import toystore.disk.SealedRows;
import toystore.replication.Entry;
import toystore.replication.OrderBook;

/** Orders that are to be sealed, beside a folder where that cannot be done. */
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

  /** The files of the orders; at first nothing can be sealed. */
  private final class Opened implements AutoCloseable {
    final Path inTheWay = folder.resolve(OrdersOnDisk.SEALED).resolve("0-" + STEP + ".run.tmp");
    private final DataFolder data = DataFolder.open(folder);
    private final Database database = Database.open(
        data.file(PrimaryBackupEngine.FILE),
        PrimaryBackupEngine.schema(SERVICE, PrimaryBackupEngine.SCHEMA_VERSION),
        OrderStore::digest,
        data.files(),
        failures::add);
    private final SealedRows rows = SealedRows.open(data.file(OrdersOnDisk.SEALED), SERVICE);
    final SealedOrders older = new SealedOrders(database, rows, failures::add);
    private final OrderStore orders = new OrderStore(database, 0, STEP);
    final OrderBook book = new OrderBook(1, older, STEP);

    Opened() throws IOException {
      Files.createDirectories(inTheWay.resolve("folder"));
    }

    OrderSealing sealing() {
      return new OrderSealing(SERVICE, book, orders, older, failures::add);
    }

    void load() {
      orders.load(0, row -> book.restore(row.number(), row.purchase()));
    }

    @Override
    public void close() {
      rows.close();
      database.close();
      data.close();
    }
  }

  @Test
  void ordersStayInMemoryUntilTheyCanBeSealed() throws IOException {
    writeOrders();
    try (Opened opened = new Opened()) {
      try (OrderSealing sealing = opened.sealing()) {
        sealing.load();
        assertEquals(ORDERS, opened.book.count());
        assertEquals(0, opened.book.inMemoryFrom());

        Files.delete(opened.inTheWay.resolve("folder"));
        Files.delete(opened.inTheWay);
        for (int tick = 0; tick <= OrderSealing.RETRY_TICKS; tick++) {
          sealing.tick();
        }
      }
      assertEquals(STEP, opened.older.count());
      opened.book.dropSealed();
      assertEquals(STEP, opened.book.inMemoryFrom());
    }

    Engine.OpenedEngine opened = OpenReplica.engine(folder, 1, failures::add);
    assertEquals(2 * STEP, opened.older().count());
    assertEquals(ORDERS, opened.book().count());
    opened.log().close();
    assertEquals(List.of(), failures);
  }

  /** Each try reads a table and writes a file. */
  @Test
  void itIsNotTriedAgainBeforeAWhile() throws IOException {
    writeOrders();
    try (Opened opened = new Opened()) {
      try (OrderSealing sealing = opened.sealing()) {
        sealing.load();
        Files.delete(opened.inTheWay.resolve("folder"));
        Files.delete(opened.inTheWay);

        for (int tick = 0; tick < OrderSealing.RETRY_TICKS; tick++) {
          sealing.tick();
        }
      }

      assertEquals(0, opened.older.count());
    }
  }

  @Test
  void whereNothingCanBeSealedTheReplicaGoesOn() throws IOException {
    writeOrders();
    try (Opened opened = new Opened()) {
      opened.load();

      try (OrderSealing sealing = opened.sealing()) {
        sealing.tick();
      }

      assertEquals(0, opened.older.count());
      assertEquals(ORDERS, opened.book.count());
      assertEquals(List.of(), failures);
    }
  }
}
