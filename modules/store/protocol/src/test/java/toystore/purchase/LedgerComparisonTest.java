package toystore.purchase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.model.Claim;
import toystore.model.Fenced;
import toystore.model.Mark;
import toystore.model.PurchaseRequest;
import toystore.model.ReserveOutcome;
import toystore.model.StoreError;
import toystore.replication.Entry;
import toystore.replication.Input;
import toystore.stock.CatalogMessages.Fence;
import toystore.stock.CatalogMessages.FindHolds;
import toystore.stock.CatalogMessages.Reserve;
import toystore.stock.CatalogMessages.Settle;
import toystore.stock.CatalogMessages.Verify;

/** The catalog's ledger and the log know different things: neither may be of an older time. */
class LedgerComparisonTest extends PurchasesCase {
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

  /** The log may take it in late: a leader of Raft that hands its office over holds it back. */
  @Test
  void whatIsProposedAndNotInTheLogYetIsComparedToo() {
    makeReady();
    buy(1, TUX);
    reserved(ReserveOutcome.HELD);
    ticks(60);
    purchases.unverified(call(FindHolds.class).id());
    purchases.fenced(
        call(Fence.class).id(), new Fenced(true, EPOCH, RUN + 1, Mark.NONE, List.of()));

    CatalogCall<Verify> verify = call(Verify.class);
    assertEquals(List.of(TUX), verify.question().orders());
    purchases.verified(verify.id(), 0);
    assertTrue(purchases.status().trouble().contains("does not know order 0:"), this::trouble);
    assertFalse(purchases.status().ready());
  }

  private String trouble() {
    return purchases.status().trouble();
  }
}
