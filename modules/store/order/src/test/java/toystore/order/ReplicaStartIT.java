package toystore.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static toystore.order.TestStore.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.model.Epochs;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.model.ReplicaHealth;
import toystore.model.StoreError;
import toystore.purchase.OrderMessages.BuyOutcome;

/** What a replica that starts waits for, and what it does meanwhile. */
class ReplicaStartIT {
  private static final PurchaseRequest TUX = new PurchaseRequest("k-tux", "Tux", 1);

  @TempDir
  Path folder;

  private TestStore store;

  @BeforeEach
  void open() throws IOException {
    store = new TestStore(folder);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aReplicaThatStartsWithoutTheCatalogIsReadAndTakesPartOnceItIsThere() {
    store.start(1, 2, 3);
    store.lead(3);
    await(store.buy(3, TUX));
    store.until(() -> store.summary(1), summary -> summary.orders() == 1);
    store.stop(1, 2, 3);
    await(store.catalog.stop());
    store.start(1, 2);

    ReplicaHealth waiting = store.until(() -> store.health(1), health -> health.trouble() != null);
    assertFalse(waiting.eligible());
    assertTrue(waiting.trouble().contains("waits for the catalog"), waiting::trouble);
    assertEquals(new Order(0, "Tux", 1), await(store.query(1, 0L)).get(0).order());
    assertEquals(StoreError.NOT_LEADER, await(store.query(1, 1L)).get(0).error());
    assertFalse(await(store.appoint(1, Epochs.of(9, 1), 2)).accepted());

    await(store.catalog.listen(store.vertx, TestStore.TOKEN, store.catalogPort()));
    store.start(3);
    store.lead(2);
    assertEquals(
        List.of(BuyOutcome.ordered(1)),
        await(store.buy(2, new PurchaseRequest("k-after", "Tux", 1))));
    assertNull(await(store.health(1)).trouble());
  }

  @Test
  void aReplicaWhoseFileForgotALeaderFollowsNobodyOfBefore() {
    store.start(1, 2, 3);
    store.lead(3);
    await(store.buy(3, TUX));
    store.stop(1);
    long later = await(store.health(3)).promised() + Epochs.of(5, 0);
    store.catalog.obeys(later);

    store.start(1);

    assertEquals(
        later, store.until(() -> store.health(1), ReplicaHealth::eligible).promised());
  }
}
