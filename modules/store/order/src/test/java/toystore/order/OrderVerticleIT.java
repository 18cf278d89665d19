package toystore.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static toystore.order.TestStore.await;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.disk.Patience;
import toystore.edge.NotLeaderException;
import toystore.model.Epochs;
import toystore.model.KnownLeader;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.model.ReplicaHealth;
import toystore.model.Role;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.order.log.HangingDisk;
import toystore.purchase.OrderMessages;
import toystore.purchase.OrderMessages.BuyOutcome;
import toystore.purchase.OrderMessages.QueryOutcome;
import toystore.purchase.OrderMessages.Summary;

class OrderVerticleIT {
  private static final PurchaseRequest TUX = new PurchaseRequest("k-tux", "Tux", 1);
  private static final PurchaseRequest FOX = new PurchaseRequest("k-fox", "Fox", 2);

  @TempDir
  Path folder;

  private final HangingDisk disk = new HangingDisk();
  private TestStore store;

  @BeforeEach
  void open() throws IOException {
    store = new TestStore(
        folder, () -> new OrderVerticle(new PrimaryBackupEngine(disk, OpenReplica.STEP)));
  }

  @AfterEach
  void close() {
    disk.goOn();
    store.close();
  }

  @Test
  void aPurchaseBecomesOneOrderHoweverOftenItIsSent() {
    startLedBy(3);

    assertEquals(
        List.of(BuyOutcome.ordered(0), BuyOutcome.ordered(1)), await(store.buy(3, TUX, FOX)));
    assertEquals(List.of(BuyOutcome.ordered(0)), await(store.buy(3, TUX)));
    assertEquals(
        List.of(BuyOutcome.ordered(2), BuyOutcome.ordered(2)),
        await(store.buy(3, tux("twice"), tux("twice"))));
  }

  @Test
  void whatCannotBeBoughtIsRefusedForEachItem() {
    startLedBy(3);
    await(store.buy(3, TUX));

    List<BuyOutcome> outcomes = await(store.buy(
        3,
        new PurchaseRequest("k-tux", "Tux", 2),
        new PurchaseRequest("k-many", "Fox", 4),
        new PurchaseRequest("k-gnu", "Gnu", 1)));

    assertEquals(
        List.of(StoreError.KEY_REUSED, StoreError.OUT_OF_STOCK, StoreError.TOY_NOT_FOUND),
        outcomes.stream().map(BuyOutcome::error).toList());
  }

  @Test
  void numbersStayWhenTheLeaderGoesAndAReturningReplicaCatchesUp() {
    startLedBy(3);
    await(store.buy(3, TUX, FOX));
    store.stop(3);
    store.lead(2);

    assertEquals(List.of(BuyOutcome.ordered(1)), await(store.buy(2, FOX)));
    assertEquals(List.of(BuyOutcome.ordered(2)), await(store.buy(2, tux("new"))));

    store.start(3);
    Summary expected = await(store.summary(2));
    assertEquals(3, expected.orders());
    store.until(() -> store.summary(3), expected::equals);
    store.until(() -> store.summary(1), expected::equals);
  }

  @Test
  void aHoldThatACrashedLeaderLeftBecomesAnOrderBeforeTheNextOneServes() {
    store.catalog.leaveHold(TUX);
    startLedBy(3);

    assertEquals(new Order(0, "Tux", 1), await(store.query(3, 0L)).get(0).order());
    assertEquals(List.of(BuyOutcome.ordered(0)), await(store.buy(3, TUX)));
    store.until(() -> Future.succeededFuture(store.catalog.soldCount()), sold -> sold == 1);
    assertEquals(0, store.catalog.heldCount());
  }

  @Test
  void aHoldThatTheLeaderMissedIsSweptIntoAnOrder() {
    startLedBy(3);
    await(store.buy(3, TUX));
    store.catalog.leaveHold(FOX);

    store.until(() -> store.summary(3), summary -> summary.orders() == 2);
    store.until(() -> Future.succeededFuture(store.catalog.soldCount()), sold -> sold == 2);
  }

  @Test
  void onlyTheLeaderTakesPurchasesOrSaysThatAnOrderIsAbsent() {
    startLedBy(3);
    await(store.buy(3, TUX));
    store.until(() -> store.summary(1), summary -> summary.orders() == 1);

    StoreException refusal =
        assertThrows(StoreException.class, () -> await(store.buy(1, tux("other"))));

    KnownLeader leader = new KnownLeader(3, await(store.health(3)).promised());
    assertEquals(leader, assertInstanceOf(NotLeaderException.class, refusal).leader());
    QueryOutcome known = QueryOutcome.found(new Order(0, "Tux", 1));
    assertEquals(
        new OrderMessages.QueryOutcomes(
            List.of(known, QueryOutcome.failed(StoreError.NOT_LEADER)), leader),
        await(store.queryAll(1, 0L, 1L)));
    assertEquals(
        List.of(known, QueryOutcome.failed(StoreError.ORDER_NOT_FOUND)),
        await(store.query(3, 0L, 1L)));
  }

  @Test
  void aloneTheLeaderAnswersWhatItKnowsAndRefusesTheRestAsUnavailable() {
    startLedBy(3);
    await(store.buy(3, TUX));
    store.stop(1, 2);
    store.until(() -> store.health(3), health -> !health.serving());

    assertEquals(List.of(StoreError.UNAVAILABLE), errors(await(store.buy(3, tux("alone")))));
    assertEquals(
        List.of(
            QueryOutcome.found(new Order(0, "Tux", 1)),
            QueryOutcome.failed(StoreError.UNAVAILABLE)),
        await(store.query(3, 0L, 5L)));

    store.start(1);
    store.until(() -> store.health(3), ReplicaHealth::serving);
    assertEquals(BuyOutcome.ordered(1), await(store.buy(3, tux("alone"))).get(0));
  }

  @Test
  void withoutTheCatalogPurchasesAreRefusedAndQueriesAnswered() {
    startLedBy(3);
    await(store.buy(3, TUX));
    await(store.catalog.stop());

    assertEquals(List.of(StoreError.UNAVAILABLE), errors(await(store.buy(3, tux("later")))));
    assertFalse(await(store.health(3)).serving());
    assertEquals(
        List.of(QueryOutcome.failed(StoreError.ORDER_NOT_FOUND)), await(store.query(3, 7L)));
  }

  @Test
  void aLeaderWhoseDiskIsStuckMakesRoomUntilItWritesAgain() {
    startLedBy(3);
    await(store.buy(3, TUX));
    disk.hang(store.folder(3));

    assertThrows(NotLeaderException.class, () -> await(store.buy(3, FOX)));
    ReplicaHealth stuck = await(store.health(3));
    assertTrue(stuck.diskStuck());
    assertFalse(stuck.eligible());
    long epoch = Epochs.next(stuck.promised(), 1);
    await(store.appoint(1, epoch, 2));
    await(store.appoint(2, epoch, 2));
    store.until(() -> store.health(2), ReplicaHealth::ready);
    assertEquals(List.of(BuyOutcome.ordered(1)), await(store.buy(2, FOX)));

    disk.goOn();
    store.until(() -> store.health(3), health -> health.eligible() && !health.diskStuck());
  }

  /** Purchases need the log; the orders' own file may wait. */
  @Test
  void somebodyWhoLocksTheFileOfTheOrdersStopsNoPurchase() throws SQLException {
    startLedBy(3);
    try (Connection person = DriverManager.getConnection("jdbc:sqlite:" + store.database(3));
        Statement statement = person.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");

      assertEquals(List.of(BuyOutcome.ordered(0)), await(store.buy(3, TUX)));
      assertEquals(List.of(BuyOutcome.ordered(1)), await(store.buy(3, FOX)));

      statement.execute("ROLLBACK");
    }
  }

  @Test
  void aPromiseIsKeptOverARestart() {
    startLedBy(3);
    store.stop(1);
    store.start(1);

    long old = Epochs.of(1, 1);
    OrderMessages.Appointed answer = await(store.appoint(1, old, 2));

    assertFalse(answer.accepted());
    assertEquals(3, answer.leader());
    // One that has just started asks the catalog first, and is not appointed meanwhile.
    store.until(() -> store.health(1), ReplicaHealth::eligible);
    assertTrue(await(store.appoint(1, Epochs.of(9, 1), 2)).accepted());
  }

  @Test
  void manyPurchasesAtOnceGetNumbersWithoutGaps() {
    startLedBy(3);
    List<Future<List<BuyOutcome>>> calls = new ArrayList<>();
    for (int call = 0; call < 40; call++) {
      PurchaseRequest[] batch = new PurchaseRequest[50];
      for (int i = 0; i < batch.length; i++) {
        batch[i] = tux("many-" + call + "-" + i);
      }
      calls.add(store.buy(3, batch));
    }

    await(Future.join(calls));
    List<Long> numbers = calls.stream()
        .flatMap(call -> call.result().stream())
        .map(BuyOutcome::number)
        .sorted()
        .toList();

    assertEquals(2_000, numbers.size());
    assertEquals(0, numbers.get(0));
    assertEquals(1_999, numbers.get(1_999));
    assertEquals(2_000, numbers.stream().distinct().count());
    store.until(() -> Future.succeededFuture(store.catalog.heldCount()), held -> held == 0);
  }

  @Test
  void aReplicaWhoseFileIsLostIsRebuiltFromTheOthers() throws IOException {
    startLedBy(3);
    await(store.buy(3, TUX, FOX));
    store.stop(2);
    try (var files = Files.walk(store.folder(2))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }

    store.start(2);

    Summary expected = await(store.summary(3));
    store.until(() -> store.summary(2), expected::equals);
    store.until(() -> store.health(2), ReplicaHealth::eligible);
  }

  @Test
  void aDamagedFileIsRefusedWithTheWayOut() throws IOException {
    startLedBy(3);
    store.stop(2);
    Files.writeString(store.database(2), "this is no database, but it is long enough to look at");

    RuntimeException refusal =
        assertThrows(RuntimeException.class, () -> await(store.deploy(store.config(2))));

    assertTrue(refusal.getMessage().contains("orders.db"), refusal.getMessage());
    assertTrue(refusal.getMessage().endsWith("bin/toystore rebuild order-2"), refusal.getMessage());
  }

  @Test
  void anotherReplicasFileIsRefused() throws IOException {
    startLedBy(3);
    store.stop(1, 2);
    Files.copy(
        store.database(1), store.database(2), java.nio.file.StandardCopyOption.REPLACE_EXISTING);

    RuntimeException refusal =
        assertThrows(RuntimeException.class, () -> await(store.deploy(store.config(2))));

    assertTrue(refusal.getMessage().contains("belongs to order-1"), refusal.getMessage());
  }

  @Test
  void withoutTheTokenNothingButHealthIsAnswered() {
    startLedBy(3);

    StoreException refusal = assertThrows(
        StoreException.class,
        () -> await(store
            .stranger(3)
            .post(
                "/buy",
                new OrderMessages.Buy(List.of(TUX), List.of(0L)),
                OrderMessages.BuyOutcomes.class,
                Duration.ofSeconds(Patience.SECONDS))));

    assertTrue(refusal.getMessage().contains("401"), refusal.getMessage());
    ReplicaHealth health = await(store
        .stranger(3)
        .get("/health", ReplicaHealth.class, Duration.ofSeconds(Patience.SECONDS)));
    assertEquals(Role.LEADER, health.role());
    assertTrue(health.serving());
  }

  private void startLedBy(int leader) {
    store.start(1, 2, 3);
    store.lead(leader);
  }

  private static PurchaseRequest tux(String key) {
    return new PurchaseRequest(key, "Tux", 1);
  }

  private static List<StoreError> errors(List<BuyOutcome> outcomes) {
    return outcomes.stream().map(BuyOutcome::error).toList();
  }
}
