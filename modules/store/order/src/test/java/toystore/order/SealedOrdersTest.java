package toystore.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static toystore.order.OpenReplica.EPOCH;
import static toystore.order.OpenReplica.STEP;
import static toystore.order.OpenReplica.entry;
import static toystore.order.OpenReplica.purchase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.disk.DataFolderException;
import toystore.disk.Patience;
import toystore.replication.Effects;
import toystore.replication.Entry;
import toystore.replication.OrderBook;
import toystore.replication.OrderBook.PlacedOrder;

/** The orders of a replica, of which the old ones are not in memory. */
class SealedOrdersTest {
  private static final int ORDERS = 4 * STEP + 2;
  private static final int SEALED = 4 * STEP;

  @TempDir
  Path folder;

  private final List<Throwable> failures = new ArrayList<>();

  private static Entry[] entries(long first, long last) {
    return LongStream.rangeClosed(first, last)
        .mapToObj(index -> entry(index, "key-" + (index - 1)))
        .toArray(Entry[]::new);
  }

  /** As a version wrote it that sealed nothing. */
  private void writeOrders() {
    try (OpenReplica replica = new OpenReplica(folder)) {
      Entry[] entries = entries(1, ORDERS);
      replica.persist(0, ORDERS, entries);
      replica.apply(entries);
      replica.flush();
    }
    assertEquals(0, runs().size());
  }

  private Engine.OpenedEngine open() {
    return OpenReplica.engine(folder, 1, failures::add);
  }

  private List<Path> runs() {
    try (var files = Files.list(folder.resolve(OrdersOnDisk.SEALED))) {
      return files.filter(file -> file.toString().endsWith(".run")).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void demandAllThere(Engine.OpenedEngine opened) {
    OrderBook whole = new OrderBook(1);
    for (Entry entry : entries(1, ORDERS)) {
      whole.apply(entry);
    }
    OrderBook book = opened.book();
    assertEquals(whole.digest(), book.digest());
    assertEquals(whole.sold(), book.sold());
    assertEquals(SEALED, book.inMemoryFrom());
    for (int number = 0; number < ORDERS; number++) {
      assertEquals(whole.markAt(number), book.markAt(number));
      assertEquals(whole.purchase(number), book.purchase(number));
      assertEquals(whole.byKey("key-" + number), book.byKey("key-" + number));
    }
    assertEquals(Optional.empty(), book.byKey("key-" + ORDERS));
    assertEquals(List.of(), failures);
  }

  private void demandAllThereAfterAStart() {
    Engine.OpenedEngine opened = open();
    demandAllThere(opened);
    opened.log().close();
  }

  @Test
  void theFirstStartSealsWhatAnOlderVersionWrote() {
    writeOrders();

    demandAllThereAfterAStart();

    assertTrue(runs().size() > 0);
    demandAllThereAfterAStart();
  }

  @Test
  void whatIsSealedIsMadeAnewWhereItIsGone() throws IOException {
    writeOrders();
    demandAllThereAfterAStart();
    for (Path run : runs()) {
      Files.delete(run);
    }

    demandAllThereAfterAStart();

    assertTrue(runs().size() > 0);
  }

  @Test
  void whatIsSealedIsMadeAnewWhereItIsDamaged() throws IOException {
    writeOrders();
    demandAllThereAfterAStart();
    byte[] bytes = Files.readAllBytes(runs().get(0));
    bytes[bytes.length / 2] ^= 1;
    Files.write(runs().get(0), bytes);

    demandAllThereAfterAStart();
  }

  /** Such as where the database was put back as it was earlier. */
  @Test
  void whatIsSealedOfAnotherHistoryIsThrownAway() throws IOException {
    writeOrders();
    demandAllThereAfterAStart();
    Path other = Files.createDirectory(folder.resolve("other"));
    try (OpenReplica replica = new OpenReplica(other)) {
      Entry[] entries = entries(2, ORDERS);
      replica.persist(0, 1, Entry.of(1, EPOCH, purchase("another")));
      replica.persist(0, ORDERS, entries);
      replica.apply(Entry.of(1, EPOCH, purchase("another")));
      replica.apply(entries);
      replica.flush();
    }
    OpenReplica.engine(other, 1, failures::add).log().close();
    Path kept = other.resolve(OrdersOnDisk.SEALED);
    for (Path run : runs()) {
      Files.delete(run);
    }
    Files.delete(folder.resolve(OrdersOnDisk.SEALED).resolve("seed"));
    Files.delete(folder.resolve(OrdersOnDisk.SEALED));
    Files.move(kept, folder.resolve(OrdersOnDisk.SEALED));

    demandAllThereAfterAStart();
  }

  @Test
  void ordersAreSealedWhileTheReplicaRuns() {
    writeOrders();
    Engine.OpenedEngine opened = open();
    applyMore(opened);
    await(opened.orders()::flush);

    opened.log().tick();
    opened.log().close();

    assertEquals(SEALED + STEP, opened.older().count());
    Engine.OpenedEngine again = open();
    assertEquals(SEALED + STEP, again.book().inMemoryFrom());
    assertEquals(opened.book().digest(), again.book().digest());
    again.log().close();
  }

  /** A long log is followed anew: what was applied of it does not stay in memory. */
  @Test
  void ordersThatAreMadeAnewFromTheLogAreSealedAsTheyCome() throws IOException {
    int many = 100 * STEP;
    try (OpenReplica replica = new OpenReplica(folder)) {
      for (int first = 1; first <= many; first += STEP) {
        replica.persist(0, first + STEP - 1, entries(first, first + STEP - 1));
      }
    }
    for (String end : List.of("", "-wal", "-shm", ".mark")) {
      Files.deleteIfExists(folder.resolve(PrimaryBackupEngine.FILE + end));
    }

    Engine.OpenedEngine opened = open();

    assertEquals(many, opened.book().count());
    assertTrue(opened.older().count() > many / 2, opened.older().count() + " are sealed");
    assertEquals(7, opened.book().byKey("key-7").map(PlacedOrder::number).orElseThrow());
    String digest = opened.book().digest();
    opened.log().close();
    Engine.OpenedEngine again = open();
    assertEquals(digest, again.book().digest());
    again.log().close();
    assertEquals(List.of(), failures);
  }

  /** Else a crash would leave runs that are ahead of the database, and good for nothing. */
  @Test
  void whatIsNotDurableIsNotSealed() {
    writeOrders();
    Engine.OpenedEngine opened = open();
    applyMore(opened);

    opened.log().tick();
    opened.log().close();

    assertEquals(SEALED, opened.older().count());
  }

  /** A step more is applied, and waits to be written to the database. */
  private static void applyMore(Engine.OpenedEngine opened) {
    int last = ORDERS + STEP;
    Entry[] entries = entries(ORDERS + 1, last);
    await(durable -> opened
        .log()
        .persist(new Effects.Write(1, 0, List.of(entries), OpenReplica.PROMISE, last), durable));
    for (Entry entry : entries) {
      opened.book().apply(entry).ifPresent(order -> opened
          .orders()
          .add(order.number(), entry.purchase(), entry.index()));
      opened.orders().appliedUpTo(entry.position());
    }
  }

  private static void await(Consumer<Runnable> act) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    act.accept(() -> done.complete(null));
    done.orTimeout(Patience.SECONDS, TimeUnit.SECONDS).join();
  }

  /** Committed, but not yet applied when the replica crashed. */
  @Test
  void aVeryOldKeyBecomesNoSecondOrderAtAStart() {
    writeOrders();
    demandAllThereAfterAStart();
    try (OpenReplica replica = new OpenReplica(folder)) {
      replica.persist(0, ORDERS + 2, entry(ORDERS + 1, "key-1"), entry(ORDERS + 2, "new"));
    }

    Engine.OpenedEngine opened = open();

    assertEquals(ORDERS + 1, opened.book().count());
    assertEquals(1, opened.book().byKey("key-1").map(PlacedOrder::number).orElseThrow());
    assertEquals(ORDERS, opened.book().byKey("new").map(PlacedOrder::number).orElseThrow());
    opened.log().close();
  }

  @Test
  void aChangedOldOrderIsFoundWhenItIsReadAndRefusedByTheNextStart() throws SQLException {
    writeOrders();
    demandAllThereAfterAStart();
    change("UPDATE orders SET quantity = 2 WHERE number = 3");
    Engine.OpenedEngine opened = open();
    assertEquals(purchase("key-2"), opened.book().purchase(2));

    DataFolderException damage =
        assertThrows(DataFolderException.class, () -> opened.book().byKey("key-3"));

    assertTrue(damage.isDamage());
    assertTrue(damage.getMessage().contains("order 3 is not as it was written"));
    assertEquals(List.of(damage), failures);
    opened.log().close();
    DataFolderException refusal = assertThrows(DataFolderException.class, this::open);
    assertTrue(refusal.getMessage().contains("its rows are not those that were written"));
  }

  @Test
  void anOldOrderThatIsGoneOrNoOrderAnyMoreIsDamage() throws SQLException {
    writeOrders();
    demandAllThereAfterAStart();
    change("DELETE FROM orders WHERE number = 3");
    change("UPDATE orders SET quantity = -1 WHERE number = 4");
    Engine.OpenedEngine opened = open();

    assertThrows(DataFolderException.class, () -> opened.book().purchase(3));

    assertTrue(failures.get(0).getMessage().contains("order 3 is not in it any more"));
    opened.log().close();
  }

  private void change(String sql) throws SQLException {
    Path file = folder.resolve(PrimaryBackupEngine.FILE);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
