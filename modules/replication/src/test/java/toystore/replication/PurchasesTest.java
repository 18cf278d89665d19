package toystore.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.model.StoreError;
import toystore.replication.PurchaseEffects.Answer;

class PurchasesTest {
  private static final long EPOCH = Epochs.of(7, 1);
  private static final PurchaseSettings SETTINGS =
      new PurchaseSettings(8, 4, 1, 100, 2, 50, 70, 10, 30, 60, 1_000, 3);
  private static final PurchaseRequest TUX = new PurchaseRequest("k1", "Tux", 1);
  private static final PurchaseRequest FOX = new PurchaseRequest("k2", "Fox", 2);

  private final Map<String, Order> log = new HashMap<>();
  private final Purchases purchases =
      new Purchases(SETTINGS, key -> Optional.ofNullable(log.get(key)));

  @Test
  void onlyALeaderThatIsReadyTakesPurchases() {
    purchases.buy(1, TUX);
    assertEquals(List.of(StoreError.NOT_LEADER), errors());

    purchases.established(EPOCH);
    purchases.buy(2, TUX);

    assertEquals(List.of(StoreError.NOT_LEADER), errors());
  }

  @Test
  void takeOverFencesTheCatalogAndRollsEveryHoldForwardBeforeItIsReady() {
    purchases.established(EPOCH);
    CatalogCall.Fence fence = call(CatalogCall.Fence.class);
    purchases.holds(fence.id(), List.of(TUX, FOX));
    PurchaseEffects effects = purchases.take();

    assertEquals(EPOCH, fence.epoch());
    assertEquals(List.of(TUX, FOX), effects.propose());
    apply(TUX, 0);
    assertFalse(purchases.status().ready());
    apply(FOX, 1);
    assertTrue(purchases.status().ready());
  }

  @Test
  void takeOverSettlesAHoldThatTheLogHas() {
    log.put("k1", new Order(0, "Tux", 1));
    purchases.established(EPOCH);
    purchases.holds(call(CatalogCall.Fence.class).id(), List.of(TUX));

    assertTrue(purchases.take().propose().isEmpty());
    assertTrue(purchases.status().ready());
    ticks(3);
    assertEquals(List.of("k1"), call(CatalogCall.Settle.class).keys());
  }

  @Test
  void aFenceThatFailsIsRepeated() {
    purchases.established(EPOCH);
    purchases.unreachable(call(CatalogCall.Fence.class).id());

    assertTrue(purchases.take().calls().stream().noneMatch(CatalogCall.Fence.class::isInstance));
    ticks(2);
    assertEquals(EPOCH, call(CatalogCall.Fence.class).epoch());
  }

  @Test
  void successIsAnsweredOnlyFromTheApply() {
    makeReady();
    purchases.buy(5, TUX);
    reserved(ReserveOutcome.HELD);
    PurchaseEffects effects = purchases.take();

    assertEquals(List.of(TUX), effects.propose());
    assertTrue(effects.answers().isEmpty());
    apply(TUX, 3);
    assertEquals(List.of(Answer.number(5, 3)), purchases.take().answers());
  }

  @Test
  void aKeyThatIsOrderedGetsTheSameNumberWithoutACall() {
    makeReady();
    log.put("k1", new Order(4, "Tux", 1));
    purchases.buy(1, TUX);
    PurchaseEffects effects = purchases.take();

    assertEquals(List.of(Answer.number(1, 4)), effects.answers());
    assertTrue(effects.calls().isEmpty());
  }

  @Test
  void aKeyWithAnotherBodyIsRefusedWhetherOrderedOrUnderWay() {
    makeReady();
    log.put("k1", new Order(4, "Tux", 1));
    purchases.buy(1, new PurchaseRequest("k1", "Tux", 2));
    purchases.buy(2, FOX);
    purchases.buy(3, new PurchaseRequest("k2", "Tux", 2));

    assertEquals(List.of(StoreError.KEY_REUSED, StoreError.KEY_REUSED), errors());
  }

  @Test
  void aKeyUnderWayIsJoinedNotReservedTwice() {
    makeReady();
    purchases.buy(1, TUX);
    CatalogCall.Reserve reserve = call(CatalogCall.Reserve.class);
    purchases.buy(2, TUX);
    assertTrue(purchases.take().calls().isEmpty());
    purchases.reserved(reserve.id(), List.of(ReserveOutcome.HELD));
    purchases.buy(3, TUX);
    assertEquals(List.of(TUX), purchases.take().propose());

    apply(TUX, 0);

    assertEquals(
        List.of(Answer.number(1, 0), Answer.number(2, 0), Answer.number(3, 0)),
        purchases.take().answers());
  }

  @Test
  void aKeyThatTheSweepAppendedIsWaitedFor() {
    makeReady();
    ticks(60);
    purchases.holds(call(CatalogCall.Holds.class).id(), List.of(TUX));
    assertEquals(List.of(TUX), purchases.take().propose());

    purchases.buy(1, TUX);
    PurchaseEffects effects = purchases.take();

    assertTrue(effects.calls().isEmpty());
    assertTrue(effects.answers().isEmpty());
    apply(TUX, 0);
    assertEquals(List.of(Answer.number(1, 0)), purchases.take().answers());
  }

  @Test
  void refusalsOfTheCatalogAreAnsweredAsTheyAre() {
    makeReady();
    purchases.buy(1, TUX);
    purchases.buy(2, FOX);
    purchases.buy(3, new PurchaseRequest("k3", "Gnu", 1));
    reserved(ReserveOutcome.OUT_OF_STOCK, ReserveOutcome.TOY_NOT_FOUND, ReserveOutcome.KEY_REUSED);

    assertEquals(
        List.of(StoreError.OUT_OF_STOCK, StoreError.TOY_NOT_FOUND, StoreError.KEY_REUSED),
        errors());
    assertEquals(0, purchases.status().underWay());
  }

  @Test
  void oneReserveCallIsInFlightAndTheRestGoInTheNext() {
    makeReady();
    purchases.buy(1, TUX);
    CatalogCall.Reserve first = call(CatalogCall.Reserve.class);
    for (int i = 2; i <= 6; i++) {
      purchases.buy(i, new PurchaseRequest("n" + i, "Fox", 1));
    }

    assertTrue(purchases.take().calls().isEmpty());
    purchases.reserved(first.id(), List.of(ReserveOutcome.OUT_OF_STOCK));
    assertEquals(4, call(CatalogCall.Reserve.class).requests().size());
  }

  @Test
  void aReserveThatFailsIsRepeatedWithTheSameKeyUntilTheDeadline() {
    makeReady();
    purchases.buy(1, TUX);
    long end = SETTINGS.deadlineTicks();
    for (int tick = 0; tick < end; tick++) {
      for (CatalogCall call : purchases.take().calls()) {
        if (call instanceof CatalogCall.Reserve) {
          assertEquals(List.of(TUX), ((CatalogCall.Reserve) call).requests());
          purchases.unreachable(call.id());
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
  void aFencedLeaderResignsAndAnswersNotLeader() {
    makeReady();
    purchases.buy(1, TUX);
    CatalogCall.Reserve reserve = call(CatalogCall.Reserve.class);
    purchases.buy(2, FOX);
    purchases.fencedOff(reserve.id());
    PurchaseEffects effects = purchases.take();

    assertTrue(effects.resign());
    assertEquals(
        List.of(StoreError.NOT_LEADER, StoreError.NOT_LEADER),
        effects.answers().stream().map(Answer::error).toList());
    assertFalse(purchases.status().ready());
  }

  @Test
  void lossOfTheOfficeFailsAllThatWaitsAndIgnoresLateReplies() {
    makeReady();
    purchases.buy(1, TUX);
    CatalogCall.Reserve reserve = call(CatalogCall.Reserve.class);
    purchases.lostOffice();

    assertEquals(List.of(StoreError.NOT_LEADER), errors());
    purchases.reserved(reserve.id(), List.of(ReserveOutcome.HELD));
    assertTrue(purchases.take().isEmpty());
  }

  @Test
  void aRefusalOfALateCallDoesNotTouchWhatIsHeld() {
    makeReady();
    purchases.buy(1, new PurchaseRequest("k1", "Tux", 7));
    CatalogCall.Reserve reserve = call(CatalogCall.Reserve.class);
    ticks(60);
    purchases.holds(call(CatalogCall.Holds.class).id(), List.of(TUX));
    purchases.reserved(reserve.id(), List.of(ReserveOutcome.KEY_REUSED));

    PurchaseEffects effects = purchases.take();
    assertEquals(List.of(TUX), effects.propose());
    assertTrue(effects.answers().isEmpty());
    apply(TUX, 0);
    assertEquals(List.of(StoreError.KEY_REUSED), errors());
  }

  @Test
  void whatIsProposedIsNotProposedAgainWhenNobodyWaitsForItAnyMore() {
    makeReady();
    purchases.buy(1, TUX);
    reserved(ReserveOutcome.HELD);
    assertEquals(List.of(TUX), purchases.take().propose());
    purchases.majority(false);
    ticks(SETTINGS.majorityGraceTicks());
    purchases.holds(call(CatalogCall.Holds.class).id(), List.of(TUX));

    assertTrue(purchases.take().propose().isEmpty());
  }

  @Test
  void theSweepAppendsWhatTheLogLacksAndSettlesWhatItHas() {
    makeReady();
    log.put("k2", new Order(0, "Fox", 2));
    ticks(60);
    purchases.holds(call(CatalogCall.Holds.class).id(), List.of(TUX, FOX));

    assertEquals(List.of(TUX), purchases.take().propose());
    ticks(3);
    assertEquals(List.of("k2"), call(CatalogCall.Settle.class).keys());
  }

  @Test
  void ordersAreSettledTogether() {
    makeReady();
    apply(TUX, 0);
    apply(FOX, 1);

    assertTrue(purchases.take().calls().isEmpty());
    ticks(3);
    assertEquals(List.of("k1", "k2"), call(CatalogCall.Settle.class).keys());
  }

  @Test
  void purchasesWaitOutAShortAbsenceOfTheCatalogAndAreThenRefusedAtOnceUntilItIsBack() {
    makeReady();
    purchases.buy(1, TUX);
    purchases.unreachable(call(CatalogCall.Reserve.class).id());
    List<CatalogCall> probes = new ArrayList<>();
    for (int tick = 0; tick < SETTINGS.graceTicks() - 1; tick++) {
      failAllCalls(probes);
      purchases.tick();
    }
    assertTrue(errors().isEmpty());
    assertTrue(probes.size() >= 4, "probed every 10 ticks: " + probes.size());

    purchases.tick();
    purchases.buy(2, FOX);
    PurchaseEffects effects = purchases.take();
    effects.calls().forEach(call -> purchases.unreachable(call.id()));
    assertEquals(
        List.of(StoreError.UNAVAILABLE, StoreError.UNAVAILABLE),
        effects.answers().stream().map(Answer::error).toList());

    ticks(10);
    purchases.done(call(CatalogCall.Probe.class).id());
    purchases.buy(3, FOX);
    ticks(2);
    assertEquals(List.of(FOX), call(CatalogCall.Reserve.class).requests());
  }

  @Test
  void aHungCatalogIsProbedLongBeforeACallTimesOut() {
    makeReady();
    purchases.buy(1, TUX);
    call(CatalogCall.Reserve.class);
    ticks(SETTINGS.suspectTicks());
    purchases.unreachable(call(CatalogCall.Probe.class).id());
    ticks(SETTINGS.graceTicks());

    assertEquals(List.of(StoreError.UNAVAILABLE), errors());
  }

  @Test
  void aSilentCatalogIsWaitedForUntilTheDeadline() {
    makeReady();
    purchases.buy(1, TUX);
    CatalogCall.Reserve reserve = call(CatalogCall.Reserve.class);
    ticks(SETTINGS.suspectTicks());
    purchases.silent(call(CatalogCall.Probe.class).id());
    assertFalse(purchases.status().catalogReachable());

    ticks(SETTINGS.graceTicks() + 10);
    purchases.buy(2, FOX);
    assertEquals(List.of(), errors());
    purchases.reserved(reserve.id(), List.of(ReserveOutcome.HELD));

    PurchaseEffects effects = purchases.take();
    assertEquals(List.of(TUX), effects.propose());
    assertEquals(
        List.of(List.of(FOX)),
        effects.calls().stream()
            .filter(CatalogCall.Reserve.class::isInstance)
            .map(call -> ((CatalogCall.Reserve) call).requests())
            .toList());
  }

  @Test
  void aCatalogThatWasSilentForAsLongAsAPurchaseMayTakeIsNotWaitedFor() {
    makeReady();
    purchases.buy(1, TUX);
    purchases.silent(call(CatalogCall.Reserve.class).id());
    ticks(SETTINGS.deadlineTicks());
    assertEquals(List.of(StoreError.UNAVAILABLE), errors());

    purchases.buy(2, FOX);

    assertEquals(List.of(StoreError.UNAVAILABLE), errors());
  }

  /** It listens again, so it is up. */
  @Test
  void aCatalogThatWasDownAndIsSilentNowIsWaitedFor() {
    makeReady();
    purchases.buy(1, TUX);
    purchases.unreachable(call(CatalogCall.Reserve.class).id());
    ticks(2);
    purchases.silent(call(CatalogCall.Reserve.class).id());

    ticks(SETTINGS.graceTicks() + 10);

    assertEquals(List.of(), errors());
  }

  @Test
  void whatTheCatalogHeldBeforeItHungStillBecomesAnOrder() {
    makeReady();
    purchases.buy(1, TUX);
    CatalogCall.Reserve reserve = call(CatalogCall.Reserve.class);
    ticks(SETTINGS.suspectTicks());
    purchases.unreachable(call(CatalogCall.Probe.class).id());
    ticks(SETTINGS.graceTicks());
    purchases.take();

    purchases.reserved(reserve.id(), List.of(ReserveOutcome.HELD));

    assertEquals(List.of(TUX), purchases.take().propose());
  }

  @Test
  void withoutAMajorityPurchasesAreRefusedOnceTheGraceIsOver() {
    makeReady();
    purchases.buy(1, TUX);
    reserved(ReserveOutcome.HELD);
    purchases.majority(false);
    ticks(SETTINGS.majorityGraceTicks() - 1);
    assertTrue(errors().isEmpty());

    purchases.tick();
    purchases.buy(2, FOX);

    assertEquals(List.of(StoreError.UNAVAILABLE, StoreError.UNAVAILABLE), errors());
    purchases.majority(true);
    purchases.buy(3, FOX);
    assertEquals(List.of(FOX), call(CatalogCall.Reserve.class).requests());
  }

  @Test
  void moreThanTheLimitUnderWayIsRefused() {
    makeReady();
    for (int i = 0; i <= SETTINGS.maxUnderWay(); i++) {
      purchases.buy(i, new PurchaseRequest("n" + i, "Fox", 1));
    }

    assertEquals(List.of(StoreError.UNAVAILABLE), errors());
  }

  private void makeReady() {
    purchases.established(EPOCH);
    purchases.holds(call(CatalogCall.Fence.class).id(), List.of());
    purchases.take();
  }

  private void apply(PurchaseRequest request, long number) {
    log.put(request.key(), new Order(number, request.name(), request.quantity()));
    purchases.applied(request, number);
  }

  private void reserved(ReserveOutcome... outcomes) {
    purchases.reserved(call(CatalogCall.Reserve.class).id(), List.of(outcomes));
  }

  private void ticks(int count) {
    for (int i = 0; i < count; i++) {
      purchases.tick();
    }
  }

  /** The only call of this kind that is to be made now. */
  private <T extends CatalogCall> T call(Class<T> kind) {
    List<T> found = purchases.take().calls().stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
    assertEquals(1, found.size(), kind.getSimpleName());
    return found.get(0);
  }

  private List<StoreError> errors() {
    return purchases.take().answers().stream().map(Answer::error).toList();
  }

  private void answer(CatalogCall call) {
    if (call instanceof CatalogCall.Holds) {
      purchases.holds(call.id(), List.of());
    } else {
      purchases.done(call.id());
    }
  }

  private void failAllCalls(List<CatalogCall> probes) {
    for (CatalogCall call : purchases.take().calls()) {
      if (call instanceof CatalogCall.Probe) {
        probes.add(call);
      }
      purchases.unreachable(call.id());
    }
  }
}
