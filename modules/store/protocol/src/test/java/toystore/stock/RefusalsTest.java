package toystore.stock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import toystore.model.ReserveOutcome;
import toystore.stock.CatalogMessages.Holds;

/** What was refused is remembered for as long as a copy of the request may come, and no longer. */
class RefusalsTest {
  private static final long SPAN_MS = CoreRig.OPTIONS.refusalMs();

  private final CoreRig rig = new CoreRig();

  private void sellOutAndRefuse(String key) {
    assertEquals(ReserveOutcome.HELD, rig.reserve("first", "Tux", 100));
    assertEquals(ReserveOutcome.OUT_OF_STOCK, rig.reserve(key, "Tux", 1));
  }

  private void pass(long millis) {
    rig.tick(millis);
    rig.commit();
  }

  /** Puts the toy back in stock. */
  private void restock() {
    pass(CoreRig.OPTIONS.restockPeriodMs());
    assertEquals(100, rig.newest("Tux").stock());
  }

  private long clock() {
    long token = rig.askHolds(0);
    rig.commit();
    return ((Holds) rig.answer(token)).clockMs();
  }

  @Test
  void aRefusedKeyIsSoldAfterTheSpanAndNotBefore() {
    sellOutAndRefuse("late");
    restock();

    pass(SPAN_MS - CoreRig.OPTIONS.restockPeriodMs() - 1);
    assertEquals(ReserveOutcome.OUT_OF_STOCK, rig.reserve("late", "Tux", 1));
    assertEquals(1, rig.disk.refusals().size());
    pass(SPAN_MS);
    assertEquals(ReserveOutcome.HELD, rig.reserve("late", "Tux", 1));
    pass(CoreRig.OPTIONS.settleDelayMs());
    assertEquals(0, rig.disk.refusals().size());
  }

  @Test
  void theSpanBeginsAnewWheneverTheRefusalIsSaidAgain() {
    sellOutAndRefuse("late");
    pass(SPAN_MS - 1);
    assertEquals(ReserveOutcome.OUT_OF_STOCK, rig.reserve("late", "Tux", 1));
    rig.restart();
    pass(CoreRig.OPTIONS.sessionMs());

    pass(SPAN_MS - CoreRig.OPTIONS.mostAgeMs());

    assertEquals(ReserveOutcome.OUT_OF_STOCK, rig.reserve("late", "Tux", 1));
  }

  @Test
  void aRefusedKeyIsRefusedAnewWhileThereIsNothing() {
    rig.options = new CatalogOptions(1_000, 100, 200, 86_400_000, 100, 50, 1_000, 10, 42);
    rig.restart();
    pass(CoreRig.OPTIONS.sessionMs());
    sellOutAndRefuse("late");

    pass(SPAN_MS);

    assertEquals(ReserveOutcome.OUT_OF_STOCK, rig.reserve("late", "Tux", 1));
    assertEquals(1, rig.disk.refusals().size());
  }

  @Test
  void anotherBodyWithARefusedKeyIsAnotherPurchase() {
    sellOutAndRefuse("late");

    assertEquals(ReserveOutcome.KEY_REUSED, rig.reserve("late", "Tux", 2));
    assertEquals(ReserveOutcome.KEY_REUSED, rig.reserve("late", "Fox", 1));
  }

  @Test
  void aCopyOfARefusedRequestIsTooOldOnceTheRefusalIsForgotten() {
    sellOutAndRefuse("late");
    long seen = clock();
    restock();
    pass(SPAN_MS);

    rig.seenMs = seen;
    assertEquals(ReserveOutcome.UNDECIDED, rig.reserve("late", "Tux", 1));
    assertEquals(100, rig.newest("Tux").stock());
    rig.seenMs = clock() - CoreRig.OPTIONS.mostAgeMs();
    assertEquals(ReserveOutcome.HELD, rig.reserve("late", "Tux", 1));
  }

  @Test
  void whatIsHeldIsToldHoweverOldTheRequest() {
    rig.reserve("a", "Tux", 1);
    pass(SPAN_MS);

    rig.seenMs = 0;

    assertEquals(ReserveOutcome.HELD, rig.reserve("a", "Tux", 1));
  }

  @Test
  void theSpanGoesOnOverARestart() {
    sellOutAndRefuse("late");
    restock();
    long told = clock();

    rig.restart();
    pass(CoreRig.OPTIONS.sessionMs());

    assertTrue(clock() > told);
    assertEquals(ReserveOutcome.OUT_OF_STOCK, rig.reserve("late", "Tux", 1));
    pass(SPAN_MS);
    assertEquals(ReserveOutcome.HELD, rig.reserve("late", "Tux", 1));
  }

  @Test
  void moreThanThereEverIsNeedsNoMemory() {
    assertEquals(ReserveOutcome.OUT_OF_STOCK, rig.reserve("greedy", "Tux", 101));
    assertEquals(ReserveOutcome.OUT_OF_STOCK, rig.reserve("greedy", "Tux", 1_000_000));

    assertEquals(0, rig.disk.refusals().size());
    assertEquals(0, rig.core.figures().refusals());
    assertEquals(ReserveOutcome.HELD, rig.reserve("greedy", "Tux", 100));
  }

  @Test
  void moreThanIsRestockedMayBeThereFromBefore() {
    rig.options = new CatalogOptions(1_000, 100, 200, 10_000, 40, 50, 1_000, 10, 42);
    rig.restart();
    pass(CoreRig.OPTIONS.sessionMs());

    assertEquals(ReserveOutcome.HELD, rig.reserve("a", "Tux", 60));
    assertEquals(ReserveOutcome.OUT_OF_STOCK, rig.reserve("b", "Tux", 41));
    assertEquals(0, rig.core.figures().refusals());
  }

  @Test
  void whatCouldNotBeRememberedIsNotSaid() {
    rig.options = limited(2, Long.MAX_VALUE);
    rig.restart();
    pass(CoreRig.OPTIONS.sessionMs());
    sellOutAndRefuse("one");
    assertEquals(ReserveOutcome.OUT_OF_STOCK, rig.reserve("two", "Tux", 1));

    assertEquals(ReserveOutcome.FULL, rig.reserve("three", "Tux", 1));
    assertEquals(ReserveOutcome.OUT_OF_STOCK, rig.reserve("one", "Tux", 1));
    assertEquals(ReserveOutcome.HELD, rig.reserve("four", "Fox", 1));
    pass(SPAN_MS);
    rig.reserve("again", "Tux", 100);
    assertEquals(ReserveOutcome.OUT_OF_STOCK, rig.reserve("three", "Tux", 1));
  }

  @Test
  void aFullLedgerTakesNoNewKeysAndKnowsTheOldOnes() {
    rig.reserve("old", "Tux", 1);
    rig.options = limited(10, 1);
    rig.restart();
    pass(CoreRig.OPTIONS.sessionMs());

    assertEquals(ReserveOutcome.FULL, rig.reserve("new", "Tux", 1));
    assertEquals(ReserveOutcome.HELD, rig.reserve("old", "Tux", 1));
  }

  private static CatalogOptions limited(int maxRefusals, long maxLedgerBytes) {
    return new CatalogOptions(
        1_000,
        100,
        200,
        10_000,
        100,
        50,
        1_000,
        10,
        SPAN_MS,
        30_000,
        maxRefusals,
        maxLedgerBytes,
        42);
  }

  @Test
  void refusalsInALedgerOfAnOlderVersionCountForASpan() {
    rig.reserve("before", "Tux", 1);
    rig.disk.add(new CatalogWrite(
        99,
        List.of(),
        1,
        List.of(
            new LedgerRow("old", "Tux", 1, LedgerState.REJECTED),
            new LedgerRow("older", "Fox", 2, LedgerState.REJECTED)),
        List.of(),
        Map.of(Meta.OLD_REFUSALS_OVER, 0L)));
    rig.disk.commitOne();
    rig.restart();
    pass(CoreRig.OPTIONS.sessionMs());
    assertEquals(ReserveOutcome.OUT_OF_STOCK, rig.reserve("old", "Tux", 1));

    pass(SPAN_MS);
    assertEquals(ReserveOutcome.HELD, rig.reserve("old", "Tux", 1));
    rig.askSettle("old", "before");
    pass(CoreRig.OPTIONS.settleDelayMs());
    assertEquals(LedgerState.SOLD, rig.disk.ledger().get(0).state());
    assertEquals(LedgerState.REJECTED, rig.disk.ledger().get(1).state());
    assertEquals("old", rig.disk.ledger().get(3).key());
    assertEquals(LedgerState.SOLD, rig.disk.ledger().get(3).state());

    rig.restart();
    pass(CoreRig.OPTIONS.sessionMs());
    assertEquals(ReserveOutcome.HELD, rig.reserve("older", "Fox", 2));
  }
}
