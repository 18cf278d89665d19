package toystore.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import toystore.desk.DeskStatus;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.model.StoreError;
import toystore.model.StoreException;

/**
 * Three nodes, of which a commit must be on two. While both standbys are away an order is committed
 * on the primary's disk only; its client is cut off, the primary starts again, and everybody can
 * see the order. Then the primary is lost, and the order with it: so nobody may have been told.
 */
@Tag("drills")
class FailOverIT {
  /** The commit that waits for a standby is the purchase's. */
  private static final long QUIET_MS = 60_000;

  /** As a desk would ask that looked for the key first, and answered from what it found. */
  private static final String FOUND = "select number from toystore.orders where key = 'unsafe'";

  private static final int MOST_TRIES = 10;
  private static final PurchaseRequest UNSAFE = new PurchaseRequest("unsafe", "Tux", 1);

  private static final PurchaseRequest SAFE = new PurchaseRequest("safe", "Fox", 1);

  @RegisterExtension
  private final TestPostgres database = new TestPostgres();

  private LocalPostgres a;
  private LocalPostgres b;
  private LocalPostgres c;

  @BeforeEach
  void start() throws Exception {
    a = database.node();
    b = database.standby("b");
    c = database.standby("c");
    a.sql("alter system set synchronous_standby_names = 'ANY 1 (a, b, c)'");
    a.sql("select pg_reload_conf()");
  }

  @Test
  void anOrderThatAFailOverLosesWasToldToNobody() throws Exception {
    try (TestDesk desk = TestDesk.start(1, "replicated", QUIET_MS, a, b, c)) {
      Future<Long> retry = orderOnThePrimaryOnly(desk);

      assertFalse(retry.succeeded(), "it was acknowledged: " + retry);
      failOver();

      desk.await(DeskStatus::connected);
      assertEquals(1L, buyPatiently(desk, UNSAFE));
      assertEquals(0L, buyPatiently(desk, SAFE));
      assertEquals(new Order(1, "Tux", 1), desk.ask(at -> at.find(1)));
      assertEquals("2", b.sql("select count(*) from toystore.orders"));
    }
  }

  /** Whoever ends the connection ends the wait, and makes what was committed visible. */
  @Test
  void aCommitWhoseWaitWasCutShortIsToldToNobodyEither() throws Exception {
    try (TestDesk desk = TestDesk.start(1, "replicated", QUIET_MS, a, b, c)) {
      desk.await(DeskStatus::isActive);
      desk.ask(at -> at.buy(SAFE, 0));
      b.stop();
      c.stop();
      Future<Long> first = desk.begin(at -> at.buy(UNSAFE, 0));
      awaitWaitingCommit();
      a.sql("select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'");
      awaitVisible();
      Future<Long> retry = desk.begin(at -> at.buy(UNSAFE, 0));
      awaitWaitingCommit();

      assertFalse(first.succeeded() || retry.succeeded(), "acknowledged: " + first + retry);
      failOver();

      desk.await(DeskStatus::connected);
      assertEquals(1L, buyPatiently(desk, UNSAFE));
      assertEquals(0L, buyPatiently(desk, SAFE));
      assertEquals("2", b.sql("select count(*) from toystore.orders"));
    }
  }

  private void awaitVisible() throws Exception {
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (a.sql(FOUND).isEmpty()) {
      assertTrue(System.nanoTime() < endNanos, "the cut commit is not visible");
    }
  }

  /** Without the rule that every answer comes from a transaction that wrote. */
  @Test
  void aPlainSelectTellsWhatAFailOverLoses() throws Exception {
    try (TestDesk desk = TestDesk.start(1, "replicated", QUIET_MS, a, b, c)) {
      orderOnThePrimaryOnly(desk);

      String told = a.sql(FOUND);
      a.crash();
      b.up();
      b.promote();

      assertEquals("1", told);
      assertEquals("", b.sql(FOUND));
    }
  }

  /** As a client does: again with the same key, until there is an answer. */
  private static long buyPatiently(TestDesk desk, PurchaseRequest purchase) throws Exception {
    for (int tries = 1; true; tries++) {
      try {
        return desk.ask(at -> at.buy(purchase, 0));
      } catch (ExecutionException failure) {
        boolean unknown = failure.getCause() instanceof StoreException refusal
            && refusal.error() == StoreError.UNAVAILABLE;
        assertTrue(unknown && tries < MOST_TRIES, () -> "after many tries: " + failure);
      }
    }
  }

  /** The purchase, sent again with the same key once the primary has started again. */
  private Future<Long> orderOnThePrimaryOnly(TestDesk desk) throws Exception {
    desk.await(DeskStatus::isActive);
    desk.ask(at -> at.buy(SAFE, 0));
    b.stop();
    c.stop();
    desk.begin(at -> at.buy(UNSAFE, 0));
    awaitWaitingCommit();
    a.crash();
    a.up();
    // Now a select would answer it.
    assertEquals("1", a.sql(FOUND));
    Future<Long> retry = desk.begin(at -> at.buy(UNSAFE, 0));
    awaitWaitingCommit();
    return retry;
  }

  /** A commit is on the primary's disk, and waits for a standby. */
  private void awaitWaitingCommit() throws Exception {
    String waiting = "select count(*) > 0 from pg_stat_activity where wait_event = 'SyncRep'";
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!"t".equals(a.sql(waiting))) {
      assertTrue(System.nanoTime() < endNanos, "no commit waits for a standby");
    }
  }

  /** The primary is lost; a standby, without what only the primary had, takes its place. */
  private void failOver() throws Exception {
    a.crash();
    b.up();
    b.promote();
    b.sql("alter system set synchronous_standby_names = 'ANY 1 (a, b, c)'");
    b.sql("select pg_reload_conf()");
    c.follow(b);
    c.up();
  }
}
