package toystore.stock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import toystore.model.Epochs;
import toystore.model.PurchaseRequest;
import toystore.model.ReserveOutcome;
import toystore.model.StoreError;
import toystore.stock.CatalogMessages.ReserveOutcomes;
import toystore.stock.CatalogMessages.ToyState;
import toystore.stock.CatalogMessages.Toys;
import toystore.stock.CatalogOptions.CatalogBounds;
import toystore.stock.CatalogOptions.Leases;
import toystore.stock.CatalogOptions.Remembering;
import toystore.stock.CatalogOptions.Restocking;

/**
 * Who gets stock: reserving, settling and fencing (docs/design.md, "A purchase"), and restocking.
 */
class CatalogCoreTest {
  private final CoreRig rig = new CoreRig();

  @Test
  void aReservationTakesStockAndRaisesTheVersion() {
    assertEquals(ReserveOutcome.HELD, rig.reserve("a", "Tux", 30));

    assertEquals(new ToyState("Tux", 1599, 70, 2, false), rig.read(0, "Tux"));
    assertEquals(100, rig.read(0, "Fox").quantity());
  }

  @Test
  void aReservationIsAnsweredWhenItIsDurable() {
    long token = rig.askReserve("a", "Tux", 1);
    assertFalse(rig.isAnswered(token));
    assertEquals(100, rig.read(0, "Tux").quantity());

    rig.commit();

    assertEquals(ReserveOutcome.HELD, rig.outcome(token));
    assertEquals(99, rig.read(0, "Tux").quantity());
  }

  @Test
  void theNewestStockDecidesEvenWhenNobodyMayKnowItYet() {
    rig.askReserve("a", "Tux", 60);
    long second = rig.askReserve("b", "Tux", 60);

    rig.commit();

    assertEquals(ReserveOutcome.OUT_OF_STOCK, rig.outcome(second));
  }

  @Test
  void aKnownKeyGetsTheSameAnswerAndTakesNothing() {
    rig.reserve("a", "Tux", 30);

    assertEquals(ReserveOutcome.HELD, rig.reserve("a", "Tux", 30));

    assertEquals(70, rig.newest("Tux").stock());
    assertEquals(1, rig.disk.ledger().size());
  }

  @Test
  void aKeyWhoseDecisionIsPendingJoinsItsAnswer() {
    rig.askReserve("a", "Tux", 30);
    long copy = rig.askReserve("a", "Tux", 30);
    long inOneBatch = rig.ask((token, now) -> rig.core.reserve(
        token,
        rig.claim(1),
        List.of(new PurchaseRequest("b", "Fox", 1), new PurchaseRequest("b", "Fox", 1)),
        List.of(0L, 0L),
        now));
    assertFalse(rig.isAnswered(copy));

    rig.commit();

    assertEquals(ReserveOutcome.HELD, rig.outcome(copy));
    assertEquals(
        List.of(ReserveOutcome.HELD, ReserveOutcome.HELD),
        ((ReserveOutcomes) rig.answer(inOneBatch)).outcomes());
    assertEquals(70, rig.newest("Tux").stock());
    assertEquals(99, rig.newest("Fox").stock());
  }

  @Test
  void anAnsweredHoldSurvivesACrashAndAnUnansweredOneMayNot() {
    rig.reserve("a", "Tux", 30);
    rig.askReserve("b", "Tux", 30);

    rig.restart();

    assertEquals(70, rig.newest("Tux").stock());
    rig.tick(CoreRig.OPTIONS.leases().sessionMs());
    rig.commit();
    assertEquals(ReserveOutcome.HELD, rig.reserve("a", "Tux", 30));
    assertEquals(70, rig.newest("Tux").stock());
  }

  @Test
  void aRejectionIsRememberedThoughStockReturns() {
    rig.reserve("a", "Tux", 100);
    rig.reserve("late", "Tux", 1);
    rig.tick(CoreRig.OPTIONS.restocking().periodMs());
    rig.commit();
    assertEquals(100, rig.newest("Tux").stock());

    assertEquals(ReserveOutcome.OUT_OF_STOCK, rig.reserve("late", "Tux", 1));

    rig.restart();
    rig.tick(CoreRig.OPTIONS.leases().sessionMs());
    assertEquals(ReserveOutcome.OUT_OF_STOCK, rig.reserve("late", "Tux", 1));
    assertEquals(100, rig.newest("Tux").stock());
  }

  @Test
  void aKeyWithAnotherBodyIsRefused() {
    rig.reserve("a", "Tux", 30);

    assertEquals(ReserveOutcome.KEY_REUSED, rig.reserve("a", "Tux", 29));
    assertEquals(ReserveOutcome.KEY_REUSED, rig.reserve("a", "Fox", 30));
    assertEquals(ReserveOutcome.KEY_REUSED, rig.reserve("a", "Nix", 30));
    assertEquals(100, rig.newest("Fox").stock());
  }

  @Test
  void anUnknownToyIsNotFound() {
    assertEquals(ReserveOutcome.TOY_NOT_FOUND, rig.reserve("a", "tux", 1));
  }

  @Test
  void aSaleSharesTheNextTransaction() {
    rig.reserve("a", "Tux", 1);
    long settle = rig.askSettle("a");
    assertTrue(rig.disk.isIdle());

    rig.askReserve("b", "Fox", 1);
    rig.commitOne();

    assertTrue(rig.disk.isIdle());
    assertTrue(rig.isAnswered(settle));
    assertEquals(LedgerState.SOLD, rig.disk.ledger().get(0).state());
  }

  @Test
  void aSaleWaitsForCompanyOnlyALittle() {
    rig.reserve("a", "Tux", 1);
    long settle = rig.askSettle("a");
    assertEquals(rig.nowMs + CoreRig.OPTIONS.settleDelayMs(), rig.core.nextTickMs());

    rig.tick(CoreRig.OPTIONS.settleDelayMs());
    assertFalse(rig.isAnswered(settle));
    rig.commit();

    assertTrue(rig.isAnswered(settle));
  }

  @Test
  void settlingWhatIsNoHoldChangesNothing() {
    rig.reserve("a", "Tux", 1);
    rig.reserve("no", "Tux", 100);
    rig.askSettle("a");
    long repeated = rig.askSettle("a", "no", "unknown");
    assertFalse(rig.isAnswered(repeated)); // The first is not durable either.

    rig.tick(CoreRig.OPTIONS.settleDelayMs());
    rig.commit();

    assertTrue(rig.isAnswered(repeated));
    assertTrue(rig.isAnswered(rig.askSettle("a")));
    assertEquals("no", rig.disk.refusals().iterator().next().key());
  }

  @Test
  void onlySoldOutToysAreRestockedAndOnlyOnTheHour() {
    rig.reserve("a", "Tux", 100);
    rig.reserve("b", "Fox", 99);

    rig.tick(CoreRig.OPTIONS.restocking().periodMs() - 1);
    assertEquals(0, rig.newest("Tux").stock());
    rig.tick(1);
    rig.commit();

    assertEquals(new ToyRow(0, "Tux", 1599, 100, 100, 100, 3), rig.newest("Tux"));
    assertEquals(new ToyRow(1, "Fox", 1249, 100, 0, 1, 2), rig.newest("Fox"));
    assertEquals(100, rig.read(0, "Tux").quantity());
  }

  @Test
  void allToysAreReadInCatalogOrder() {
    Toys toys = (Toys) rig.answer(rig.ask(rig.core::readAll));

    assertEquals(List.of("Tux", "Fox"), toys.toys().stream().map(ToyState::name).toList());
  }

  @Test
  void aStartTakesNewToysAndPricesAndKeepsStock() {
    rig.reserve("a", "Tux", 30);
    rig.offered = List.of(new PricedToy("Tux", 999), new PricedToy("Whale", 2499));

    rig.restart();
    rig.commit();

    assertEquals(new ToyRow(0, "Tux", 999, 100, 0, 70, 3), rig.newest("Tux"));
    assertEquals(new ToyRow(1, "Fox", 1249, 100, 0, 100, 1), rig.newest("Fox"));
    assertEquals(new ToyRow(2, "Whale", 2499, 100, 0, 100, 1), rig.newest("Whale"));
    assertEquals(
        Set.copyOf(rig.core.toys.scarcest(Integer.MAX_VALUE)),
        Set.copyOf(rig.disk.state().toys()));
  }

  @Test
  void moreThanMayWaitIsRefused() {
    rig.options = new CatalogOptions(
        new Leases(1_000, 100, 200),
        new Restocking(100, 10_000),
        Remembering.USUAL,
        new CatalogBounds(1, 1, Long.MAX_VALUE),
        50,
        42);
    rig.restart();
    rig.tick(CoreRig.OPTIONS.leases().sessionMs());
    rig.askReserve("a", "Tux", 1);

    assertEquals(StoreError.UNAVAILABLE, rig.refusal(rig.askReserve("b", "Tux", 1)));
    rig.hello();
    assertEquals(
        StoreError.UNAVAILABLE,
        rig.refusal(rig.ask((token, now) -> rig.core.hello(token, 2, "127.0.0.1:1", now))));
  }

  /** Somebody holds the file's lock: the disk must not be handed more than it can keep. */
  @Test
  void whatTheDiskCannotFollowIsRefusedBeforeItIsDecided() {
    rig.reserve("held", "Tux", 1);
    for (int epoch = 2; epoch < 2 + CatalogCore.MAX_WRITES; epoch++) {
      rig.askFence(epoch);
    }

    assertEquals(StoreError.UNAVAILABLE, rig.refusal(rig.askFence(Epochs.LAST)));
    assertEquals(StoreError.UNAVAILABLE, rig.refusal(rig.askReserve(Epochs.LAST, "a", "Fox", 1)));
    assertEquals(StoreError.UNAVAILABLE, rig.refusal(rig.askSettle("held")));
    assertEquals(
        StoreError.UNAVAILABLE,
        rig.refusal(rig.ask((token, now) -> rig.core.hello(token, 2, "127.0.0.1:1", now))));
    assertEquals(100, rig.read(Sessions.NONE, "Fox").quantity());

    rig.commit();
    long token = rig.askReserve(Epochs.LAST, "a", "Fox", 1);
    rig.commit();
    assertEquals(ReserveOutcome.HELD, rig.outcome(token));
  }
}
