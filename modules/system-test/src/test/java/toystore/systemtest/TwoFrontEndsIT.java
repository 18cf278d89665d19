package toystore.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import toystore.operations.UpOptions;

/** Two front-ends, each with its cache, on one catalog and one set of replicas. */
class TwoFrontEndsIT {
  private static final int PURCHASES = 200;

  @RegisterExtension
  static final RunningStore STORE =
      new RunningStore(UpOptions.defaults().withFrontEnds(2).withStock(1_000));

  private static List<Shop> shops;

  @BeforeAll
  static void findBoth() {
    shops = STORE.store().addresses().stream().map(Shop::new).toList();
    assertEquals(2, shops.size());
  }

  @Test
  void aPurchaseThroughOneIsAtOnceSeenThroughTheOther() {
    long inStock = shops.get(0).stock("Tux");
    int hits = 0;
    for (int i = 0; i < PURCHASES; i++) {
      Shop buyer = shops.get(i % 2);
      Shop reader = shops.get(1 - i % 2);
      assertEquals(inStock, reader.stock("Tux"), "before purchase " + i);
      hits += reader.product("Tux").header("Toystore-Cache").orElseThrow().equals("hit") ? 1 : 0;

      long number = buyer.buy("Tux", 1).orderNumber();

      inStock--;
      assertEquals(inStock, reader.stock("Tux"), "after purchase " + i);
      assertEquals(inStock, buyer.stock("Tux"), "after purchase " + i);
      assertEquals("Tux", reader.order(number).data().get("name").asText());
    }
    // A lease may run out between two queries, but not often: else nothing was shown.
    assertTrue(hits > PURCHASES / 2, "the cache answered " + hits + " times");
  }

  @Test
  void eachServesAloneWhenTheOtherIsKilledAndCanNameALeader() {
    for (int dead = 0; dead < 2; dead++) {
      Shop left = shops.get(1 - dead);
      long inStock = left.stock("Fox");

      STORE.store().kill(dead == 0 ? "front-end" : "front-end-2");
      assertBuys(left, inStock - 1);
      STORE.store().kill(STORE.leader());
      assertBuys(left, inStock - 2);

      STORE.heal();
    }
  }

  private static void assertBuys(Shop shop, long inStockThen) {
    long number = shop.buy("Fox", 1).orderNumber();
    assertEquals(inStockThen, shop.stock("Fox"));
    assertEquals("Fox", shop.order(number).data().get("name").asText());
  }
}
