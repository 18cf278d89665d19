package toystore.stock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.model.ReserveOutcome;
import toystore.stock.CatalogMessages.Holds;
import toystore.stock.CatalogOptions.CatalogBounds;
import toystore.stock.CatalogOptions.Leases;
import toystore.stock.CatalogOptions.Remembering;
import toystore.stock.CatalogOptions.Restocking;

/** What was refused is remembered for as long as a copy of the request may come, and no longer. */
class RefusalsTest {
  private static final long SPAN_MS = CoreRig.OPTIONS.remembering().refusalMs();

  private final CoreRig rig = new CoreRig();

  private void sellOutAndRefuse(String key) {
    assertEquals(ReserveOutcome.HELD, rig.reserve("first", "Tux", 100));
    assertEquals(ReserveOutcome.OUT_OF_STOCK, rig.reserve(key, "Tux", 1));
  }

  /** Until the sessions of the run before are over. */
  private void restartAndWait() {
    rig.restart();
    pass(CoreRig.OPTIONS.leases().sessionMs());
  }

  private void pass(long millis) {
    rig.tick(millis);
    rig.commit();
  }

  /** Puts the toy back in stock. */
  private void restock() {
    pass(CoreRig.OPTIONS.restocking().periodMs());
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

    pass(SPAN_MS - CoreRig.OPTIONS.restocking().periodMs() - 1);
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
    restartAndWait();

    pass(SPAN_MS - CoreRig.OPTIONS.remembering().mostAgeMs());

    assertEquals(ReserveOutcome.OUT_OF_STOCK, rig.reserve("late", "Tux", 1));
  }

  @Test
  void whoeverAsksAgainLearnsNothingBeforeTheFirstMay() {
    rig.options = new CatalogOptions(
        new Leases(1_000, 100, 200),
        CoreRig.OPTIONS.restocking(),
        new Remembering(400, 100, 10),
        CoreRig.OPTIONS.bounds(),
        50,
        42);
    restartAndWait();
    long session = rig.hello();
    rig.read(session, "Tux");
    rig.askReserve("first", "Tux", 100);
    List<Long> asked = new ArrayList<>();
    asked.add(rig.askReserve("late", "Tux", 1));
    pass((400 - 100) / 3);
    asked.add(rig.askReserve("late", "Tux", 1));
    asked.add(rig.askReserve("late", "Tux", 1));
    rig.commit();

    // A front-end still has the toy as it was before it was sold out.
    asked.forEach(token -> assertFalse(rig.isAnswered(token)));
    rig.acknowledge(session, "Tux", rig.newest("Tux").version());
    asked.forEach(token -> assertEquals(ReserveOutcome.OUT_OF_STOCK, rig.outcome(token)));
  }

  @Test
  void aRefusedKeyIsRefusedAnewWhileThereIsNothing() {
    rig.options = new CatalogOptions(
        new Leases(1_000, 100, 200),
        new Restocking(100, 86_400_000),
        Remembering.USUAL,
        new CatalogBounds(1_000, 10, Long.MAX_VALUE),
        50,
        42);
    restartAndWait();
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
    rig.seenMs = clock() - CoreRig.OPTIONS.remembering().mostAgeMs();
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

    restartAndWait();

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
    rig.options = new CatalogOptions(
        new Leases(1_000, 100, 200),
        new Restocking(40, 10_000),
        Remembering.USUAL,
        new CatalogBounds(1_000, 10, Long.MAX_VALUE),
        50,
        42);
    restartAndWait();

    assertEquals(ReserveOutcome.HELD, rig.reserve("a", "Tux", 60));
    assertEquals(ReserveOutcome.OUT_OF_STOCK, rig.reserve("b", "Tux", 41));
    assertEquals(0, rig.core.figures().refusals());
  }

  @Test
  void whatCouldNotBeRememberedIsNotSaid() {
    rig.options = limited(2, Long.MAX_VALUE);
    restartAndWait();
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
    restartAndWait();

    assertEquals(ReserveOutcome.FULL, rig.reserve("new", "Tux", 1));
    assertEquals(ReserveOutcome.HELD, rig.reserve("old", "Tux", 1));
  }

  private static CatalogOptions limited(int maxRefusals, long maxLedgerBytes) {
    return new CatalogOptions(
        CoreRig.OPTIONS.leases(),
        CoreRig.OPTIONS.restocking(),
        Remembering.ofMost(maxRefusals),
        new CatalogBounds(1_000, 10, maxLedgerBytes),
        50,
        42);
  }
}
