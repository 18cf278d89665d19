package toystore.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import toystore.disk.DataFolder;
import toystore.disk.DataFolderException;
import toystore.disk.Database;
import toystore.edge.Address;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.model.PurchaseRequest;
import toystore.replication.DurableState;
import toystore.replication.Effects;
import toystore.replication.Entry;
import toystore.replication.OrderBook;

@Timeout(30)
class OrderStoreTest {
  private static final long EPOCH = Epochs.of(3, 1);
  private static final Effects.Promise PROMISE = new Effects.Promise(EPOCH, 2);

  @TempDir
  Path folder;

  private DataFolder data;
  private Database database;
  private OrderStore orders;
  private LogStore log;

  @Test
  void aNewFileIsMarkedAsRebuilding() {
    open();

    assertEquals(DurableState.fresh(), log.load());
    close();
  }

  @Test
  void whatWasWrittenIsThereAfterARestart() {
    open();
    persist(1, 0, List.of(Entry.noOp(1, EPOCH), entry(2, "a"), entry(3, "b")), 2);
    close();
    open();

    DurableState expected = new DurableState(
        List.of(Entry.noOp(1, EPOCH), entry(2, "a"), entry(3, "b")), PROMISE, 2, 2, false);
    assertEquals(expected, log.load());
    close();
  }

  @Test
  void truncationRemovesFromItsIndexOn() {
    open();
    persist(1, 0, List.of(entry(1, "a"), entry(2, "b"), entry(3, "c")), 1);
    persist(2, 2, List.of(entry(2, "d")), 1);

    assertEquals(List.of(entry(1, "a"), entry(2, "d")), log.load().entries());
    close();
  }

  @Test
  void appliedOrdersGoToDiskWithTheNextWriteOfTheLog() {
    open();
    orders.add(0, purchase("a"), 1);
    orders.appliedUpTo(new LogPosition(EPOCH, 1));
    assertEquals(0, rows());

    persist(1, 0, List.of(entry(1, "a")), 1);

    assertEquals(1, rows());
    assertTrue(orders.isLevel());
    close();
  }

  @Test
  void inAPauseAppliedOrdersAreFlushed() {
    open();
    persist(1, 0, List.of(entry(1, "a")), 0);
    orders.add(0, purchase("a"), 1);
    orders.appliedUpTo(new LogPosition(EPOCH, 1));
    CompletableFuture<Void> flushed = new CompletableFuture<>();
    orders.flush(() -> flushed.complete(null));
    flushed.orTimeout(10, TimeUnit.SECONDS).join();

    assertEquals(1, rows());
    close();
    open();
    // The log was not told, but what is applied was committed.
    assertEquals(1, log.load().committed());
    close();
  }

  @Test
  void appliedOrdersTravelWithTheLogOnceATick() {
    open();
    persist(1, 0, List.of(entry(1, "a"), entry(2, "b")), 0);
    orders.add(0, purchase("a"), 1);
    orders.appliedUpTo(new LogPosition(EPOCH, 1));
    persist(1, 0, List.of(entry(3, "c")), 1);
    assertEquals(0, rows());

    log.tick();
    persist(1, 0, List.of(entry(4, "d")), 1);
    assertEquals(1, rows());
    close();
  }

  @Test
  void aStartBringsTheOrdersLevelWithWhatIsCommitted() {
    open();
    persist(1, 0, List.of(entry(1, "a"), Entry.noOp(2, EPOCH), entry(3, "b"), entry(4, "c")), 3);
    close();

    Engine.OpenedEngine opened = openEngine(1);
    OrderBook book = opened.book();
    OrderBook expected = new OrderBook(1);
    List.of(entry(1, "a"), Entry.noOp(2, EPOCH), entry(3, "b")).forEach(expected::apply);

    assertEquals(2, book.count());
    assertEquals(expected.digest(), book.digest());
    assertFalse(opened.orders().isLevel());
    opened.orders().flush(() -> {});
    opened.log().close();
    open();
    List<OrderStore.OrderRow> stored = new ArrayList<>();
    orders.load(stored::add);
    assertEquals(
        List.of(
            new OrderStore.OrderRow(0, purchase("a"), 1),
            new OrderStore.OrderRow(1, purchase("b"), 3)),
        stored);
    assertEquals(new LogPosition(EPOCH, 3), orders.applied());
    close();
  }

  @Test
  void aFileOfAnotherReplicaIsRefused() {
    open();
    close();

    DataFolderException refusal = assertThrows(DataFolderException.class, () -> openEngine(2));

    assertFalse(refusal.isDamage());
    assertTrue(refusal.getMessage().contains("belongs to order-1, not order-2"));
  }

  @Test
  void aLogWithAGapIsDamage() {
    open();
    persist(1, 0, List.of(entry(1, "a"), entry(3, "b")), 1);

    assertTrue(assertThrows(DataFolderException.class, log::load).isDamage());
    close();
  }

  @Test
  void aDamagedFileIsRefusedAsDamage() throws IOException {
    Files.writeString(folder.resolve(PrimaryBackupEngine.FILE), "not a database ".repeat(100));

    assertTrue(assertThrows(DataFolderException.class, this::open).isDamage());
  }

  private void open() {
    data = DataFolder.open(folder);
    database = PrimaryBackupEngine.open("order-1", data, failure -> {});
    orders = new OrderStore(database);
    log = new LogStore(database, orders);
  }

  private void close() {
    log.close();
    data.close();
  }

  private Engine.OpenedEngine openEngine(int id) {
    OrderConfig config = new OrderConfig(
        id,
        "127.0.0.1",
        0,
        folder,
        TestStore.TOKEN,
        Optional.empty(),
        new Address("127.0.0.1", 1),
        List.of(new OrderConfig.Peer(7, new Address("127.0.0.1", 2))),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        1,
        1);
    try (DataFolder locked = DataFolder.open(folder)) {
      return new PrimaryBackupEngine().open(config, locked, failure -> {});
    }
  }

  private void persist(long id, long truncateFrom, List<Entry> append, long committed) {
    CompletableFuture<Void> durable = new CompletableFuture<>();
    log.persist(
        new Effects.Write(id, truncateFrom, append, PROMISE, committed),
        () -> durable.complete(null));
    durable.orTimeout(10, TimeUnit.SECONDS).join();
  }

  private long rows() {
    return database.read(session -> Long.parseLong(session.text("SELECT count(*) FROM orders")));
  }

  private static Entry entry(long index, String key) {
    return Entry.of(index, EPOCH, purchase(key));
  }

  private static PurchaseRequest purchase(String key) {
    return new PurchaseRequest(key, "Tux", 1);
  }
}
