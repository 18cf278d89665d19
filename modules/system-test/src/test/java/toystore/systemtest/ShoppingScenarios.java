package toystore.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.model.EngineName;
import toystore.operations.UpOptions;

/** What a customer sees of a store at peace, whichever engine keeps its orders. */
abstract class ShoppingScenarios {
  abstract RunningStore running();

  /** A store of this engine that restocks soon. */
  static RunningStore of(EngineName engine) {
    return new RunningStore(
        UpOptions.defaults().withEngine(engine).withTailoring((service, conf) -> {
          if (conf.has("restockPeriodMs")) {
            conf.put("restockPeriodMs", 500);
          }
        }));
  }

  private Shop shop() {
    return running().shop();
  }

  @Test
  void thereAreNineteenToysAndAHundredOfEach() {
    JsonNode toys = shop().get("/products").data();

    assertEquals(19, toys.size());
    assertEquals("Tux", toys.get(0).get("name").asText());
    assertEquals(15.99, toys.get(0).get("price").asDouble());
    assertEquals(100, shop().stock("Elephant"));
  }

  @Test
  void aPurchaseIsAnOrderAndTheStockIsLess() {
    long before = shop().stock("Fox");

    long number = shop().buy("Fox", 3).orderNumber();

    assertEquals(before - 3, shop().stock("Fox"));
    assertEquals(
        "{\"data\":{\"number\":" + number + ",\"name\":\"Fox\",\"quantity\":3}}",
        shop().order(number).response().body());
  }

  @Test
  void orderNumbersGrowByOne() {
    long first = shop().buy("Whale", 1).orderNumber();

    assertEquals(first + 1, shop().buy("Dolphin", 1).orderNumber());
  }

  @Test
  void thereIsNothingToBuyBeyondTheStock() {
    shop().buy("Python", 60).orderNumber();

    Shop.Answer refusal = shop().buy("Python", 41);

    assertEquals(409, refusal.status());
    assertEquals(409, refusal.json().get("error").get("code").asInt());
    assertEquals(40, shop().stock("Python"));
  }

  @Test
  void whatIsSoldOutComesBack() {
    shop().buy("Tux", 100).orderNumber();

    RunningStore.until("Tux is restocked", () -> shop().stock("Tux") == 100);
  }

  @Test
  void theSameKeyIsTheSamePurchase() {
    long before = shop().stock("Elephant");
    long number = shop().buy("Elephant", 2, "a-key-of-mine").orderNumber();

    assertEquals(number, shop().buy("Elephant", 2, "a-key-of-mine").orderNumber());
    assertEquals(422, shop().buy("Elephant", 1, "a-key-of-mine").status());
    assertEquals(before - 2, shop().stock("Elephant"));
  }

  @Test
  void aKeyIsMadeForWhoHasNone() {
    Shop.Answer answer = shop().buy("Whale", 1);

    long again =
        shop().buy("Whale", 1, answer.header("Idempotency-Key").orElseThrow()).orderNumber();
    assertEquals(answer.orderNumber(), again);
  }

  @Test
  void theSecondQueryIsAHitAndAPurchaseEndsIt() {
    // Now and then a lease runs out between two queries; then the second is no hit either.
    RunningStore.until("a query is a hit", () -> isHit("Dolphin"));

    shop().buy("Dolphin", 1).orderNumber();

    assertFalse(isHit("Dolphin"));
  }

  @Test
  void theToyNotAskedForLongestLeavesTheCache() {
    RunningStore.until("an eleventh toy drives out the one not asked for longest", () -> {
      List<String> toys = shop().get("/products").data().findValuesAsText("name");
      toys.subList(6, 16).forEach(this::isHit);
      String askedForAgain = toys.get(6);
      String longestAgo = toys.get(7);
      boolean stillThere = isHit(askedForAgain);

      isHit("Fox");

      return stillThere && isHit(askedForAgain) && !isHit(longestAgo);
    });
    assertEquals(
        10,
        running()
            .store()
            .status()
            .of("front-end")
            .details()
            .path("cache")
            .path("size")
            .asLong());
  }

  @Test
  void whatDoesNotExistIsNotFound() {
    assertEquals(404, shop().product("Yeti").status());
    assertEquals(404, shop().buy("Yeti", 1).status());
    assertEquals(404, shop().order(999_999).status());
    assertEquals(400, shop().get("/orders/first").status());
    assertEquals(404, shop().get("/nowhere").status());
  }

  @Test
  void theBooksBalance() {
    shop().buy("Whale", 1).orderNumber();

    assertTrue(running().audit().findings().isEmpty());
  }

  private boolean isHit(String toy) {
    return shop().product(toy).header("Toystore-Cache").orElseThrow().equals("hit");
  }
}
