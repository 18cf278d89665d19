package toystore.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import toystore.operations.TemporaryFolder;
import toystore.operations.UpOptions;

/** What a customer sees of a store at peace. */
class ShoppingIT {
  private static final Path CONF = confWithQuickRestock();

  @RegisterExtension
  static final RunningStore STORE = new RunningStore(UpOptions.defaults().withConf(CONF));

  private final Shop shop = STORE.shop();

  private static Path confWithQuickRestock() {
    try {
      Path conf = Files.createTempDirectory("toystore-conf");
      try (Stream<Path> files = Files.list(Path.of("..", "..", "conf"))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          String text = Files.readString(file);
          String quick = text.replace("\"restockPeriodMs\": 10000", "\"restockPeriodMs\": 500");
          Files.writeString(conf.resolve(file.getFileName()), quick);
        }
      }
      return conf;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @AfterAll
  static void deleteConf() throws IOException {
    TemporaryFolder.remove(CONF);
  }

  @Test
  void thereAreNineteenToysAndAHundredOfEach() {
    JsonNode toys = shop.get("/products").data();

    assertEquals(19, toys.size());
    assertEquals("Tux", toys.get(0).get("name").asText());
    assertEquals(15.99, toys.get(0).get("price").asDouble());
    assertEquals(100, shop.stock("Elephant"));
  }

  @Test
  void aPurchaseIsAnOrderAndTheStockIsLess() {
    long before = shop.stock("Fox");

    long number = shop.buy("Fox", 3).orderNumber();

    assertEquals(before - 3, shop.stock("Fox"));
    assertEquals(
        "{\"data\":{\"number\":" + number + ",\"name\":\"Fox\",\"quantity\":3}}",
        shop.order(number).response().body());
  }

  @Test
  void orderNumbersGrowByOne() {
    long first = shop.buy("Whale", 1).orderNumber();

    assertEquals(first + 1, shop.buy("Dolphin", 1).orderNumber());
  }

  @Test
  void thereIsNothingToBuyBeyondTheStock() {
    shop.buy("Python", 60).orderNumber();

    Shop.Answer refusal = shop.buy("Python", 41);

    assertEquals(409, refusal.status());
    assertEquals(409, refusal.json().get("error").get("code").asInt());
    assertEquals(40, shop.stock("Python"));
  }

  @Test
  void whatIsSoldOutComesBack() {
    shop.buy("Tux", 100).orderNumber();

    RunningStore.until("Tux is restocked", () -> shop.stock("Tux") == 100);
  }

  @Test
  void theSameKeyIsTheSamePurchase() {
    long before = shop.stock("Elephant");
    long number = shop.buy("Elephant", 2, "a-key-of-mine").orderNumber();

    assertEquals(number, shop.buy("Elephant", 2, "a-key-of-mine").orderNumber());
    assertEquals(422, shop.buy("Elephant", 1, "a-key-of-mine").status());
    assertEquals(before - 2, shop.stock("Elephant"));
  }

  @Test
  void aKeyIsMadeForWhoHasNone() {
    Shop.Answer answer = shop.buy("Whale", 1);

    long again =
        shop.buy("Whale", 1, answer.header("Idempotency-Key").orElseThrow()).orderNumber();
    assertEquals(answer.orderNumber(), again);
  }

  @Test
  void theSecondQueryIsAHitAndAPurchaseEndsIt() {
    // Now and then a lease runs out between two queries; then the second is no hit either.
    RunningStore.until("a query is a hit", () -> isHit("Dolphin"));

    shop.buy("Dolphin", 1).orderNumber();

    assertFalse(isHit("Dolphin"));
  }

  @Test
  void theToyNotAskedForLongestLeavesTheCache() {
    RunningStore.until("an eleventh toy drives out the one not asked for longest", () -> {
      List<String> toys = shop.get("/products").data().findValuesAsText("name");
      toys.subList(6, 16).forEach(this::isHit);
      String askedForAgain = toys.get(6);
      String longestAgo = toys.get(7);
      boolean stillThere = isHit(askedForAgain);

      isHit("Fox");

      return stillThere && isHit(askedForAgain) && !isHit(longestAgo);
    });
    assertEquals(
        10,
        STORE
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
    assertEquals(404, shop.product("Yeti").status());
    assertEquals(404, shop.buy("Yeti", 1).status());
    assertEquals(404, shop.order(999_999).status());
    assertEquals(400, shop.get("/orders/first").status());
    assertEquals(404, shop.get("/nowhere").status());
  }

  @Test
  void theBooksBalance() {
    shop.buy("Whale", 1).orderNumber();

    assertTrue(STORE.audit().findings().isEmpty());
  }

  private boolean isHit(String toy) {
    return shop.product(toy).header("Toystore-Cache").orElseThrow().equals("hit");
  }
}
