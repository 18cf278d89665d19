package toystore.purchase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.model.Epochs;
import toystore.model.Fenced;
import toystore.model.Mark;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.model.ReserveOutcome;
import toystore.model.StoreError;
import toystore.purchase.PurchaseEffects.PurchaseAnswer;
import toystore.replication.Entry;
import toystore.replication.Input;
import toystore.stock.CatalogMessages.Fence;
import toystore.stock.CatalogMessages.FindHolds;
import toystore.stock.CatalogMessages.Reserve;
import toystore.stock.CatalogMessages.Settle;
import toystore.stock.CatalogMessages.Verify;

/** How a leader comes to office, settles what is held, and loses its office. */
class OfficeTest extends PurchasesCase {
  private static final PurchaseEffects NOTHING =
      new PurchaseEffects(List.of(), List.of(), List.of(), List.of(), false, List.of());

  @Test
  void takeOverFencesTheCatalogAndRollsEveryHoldForwardBeforeItIsReady() {
    elect();
    CatalogCall<Fence> fence = call(Fence.class);
    purchases.fenced(fence.id(), agrees(TUX, FOX));
    assertEquals(List.of(new Input.LogVerified(EPOCH, LAST)), purchases.take().tell());
    purchases.established(EPOCH);
    PurchaseEffects effects = purchases.take();

    assertEquals(EPOCH, fence.question().epoch());
    assertEquals(OFFICE, fence.question().office());
    assertEquals(List.of(TUX, FOX), effects.propose());
    apply(TUX, 0);
    assertFalse(purchases.status().ready());
    apply(FOX, 1);
    assertTrue(purchases.status().ready());
  }

  @Test
  void takeOverSettlesAHoldThatTheLogHas() {
    log.put("k1", new Order(0, "Tux", 1));
    elect();
    purchases.fenced(call(Fence.class).id(), agrees(TUX));
    purchases.established(EPOCH);

    assertTrue(purchases.take().propose().isEmpty());
    assertTrue(purchases.status().ready());
    ticks(3);
    assertEquals(List.of("k1"), call(Settle.class).question().keys());
  }

  @Test
  void aStartAsksForTheFenceUntilTheCatalogAnswers() {
    purchases.askForFence();
    purchases.failed(call(Fence.class).id(), false, "refused");
    assertFalse(purchases.status().catalogReachable());
    purchases.askForFence();
    assertTrue(
        purchases.take().calls().stream().noneMatch(call -> call.question() instanceof Fence));
    ticks(2);
    purchases.askForFence();
    purchases.askForFence();
    CatalogCall<Fence> fence = call(Fence.class);

    purchases.fenced(fence.id(), new Fenced(false, EPOCH, RUN, Mark.NONE, List.of()));

    assertEquals(Epochs.LEAST, fence.question().epoch());
    assertEquals(List.of(new Input.FenceKnown(EPOCH)), purchases.take().tell());
  }

  @Test
  void aCatalogThatNobodyEverLedHasNoFence() {
    purchases.askForFence();

    purchases.fenced(
        call(Fence.class).id(), new Fenced(true, Epochs.LEAST, RUN, Mark.NONE, List.of()));

    assertEquals(List.of(new Input.FenceKnown(Epochs.NONE)), purchases.take().tell());
  }

  @Test
  void aFenceThatFailsIsRepeated() {
    elect();
    purchases.failed(call(Fence.class).id(), false, "refused");

    assertTrue(
        purchases.take().calls().stream().noneMatch(call -> call.question() instanceof Fence));
    ticks(2);
    assertEquals(EPOCH, call(Fence.class).question().epoch());
  }

  @Test
  void aFencedLeaderResignsAndAnswersNotLeader() {
    makeReady();
    buy(1, TUX);
    CatalogCall<Reserve> reserve = call(Reserve.class);
    buy(2, FOX);
    purchases.fencedOff(reserve.id());
    PurchaseEffects effects = purchases.take();

    assertTrue(effects.resign());
    assertEquals(
        List.of(StoreError.NOT_LEADER, StoreError.NOT_LEADER),
        effects.answers().stream().map(PurchaseAnswer::error).toList());
    assertFalse(purchases.status().ready());
  }

  @Test
  void lossOfTheOfficeFailsAllThatWaitsAndIgnoresLateReplies() {
    makeReady();
    buy(1, TUX);
    CatalogCall<Reserve> reserve = call(Reserve.class);
    purchases.lostOffice();

    assertEquals(List.of(StoreError.NOT_LEADER), errors());
    purchases.reserved(reserve.id(), List.of(ReserveOutcome.HELD));
    assertEquals(NOTHING, purchases.take());
  }

  @Test
  void aRefusalOfALateCallDoesNotTouchWhatIsHeld() {
    makeReady();
    buy(1, new PurchaseRequest("k1", "Tux", 7));
    CatalogCall<Reserve> reserve = call(Reserve.class);
    ticks(60);
    purchases.holds(call(FindHolds.class).id(), List.of(TUX));
    purchases.reserved(reserve.id(), List.of(ReserveOutcome.KEY_REUSED));

    PurchaseEffects effects = purchases.take();
    assertEquals(List.of(TUX), effects.propose());
    assertTrue(effects.answers().isEmpty());
    apply(TUX, 0);
    assertEquals(List.of(StoreError.KEY_REUSED), errors());
  }

  @Test
  void theSweepAppendsWhatTheLogLacksAndSettlesWhatItHas() {
    makeReady();
    log.put("k2", new Order(0, "Fox", 2));
    ticks(60);
    purchases.holds(call(FindHolds.class).id(), List.of(TUX, FOX));

    assertEquals(List.of(TUX), purchases.take().propose());
    ticks(3);
    assertEquals(List.of("k2"), call(Settle.class).question().keys());
  }

  @Test
  void ordersAreSettledTogether() {
    makeReady();
    apply(TUX, 0);
    apply(FOX, 1);

    assertTrue(purchases.take().calls().isEmpty());
    ticks(3);
    assertEquals(List.of("k1", "k2"), call(Settle.class).question().keys());
  }

  @Test
  void whatIsSettledIsNotSettledAgain() {
    makeReady();
    apply(TUX, 0);
    ticks(3);
    purchases.done(call(Settle.class).id());
    ticks(10);

    assertTrue(
        purchases.take().calls().stream().noneMatch(call -> call.question() instanceof Settle));
  }

  @Test
  void whatAnEarlierOfficeHadToOrderDoesNotHoldUpALaterOne() {
    elect();
    purchases.fenced(call(Fence.class).id(), agrees(TUX));
    purchases.established(EPOCH);
    purchases.lostOffice();
    long later = Epochs.of(8, 1);
    purchases.elected(later, LAST);
    purchases.fenced(call(Fence.class).id(), new Fenced(true, later, RUN, known.mark(), List.of()));
    purchases.established(later);

    assertTrue(purchases.status().ready());
  }

  @Test
  void whatTheCatalogKnowsIsNoNewsForWhoHasLostTheOffice() {
    book.apply(Entry.of(1, EPOCH, TUX));
    elect();
    purchases.fenced(call(Fence.class).id(), record(Mark.NONE));
    CatalogCall<Verify> verify = call(Verify.class);
    purchases.lostOffice();
    purchases.take();

    purchases.verified(verify.id(), 0);

    assertEquals(NOTHING, purchases.take());
  }

  @Test
  void anEpochThatTheCatalogDoesNotObeyIsGivenUpAndTheLaterOneTold() {
    elect();
    long later = Epochs.of(9, 1);
    purchases.fenced(call(Fence.class).id(), new Fenced(false, later, RUN, Mark.NONE, List.of()));

    assertEquals(List.of(new Input.Outdated(later)), purchases.take().tell());
    assertFalse(purchases.status().ready());
  }
}
