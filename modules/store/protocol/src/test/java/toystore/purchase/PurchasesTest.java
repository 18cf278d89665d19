package toystore.purchase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.model.ReserveOutcome;
import toystore.model.StoreError;
import toystore.stock.CatalogMessages.FindHolds;
import toystore.stock.CatalogMessages.Reserve;

class PurchasesTest extends PurchasesCase {
  @Test
  void onlyALeaderThatIsReadyTakesPurchases() {
    buy(1, TUX);
    assertEquals(List.of(StoreError.NOT_LEADER), errors());

    elect();
    buy(2, TUX);

    assertEquals(List.of(StoreError.NOT_LEADER), errors());
  }

  @Test
  void successIsAnsweredOnlyFromTheApply() {
    makeReady();
    buy(5, TUX);
    reserved(ReserveOutcome.HELD);
    PurchaseEffects effects = purchases.take();

    assertEquals(List.of(TUX), effects.propose());
    assertTrue(effects.answers().isEmpty());
    apply(TUX, 3);
    assertEquals(List.of(number(5, 3)), purchases.take().answers());
  }

  @Test
  void aKeyThatIsOrderedGetsTheSameNumberWithoutACall() {
    makeReady();
    log.put("k1", new Order(4, "Tux", 1));
    buy(1, TUX);
    PurchaseEffects effects = purchases.take();

    assertEquals(List.of(number(1, 4)), effects.answers());
    assertTrue(effects.calls().isEmpty());
  }

  @Test
  void aKeyWithAnotherBodyIsRefusedWhetherOrderedOrUnderWay() {
    makeReady();
    log.put("k1", new Order(4, "Tux", 1));
    buy(1, new PurchaseRequest("k1", "Tux", 2));
    buy(2, FOX);
    buy(3, new PurchaseRequest("k2", "Tux", 2));

    assertEquals(List.of(StoreError.KEY_REUSED, StoreError.KEY_REUSED), errors());
  }

  @Test
  void aKeyUnderWayIsJoinedNotReservedTwice() {
    makeReady();
    buy(1, TUX);
    CatalogCall<Reserve> reserve = call(Reserve.class);
    buy(2, TUX);
    assertTrue(purchases.take().calls().isEmpty());
    purchases.reserved(reserve.id(), List.of(ReserveOutcome.HELD));
    buy(3, TUX);
    assertEquals(List.of(TUX), purchases.take().propose());

    apply(TUX, 0);

    assertEquals(
        List.of(number(1, 0), number(2, 0), number(3, 0)), purchases.take().answers());
  }

  @Test
  void aKeyThatTheSweepAppendedIsWaitedFor() {
    makeReady();
    ticks(60);
    purchases.holds(call(FindHolds.class).id(), List.of(TUX));
    assertEquals(List.of(TUX), purchases.take().propose());

    buy(1, TUX);
    PurchaseEffects effects = purchases.take();

    assertTrue(effects.calls().isEmpty());
    assertTrue(effects.answers().isEmpty());
    apply(TUX, 0);
    assertEquals(List.of(number(1, 0)), purchases.take().answers());
  }

  @Test
  void refusalsOfTheCatalogAreAnsweredAsTheyAre() {
    makeReady();
    buy(1, TUX);
    buy(2, FOX);
    buy(3, new PurchaseRequest("k3", "Gnu", 1));
    reserved(ReserveOutcome.OUT_OF_STOCK, ReserveOutcome.TOY_NOT_FOUND, ReserveOutcome.KEY_REUSED);

    assertEquals(
        List.of(StoreError.OUT_OF_STOCK, StoreError.TOY_NOT_FOUND, StoreError.KEY_REUSED),
        errors());
    assertEquals(0, purchases.status().underWay());
  }

  @Test
  void thatTheCatalogHasNoRoomIsToldApartFromThatItDidNotDecide() {
    makeReady();
    buy(1, TUX);
    buy(2, FOX);
    reserved(ReserveOutcome.UNDECIDED, ReserveOutcome.FULL);

    assertEquals(List.of(StoreError.UNAVAILABLE, StoreError.FULL), errors());
    assertEquals(0, purchases.status().underWay());
  }

  @Test
  void oneReserveCallIsInFlightAndTheRestGoInTheNext() {
    makeReady();
    buy(1, TUX);
    CatalogCall<Reserve> first = call(Reserve.class);
    for (int i = 2; i <= 6; i++) {
      buy(i, new PurchaseRequest("n" + i, "Fox", 1));
    }

    assertTrue(purchases.take().calls().isEmpty());
    purchases.reserved(first.id(), List.of(ReserveOutcome.OUT_OF_STOCK));
    assertEquals(4, call(Reserve.class).question().requests().size());
  }

  @Test
  void aReserveThatFailsIsRepeatedWithTheSameKeyUntilTheDeadline() {
    makeReady();
    buy(1, TUX);
    long end = SETTINGS.deadlineTicks();
    for (int tick = 0; tick < end; tick++) {
      for (CatalogCall<?> call : purchases.take().calls()) {
        if (call.question() instanceof Reserve) {
          assertEquals(List.of(TUX), ((Reserve) call.question()).requests());
          purchases.failed(call.id(), false, "refused");
        } else {
          // The catalog is there, it only fails to reserve.
          answer(call);
        }
      }
      purchases.tick();
    }

    assertEquals(List.of(StoreError.UNAVAILABLE), errors());
  }

  @Test
  void whatIsProposedIsNotProposedAgainWhenNobodyWaitsForItAnyMore() {
    makeReady();
    buy(1, TUX);
    reserved(ReserveOutcome.HELD);
    assertEquals(List.of(TUX), purchases.take().propose());
    purchases.majority(false);
    ticks(SETTINGS.majorityGraceTicks());
    purchases.holds(call(FindHolds.class).id(), List.of(TUX));

    assertTrue(purchases.take().propose().isEmpty());
  }

  @Test
  void moreThanTheLimitUnderWayIsRefused() {
    makeReady();
    for (int i = 0; i <= SETTINGS.maxUnderWay(); i++) {
      buy(i, new PurchaseRequest("n" + i, "Fox", 1));
    }

    assertEquals(List.of(StoreError.UNAVAILABLE), errors());
  }
}
