package toystore.purchase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.model.ReserveOutcome;
import toystore.model.StoreError;
import toystore.purchase.PurchaseEffects.PurchaseAnswer;
import toystore.stock.CatalogMessages.Reserve;

/** The catalog, or a majority, is away or silent. */
class OutageTest extends PurchasesCase {
  @Test
  void anyAnswerEndsAnAbsenceOfTheCatalog() {
    makeReady();
    buy(1, TUX);
    purchases.failed(call(Reserve.class).id(), false, "refused");
    assertFalse(purchases.status().catalogReachable());
    ticks(2);

    reserved(ReserveOutcome.OUT_OF_STOCK);

    assertTrue(purchases.status().catalogReachable());
  }

  @Test
  void purchasesWaitOutAShortAbsenceOfTheCatalogAndAreThenRefusedAtOnceUntilItIsBack() {
    makeReady();
    buy(1, TUX);
    purchases.failed(call(Reserve.class).id(), false, "refused");
    List<CatalogCall<?>> probes = new ArrayList<>();
    for (int tick = 0; tick < SETTINGS.graceTicks() - 1; tick++) {
      failAllCalls(probes);
      purchases.tick();
    }
    assertTrue(errors().isEmpty());
    assertTrue(probes.size() >= 4, "probed every 10 ticks: " + probes.size());

    purchases.tick();
    buy(2, FOX);
    PurchaseEffects effects = purchases.take();
    effects.calls().forEach(call -> purchases.failed(call.id(), false, "refused"));
    assertEquals(
        List.of(StoreError.UNAVAILABLE, StoreError.UNAVAILABLE),
        effects.answers().stream().map(PurchaseAnswer::error).toList());

    ticks(10);
    purchases.done(call(CatalogCall.Probe.class).id());
    buy(3, FOX);
    ticks(2);
    assertEquals(List.of(FOX), call(Reserve.class).question().requests());
  }

  @Test
  void aHungCatalogIsProbedLongBeforeACallTimesOut() {
    makeReady();
    buy(1, TUX);
    call(Reserve.class);
    ticks(SETTINGS.suspectTicks());
    purchases.failed(call(CatalogCall.Probe.class).id(), false, "refused");
    ticks(SETTINGS.graceTicks());

    assertEquals(List.of(StoreError.UNAVAILABLE), errors());
  }

  @Test
  void aSilentCatalogIsWaitedForUntilTheDeadline() {
    makeReady();
    buy(1, TUX);
    CatalogCall<Reserve> reserve = call(Reserve.class);
    ticks(SETTINGS.suspectTicks());
    purchases.failed(call(CatalogCall.Probe.class).id(), true, "too late");
    assertFalse(purchases.status().catalogReachable());

    ticks(SETTINGS.graceTicks() + 10);
    buy(2, FOX);
    assertEquals(List.of(), errors());
    purchases.reserved(reserve.id(), List.of(ReserveOutcome.HELD));

    PurchaseEffects effects = purchases.take();
    assertEquals(List.of(TUX), effects.propose());
    assertEquals(
        List.of(List.of(FOX)),
        effects.calls().stream()
            .filter(call -> call.question() instanceof Reserve)
            .map(call -> ((Reserve) call.question()).requests())
            .toList());
  }

  @Test
  void aCatalogThatWasSilentForAsLongAsAPurchaseMayTakeIsNotWaitedFor() {
    makeReady();
    buy(1, TUX);
    purchases.failed(call(Reserve.class).id(), true, "too late");
    ticks(SETTINGS.deadlineTicks());
    assertEquals(List.of(StoreError.UNAVAILABLE), errors());

    buy(2, FOX);

    assertEquals(List.of(StoreError.UNAVAILABLE), errors());
  }

  /** It listens again, so it is up. */
  @Test
  void aCatalogThatWasDownAndIsSilentNowIsWaitedFor() {
    makeReady();
    buy(1, TUX);
    purchases.failed(call(Reserve.class).id(), false, "refused");
    ticks(2);
    purchases.failed(call(Reserve.class).id(), true, "too late");

    ticks(SETTINGS.graceTicks() + 10);

    assertEquals(List.of(), errors());
  }

  @Test
  void whatTheCatalogHeldBeforeItHungStillBecomesAnOrder() {
    makeReady();
    buy(1, TUX);
    CatalogCall<Reserve> reserve = call(Reserve.class);
    ticks(SETTINGS.suspectTicks());
    purchases.failed(call(CatalogCall.Probe.class).id(), false, "refused");
    ticks(SETTINGS.graceTicks());
    purchases.take();

    purchases.reserved(reserve.id(), List.of(ReserveOutcome.HELD));

    assertEquals(List.of(TUX), purchases.take().propose());
  }

  @Test
  void withoutAMajorityPurchasesAreRefusedOnceTheGraceIsOver() {
    makeReady();
    buy(1, TUX);
    reserved(ReserveOutcome.HELD);
    purchases.majority(false);
    ticks(SETTINGS.majorityGraceTicks() - 1);
    assertTrue(errors().isEmpty());

    purchases.tick();
    buy(2, FOX);

    assertEquals(List.of(StoreError.UNAVAILABLE, StoreError.UNAVAILABLE), errors());
    purchases.majority(true);
    buy(3, FOX);
    assertEquals(List.of(FOX), call(Reserve.class).question().requests());
  }

  private void failAllCalls(List<CatalogCall<?>> probes) {
    for (CatalogCall<?> call : purchases.take().calls()) {
      if (call.question() instanceof CatalogCall.Probe) {
        probes.add(call);
      }
      purchases.failed(call.id(), false, "refused");
    }
  }
}
