package toystore.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import toystore.history.Operation.Type;
import toystore.model.Order;

class JournalTest {
  private static final long MS = 1_000_000;

  private final Journal journal = new Journal(Journal.noPromises(), 1, System::nanoTime);

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
  void whatWasPromisedShortlyBeforeTheFaultNotEveryReplicaNeedKnow() {
    Map<Long, Order> promised = Journal.noPromises();
    promised.put(0L, new Order(0, "Tux", 1));
    AtomicLong nowNs = new AtomicLong();
    Journal later = new Journal(promised, 1, nowNs::get);

    later.promise("b", new Order(1, "Tux", 1));
    nowNs.set(100 * MS);
    later.promise("c", new Order(2, "Tux", 1));
    assertFalse(later.isKnownEverywhere(1));
    nowNs.set(1_000 * MS);
    later.disturbed();
    nowNs.set(5_000 * MS);
    later.promise("d", new Order(3, "Tux", 1));

    assertTrue(later.isKnownEverywhere(0), "of an earlier round");
    assertTrue(later.isKnownEverywhere(1), "a second before the fault");
    assertFalse(later.isKnownEverywhere(2), "less than that, however long ago it is now");
    assertFalse(later.isKnownEverywhere(3), "while the fault lasted");
    assertFalse(later.isKnownEverywhere(4), "never promised");
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
    FailedRequest during = failure(10, 20);
    FailedRequest after = failure(31, 40);
    journal.failed(during);
    journal.failed(after);

    assertEquals(
        List.of(after), journal.unexcused(failure -> AllowedFailures.CATALOG, 5 * MS, 30 * MS));
    assertEquals(
        List.of(during, after),
        journal.unexcused(failure -> AllowedFailures.NONE, 5 * MS, 30 * MS));
  }

  @Test
  void aRefusalAfterALongWaitIsSlowOnceTheFaultIsKnown() {
    FailedRequest early = failure(10, 5_000);
    FailedRequest quick = failure(3_000, 3_020);
    FailedRequest slow = failure(3_000, 5_001);
    FailedRequest healing = failure(9_001, 12_000);
    List.of(early, quick, slow, healing).forEach(journal::failed);

    assertEquals(List.of(slow), journal.slowRefusals(3_000 * MS, 9_000 * MS, 2_000));
  }

  private static FailedRequest failure(long fromMs, long toMs) {
    return new FailedRequest(Type.BUY, Shopper.UNAVAILABLE, false, "", 0, fromMs * MS, toMs * MS);
  }
}
