package toystore.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import toystore.history.Operation.Type;
import toystore.model.Order;

class JournalTest {
  private static final long MS = 1_000_000;

  private final Journal journal = new Journal(Journal.noPromises());

  @Test
  void aNumberThatIsGivenTwiceIsWrong() {
    journal.promise("a", new Order(0, "Tux", 1));

    journal.promise("b", new Order(0, "Fox", 1));

    assertEquals(List.of("order number 0 was given twice"), journal.doubled());
    assertEquals(1, journal.promisedNow());
  }

  @Test
  void twoWhoShareAKeyHaveOneOrder() {
    journal.promise("a", new Order(0, "Tux", 1));

    journal.promise("a", new Order(0, "Tux", 1));

    assertEquals(List.of(), journal.doubled());
    assertEquals(1, journal.promisedNow());
  }

  @Test
  void whatWasPromisedLastNotEveryReplicaNeedKnow() {
    Map<Long, Order> promised = Journal.noPromises();
    promised.put(0L, new Order(0, "Tux", 1));
    Journal later = new Journal(promised);

    later.promise("b", new Order(1, "Tux", 1));

    assertTrue(later.isKnownEverywhere(0));
    assertFalse(later.isKnownEverywhere(1));
    assertFalse(later.isKnownEverywhere(2));
  }

  @Test
  void withoutAnAnsweredPurchaseTheGapIsTheWholeTime() {
    assertEquals(250, journal.longestGapMs(100 * MS, 350 * MS));
  }

  @Test
  void theGapEndsWithAnAnsweredPurchase() {
    long before = System.nanoTime();
    journal.purchaseServed();
    long after = System.nanoTime();

    long gapMs = journal.longestGapMs(before - 100 * MS, after + 60 * MS);

    assertTrue(gapMs >= 100 && gapMs < 160, "gap " + gapMs);
  }

  @Test
  void aFailureIsExcusedOnlyWhileTheFaultLasts() {
    Failure during = failure(10, 20);
    Failure after = failure(31, 40);
    journal.failed(during);
    journal.failed(after);

    assertEquals(List.of(after), journal.unexcused(Excuse.CATALOG, 5 * MS, 30 * MS));
    assertEquals(List.of(during, after), journal.unexcused(Excuse.NONE, 5 * MS, 30 * MS));
  }

  private static Failure failure(long fromMs, long toMs) {
    return new Failure(Type.BUY, Shopper.UNAVAILABLE, false, "", fromMs * MS, toMs * MS);
  }
}
