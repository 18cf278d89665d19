package toystore.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.replication.OrderBook.PlacedOrder;

class OlderOrdersTest {
  private static final int STEP = 4;

  private final CountedOrders older = new CountedOrders();
  private OrderBook book = new OrderBook(1, older, STEP);

  private static PurchaseRequest purchase(int key) {
    return new PurchaseRequest("key-" + key, key % 3 == 0 ? "Tux" : "Fox", 1 + key % 5);
  }

  private static Entry entry(long index, int key) {
    return Entry.of(index, 1024, purchase(key));
  }

  private void order(int from, int to) {
    for (int key = from; key < to; key++) {
      book.apply(entry(key + 1, key));
    }
  }

  private void sealOne() {
    book.toSeal().ifPresent(older::seal);
  }

  private void sealAll() {
    while (book.toSeal().isPresent()) {
      sealOne();
    }
    book.dropSealed();
  }

  @Test
  void onlyAFullTableIsSealed() {
    order(0, STEP - 1);
    assertTrue(book.toSeal().isEmpty());

    order(STEP - 1, STEP);

    assertEquals(STEP, book.toSeal().orElseThrow().end());
  }

  @Test
  void whatIsSealedLeavesTheMemoryOnlyWhenTheBookIsTold() {
    order(0, STEP + 1);
    sealOne();
    assertEquals(0, book.inMemoryFrom());

    book.dropSealed();

    assertEquals(STEP, book.inMemoryFrom());
    assertEquals(Optional.empty(), book.inMemory(STEP - 1));
    assertEquals(Optional.of(new Order(STEP, "Fox", 5)), book.inMemory(STEP));
  }

  @Test
  void aKeyThatIsOldBecomesNoSecondOrder() {
    order(0, 2 * STEP);
    sealAll();
    String digest = book.digest();

    assertEquals(Optional.empty(), book.apply(entry(100, 1)));
    assertThrows(IllegalStateException.class, () -> book.restore(2 * STEP, purchase(1)));
    assertEquals(2 * STEP, book.count());
    assertEquals(digest, book.digest());
    assertEquals(Optional.of(new PlacedOrder(1, purchase(1))), book.byKey("key-1"));
  }

  @Test
  void whetherAnOldOrderIsTheSameIsKnownWithoutReadingIt() {
    order(0, 3 * STEP + 1);
    sealAll();

    for (int number = 0; number < book.count(); number++) {
      assertTrue(book.has(number, purchase(number)));
      assertFalse(book.has(number, purchase(number + 1)));
    }
    assertEquals(0, older.read);
  }

  /** Under random operations a book that lets go of orders answers as one that keeps all. */
  @Test
  void aBookThatSealsAnswersAsOneThatNeverDoes() {
    for (int seed = 0; seed < 200; seed++) {
      compare(new Random(seed), "seed " + seed);
    }
  }

  private static void compare(Random random, String seed) {
    OrdersInMemory older = new OrdersInMemory();
    int step = 1 + random.nextInt(5);
    OrderBook sealing = new OrderBook(random.nextLong(), older, step);
    OrderBook keeping = new OrderBook(random.nextLong());
    for (int index = 1; index <= 120; index++) {
      PurchaseRequest purchase = purchase(random.nextInt(60));
      switch (random.nextInt(6)) {
        case 0 -> sealing.toSeal().ifPresent(older::seal);
        case 1 -> sealing.dropSealed();
        case 2 -> {
          sealing.dropSealed();
          sealing = restarted(sealing, older, step);
        }
        default -> {
          Entry entry = Entry.of(index, 1024, purchase);
          assertEquals(keeping.apply(entry), sealing.apply(entry), seed);
        }
      }
      same(keeping, sealing, purchase.key(), random, seed);
    }
  }

  /** As after a start: the older orders are there, and those behind them are read again. */
  private static OrderBook restarted(OrderBook before, OrdersInMemory older, int step) {
    OrderBook after = new OrderBook(7, older, step);
    for (long number = older.count(); number < before.count(); number++) {
      after.restore(number, before.purchase(number));
    }
    return after;
  }

  private static void same(
      OrderBook keeping, OrderBook sealing, String key, Random random, String seed) {
    assertEquals(keeping.count(), sealing.count(), seed);
    assertEquals(keeping.digest(), sealing.digest(), seed);
    assertEquals(keeping.sold(), sealing.sold(), seed);
    assertEquals(keeping.byKey(key), sealing.byKey(key), seed);
    int orders = random.nextInt((int) keeping.count() + 1);
    assertEquals(keeping.markAt(orders), sealing.markAt(orders), seed);
    if (orders > 0) {
      int number = orders - 1;
      assertEquals(keeping.purchase(number), sealing.purchase(number), seed);
      assertTrue(sealing.has(number, keeping.purchase(number)), seed);
      assertEquals(
          number < sealing.inMemoryFrom() ? Optional.empty() : keeping.inMemory(number),
          sealing.inMemory(number),
          seed);
    }
    assertEquals(Optional.empty(), sealing.inMemory(keeping.count()), seed);
    assertEquals(Optional.empty(), sealing.inMemory(-1), seed);
  }

  @Test
  void theSoldOfASealedTableAddUp() {
    order(0, 2 * STEP);
    Map<String, Long> sold = Map.copyOf(book.sold());
    sealAll();

    assertEquals(sold, older.sold());
    book = new OrderBook(1, older, STEP);
    assertEquals(sold, book.sold());
  }

  /** How often one of them was read is counted. */
  private static final class CountedOrders extends OrdersInMemory {
    int read;

    @Override
    public PurchaseRequest purchase(long number) {
      read++;
      return super.purchase(number);
    }
  }
}
