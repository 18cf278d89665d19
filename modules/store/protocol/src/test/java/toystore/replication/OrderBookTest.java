package toystore.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import toystore.model.Order;
import toystore.model.PurchaseRequest;

class OrderBookTest {
  private final OrderBook book = new OrderBook(1);

  private static Entry entry(long index, String key, String toy, int quantity) {
    return Entry.of(index, 1024, new PurchaseRequest(key, toy, quantity));
  }

  @Test
  void numbersGrowByOneFromZeroAndSkipNoOps() {
    assertEquals(Optional.empty(), book.apply(Entry.noOp(1, 1024)));
    assertEquals(Optional.of(new Order(0, "Tux", 2)), book.apply(entry(2, "a", "Tux", 2)));
    assertEquals(Optional.of(new Order(1, "Fox", 1)), book.apply(entry(3, "b", "Fox", 1)));

    assertEquals(2, book.count());
    assertEquals(Optional.of(new Order(1, "Fox", 1)), book.inMemory(1));
    assertEquals(Optional.empty(), book.inMemory(2));
    assertEquals(Optional.empty(), book.inMemory(-1));
  }

  @Test
  void aKeyBecomesOneOrderHoweverOftenItIsInTheLog() {
    book.apply(entry(1, "a", "Tux", 2));
    String digest = book.digest();

    assertEquals(Optional.empty(), book.apply(entry(2, "a", "Tux", 2)));
    assertEquals(1, book.count());
    assertEquals(digest, book.digest());
    assertEquals(0, book.byKey("a").orElseThrow().number());
    assertEquals(Optional.empty(), book.byKey("b"));
  }

  @Test
  void soldIsCountedPerToy() {
    book.apply(entry(1, "a", "Tux", 2));
    book.apply(entry(2, "b", "Fox", 1));
    book.apply(entry(3, "c", "Tux", 3));

    assertEquals(Map.of("Tux", 5L, "Fox", 1L), book.sold());
  }

  @Test
  void theDigestTellsOrdersApart() {
    OrderBook other = new OrderBook(1);
    book.apply(entry(1, "a", "Tux", 2));
    other.apply(entry(1, "a", "Tux", 3));

    assertNotEquals(book.digest(), other.digest());
    assertEquals(64, book.digest().length());
  }

  @Test
  void restoredFromStoredOrdersItIsTheSame() {
    OrderBook restored = new OrderBook(1);
    for (int i = 0; i < 1000; i++) {
      book.apply(entry(i + 1, "key-" + i, "Tux", 1));
      restored.restore(i, new PurchaseRequest("key-" + i, "Tux", 1));
    }

    assertEquals(book.digest(), restored.digest());
    assertEquals(book.sold(), restored.sold());
    for (int i = 0; i < 1000; i++) {
      assertEquals(i, restored.byKey("key-" + i).orElseThrow().number());
    }
  }

  @Test
  void restoringRefusesGapsAndRepeatedKeys() {
    book.restore(0, new PurchaseRequest("a", "Tux", 1));

    assertThrows(
        IllegalStateException.class, () -> book.restore(2, new PurchaseRequest("b", "Tux", 1)));
    assertThrows(
        IllegalStateException.class, () -> book.restore(1, new PurchaseRequest("a", "Tux", 1)));
  }

  @Test
  void keysThatHashAlikeAreToldApart() {
    assertEquals("Aa".hashCode(), "BB".hashCode());

    book.apply(entry(1, "Aa", "Tux", 1));
    book.apply(entry(2, "BB", "Fox", 1));

    assertEquals(0, book.byKey("Aa").orElseThrow().number());
    assertEquals("Fox", book.byKey("BB").orElseThrow().purchase().name());
    assertTrue(book.byKey("C#").isEmpty());
  }
}
