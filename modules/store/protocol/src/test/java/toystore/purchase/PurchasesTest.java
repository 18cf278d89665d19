package toystore.purchase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import toystore.model.Claim;
import toystore.model.Epochs;
import toystore.model.Fenced;
import toystore.model.LogPosition;
import toystore.model.Mark;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.model.ReserveOutcome;
import toystore.model.StoreError;
import toystore.purchase.PurchaseEffects.PurchaseAnswer;
import toystore.replication.Entry;
import toystore.replication.Input;
import toystore.replication.OrderBook;
import toystore.stock.CatalogMessages.Fence;
import toystore.stock.CatalogMessages.FindHolds;
import toystore.stock.CatalogMessages.Reserve;
import toystore.stock.CatalogMessages.Settle;
import toystore.stock.CatalogMessages.Verify;

class PurchasesTest {
  private static final PurchaseEffects NOTHING =
      new PurchaseEffects(List.of(), List.of(), List.of(), List.of(), false, List.of());

  private static final long EPOCH = Epochs.of(7, 1);
  private static final PurchaseSettings SETTINGS =
      new PurchaseSettings(8, 4, 1, 100, 2, 50, 70, 10, 30, 60, 1_000, 3);
  private static final long OFFICE = 11;
  private static final long RUN = 77;
  private static final LogPosition LAST = new LogPosition(Epochs.of(6, 1), 4);
  private static final PurchaseRequest TUX = new PurchaseRequest("k1", "Tux", 1);
  private static final PurchaseRequest FOX = new PurchaseRequest("k2", "Fox", 2);

  private final Map<String, Order> log = new HashMap<>();
  private final OrderBook book = new OrderBook(1);
  private final List<Entry> unapplied = new ArrayList<>();
  private final LogOrders known = LogOrders.of(book, () -> unapplied);
  private final Purchases purchases = new Purchases(SETTINGS, OFFICE, new LogOrders() {
    @Override
    public Optional<Order> byKey(String key) {
      return Optional.ofNullable(log.get(key));
    }

    @Override
    public Mark mark() {
      return known.mark();
    }

    @Override
    public LedgerComparison comparedWith(Mark catalogs) {
      return known.comparedWith(catalogs);
    }
  });

  @BeforeEach
  void aReadingOfTheClockIsThere() {
    purchases.catalogClock(1);
  }

  @Test
  void onlyALeaderThatIsReadyTakesPurchases() {
    buy(1, TUX);
    assertEquals(List.of(StoreError.NOT_LEADER), errors());

    elect();
    buy(2, TUX);

    assertEquals(List.of(StoreError.NOT_LEADER), errors());
  }

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
  void aFenceThatFailsIsRepeated() {
    elect();
    purchases.failed(call(Fence.class).id(), false, "refused");

    assertTrue(
        purchases.take().calls().stream().noneMatch(call -> call.question() instanceof Fence));
    ticks(2);
    assertEquals(EPOCH, call(Fence.class).question().epoch());
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

  @Test
  void moreThanTheLimitUnderWayIsRefused() {
    makeReady();
    for (int i = 0; i <= SETTINGS.maxUnderWay(); i++) {
      buy(i, new PurchaseRequest("n" + i, "Fox", 1));
    }

    assertEquals(List.of(StoreError.UNAVAILABLE), errors());
  }

  @Test
  void aLogThatLacksWhatTheCatalogWasToldOfAppendsNothingAndSaysWhatToDo() {
    book.apply(Entry.of(1, EPOCH, TUX));
    elect();
    purchases.fenced(call(Fence.class).id(), record(new Mark(3, 9)));
    PurchaseEffects effects = purchases.take();
    buy(1, FOX);

    assertEquals(List.of(new Input.Doubted(EPOCH)), effects.tell());
    assertTrue(purchases.status().trouble().contains("was told of 3, and"), this::trouble);
    assertTrue(purchases.status().trouble().contains("start the replica that has them"));
    assertEquals(List.of(StoreError.UNAVAILABLE), errors());
  }

  @Test
  void aLogOfAnotherHistoryIsRefusedToo() {
    book.apply(Entry.of(1, EPOCH, TUX));
    book.apply(Entry.of(2, EPOCH, FOX));
    elect();
    purchases.fenced(call(Fence.class).id(), record(new Mark(1, 9)));

    assertEquals(List.of(new Input.Doubted(EPOCH)), purchases.take().tell());
    assertTrue(purchases.status().trouble().contains("different histories"), this::trouble);
  }

  @Test
  void aCatalogThatDoesNotKnowAnOrderOfTheLogIsRefused() {
    book.apply(Entry.of(1, EPOCH, TUX));
    unapplied.add(Entry.noOp(2, EPOCH));
    unapplied.add(Entry.of(3, EPOCH, TUX)); // Makes no order: its key is one.
    unapplied.add(Entry.of(4, EPOCH, FOX));
    elect();
    purchases.fenced(call(Fence.class).id(), record(book.mark()));
    CatalogCall<Verify> verify = call(Verify.class);
    assertEquals(List.of(FOX), verify.question().orders());
    assertEquals(RUN, verify.question().claim().incarnation());

    purchases.verified(verify.id(), 0);

    assertEquals(List.of(new Input.Doubted(EPOCH)), purchases.take().tell());
    assertTrue(purchases.status().trouble().contains("does not know order 1:"), this::trouble);
  }

  @Test
  void ofACatalogWithoutAMarkEveryOrderIsAskedForInBatches() {
    for (int i = 1; i <= 6; i++) {
      book.apply(Entry.of(i, EPOCH, new PurchaseRequest("k" + i, "Tux", 1)));
    }
    elect();
    purchases.fenced(call(Fence.class).id(), record(Mark.NONE));
    CatalogCall<Verify> first = call(Verify.class);
    purchases.verified(first.id(), 4);
    CatalogCall<Verify> second = call(Verify.class);
    purchases.verified(second.id(), 2);

    assertEquals(4, first.question().orders().size());
    assertEquals("k5", second.question().orders().get(0).key());
    assertEquals(List.of(new Input.LogVerified(EPOCH, LAST)), purchases.take().tell());
  }

  @Test
  void oneThatIsDoubtedAsksAgainAndGoesOnOnceTheRightFileIsThere() {
    elect();
    purchases.fenced(call(Fence.class).id(), record(new Mark(1, 9)));
    purchases.take();
    ticks(SETTINGS.sweepTicks());

    purchases.fenced(call(Fence.class).id(), agrees());

    assertEquals(List.of(new Input.LogVerified(EPOCH, LAST)), purchases.take().tell());
    assertNull(purchases.status().trouble());
  }

  @Test
  void anEpochThatTheCatalogDoesNotObeyIsGivenUpAndTheLaterOneTold() {
    elect();
    long later = Epochs.of(9, 1);
    purchases.fenced(call(Fence.class).id(), new Fenced(false, later, RUN, Mark.NONE, List.of()));

    assertEquals(List.of(new Input.Outdated(later)), purchases.take().tell());
    assertFalse(purchases.status().ready());
  }

  @Test
  void everyCallTellsHowFarTheOrdersGo() {
    makeReady();
    book.apply(Entry.of(1, EPOCH, TUX));
    apply(TUX, 0);
    buy(1, FOX);
    Claim claim = new Claim(EPOCH, RUN, book.mark());

    assertEquals(claim, call(Reserve.class).question().claim());
    ticks(3);
    assertEquals(claim, call(Settle.class).question().claim());
  }

  @Test
  void aCatalogThatHasRestartedIsComparedWithBeforeStockIsTakenThere() {
    makeReady();
    buy(1, TUX);
    purchases.unverified(call(Reserve.class).id());

    assertTrue(purchases.status().ready(), "callers wait meanwhile");
    CatalogCall<Fence> fence = call(Fence.class);
    purchases.fenced(fence.id(), new Fenced(true, EPOCH, RUN + 1, Mark.NONE, List.of()));
    CatalogCall<Reserve> again = call(Reserve.class);
    assertEquals(List.of(TUX), again.question().requests());
    assertEquals(RUN + 1, again.question().claim().incarnation());
  }

  @Test
  void aCatalogThatHasComeBackOlderIsRefusedAndWhoWaitsIsTold() {
    makeReady();
    book.apply(Entry.of(1, EPOCH, TUX));
    apply(TUX, 0);
    buy(1, FOX);
    purchases.unverified(call(Reserve.class).id());
    purchases.fenced(call(Fence.class).id(), new Fenced(true, EPOCH, 1, Mark.NONE, List.of()));
    purchases.verified(call(Verify.class).id(), 0);

    PurchaseEffects effects = purchases.take();
    assertEquals(List.of(), effects.tell());
    assertEquals(StoreError.UNAVAILABLE, effects.answers().get(0).error());
    assertTrue(effects.answers().get(0).message().contains("does not know order 0"));
    assertFalse(purchases.status().ready());
    buy(2, TUX);
    assertEquals(List.of(number(2, 0)), purchases.take().answers());
  }

  @Test
  void anAnswerOfAnEarlierRunOfTheCatalogAgreesToNothing() {
    makeReady();
    book.apply(Entry.of(1, EPOCH, TUX));
    apply(TUX, 0);
    buy(1, FOX);
    CatalogCall<Reserve> reserve = call(Reserve.class);
    purchases.unverified(reserve.id());
    purchases.fenced(call(Fence.class).id(), new Fenced(true, EPOCH, 1, Mark.NONE, List.of()));
    CatalogCall<Verify> verify = call(Verify.class);
    ticks(3);
    purchases.unverified(verify.id());
    CatalogCall<Fence> fence = call(Fence.class);

    purchases.verified(verify.id(), 1);
    assertTrue(purchases.take().calls().isEmpty());
    purchases.fenced(fence.id(), new Fenced(true, EPOCH, 2, Mark.NONE, List.of()));
    assertEquals(2, call(Verify.class).question().claim().incarnation());
  }

  @Test
  void whatAnEarlierRunOfTheCatalogHeldIsAskedForAgain() {
    makeReady();
    buy(1, TUX);
    CatalogCall<Reserve> late = call(Reserve.class);
    ticks(60);
    purchases.unverified(call(FindHolds.class).id());
    purchases.fenced(
        call(Fence.class).id(), new Fenced(true, EPOCH, RUN + 1, Mark.NONE, List.of()));

    purchases.reserved(late.id(), List.of(ReserveOutcome.HELD));

    PurchaseEffects effects = purchases.take();
    assertEquals(List.of(), effects.propose());
    Reserve again = (Reserve) effects.calls().get(0).question();
    assertEquals(List.of(TUX), again.requests());
    assertEquals(RUN + 1, again.claim().incarnation());
  }

  private String trouble() {
    return purchases.status().trouble();
  }

  private static Fenced record(Mark mark) {
    return new Fenced(true, EPOCH, RUN, mark, List.of());
  }

  private void makeReady() {
    elect();
    purchases.fenced(call(Fence.class).id(), agrees());
    purchases.established(EPOCH);
    purchases.take();
  }

  private void elect() {
    purchases.elected(EPOCH, LAST);
  }

  private Fenced agrees(PurchaseRequest... holds) {
    return new Fenced(true, EPOCH, RUN, known.mark(), List.of(holds));
  }

  private void apply(PurchaseRequest request, long number) {
    log.put(request.key(), new Order(number, request.name(), request.quantity()));
    purchases.applied(request, number);
  }

  private record Named(int name) implements Caller {
    @Override
    public void take(PurchaseAnswer answer) {}
  }

  private void buy(int caller, PurchaseRequest request) {
    purchases.buy(new Named(caller), request, purchases.catalogClock());
  }

  private static PurchaseAnswer number(int caller, long number) {
    return PurchaseAnswer.number(new Named(caller), number);
  }

  private void reserved(ReserveOutcome... outcomes) {
    purchases.reserved(call(Reserve.class).id(), List.of(outcomes));
  }

  private void ticks(int count) {
    for (int i = 0; i < count; i++) {
      purchases.tick();
    }
  }

  /** The only call of this kind that is to be made now. */
  private <T> CatalogCall<T> call(Class<T> kind) {
    List<CatalogCall<T>> found = new ArrayList<>();
    for (CatalogCall<?> call : purchases.take().calls()) {
      if (kind.isInstance(call.question())) {
        found.add(new CatalogCall<>(call.id(), kind.cast(call.question())));
      }
    }
    assertEquals(1, found.size(), kind.getSimpleName());
    return found.get(0);
  }

  private List<StoreError> errors() {
    return purchases.take().answers().stream().map(PurchaseAnswer::error).toList();
  }

  private void answer(CatalogCall<?> call) {
    if (call.question() instanceof FindHolds) {
      purchases.holds(call.id(), List.of());
    } else {
      purchases.done(call.id());
    }
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
