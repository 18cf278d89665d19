package toystore.stock;

import java.util.Map;
import toystore.model.PurchaseRequest;
import toystore.model.ReserveOutcome;

/**
 * What the catalog decided on each purchase key, and what it decides on the next one. Stock that
 * was taken is remembered for ever, a refusal for {@link CatalogOptions.Remembering#refusalMs};
 * after that the same key is decided anew. Owned by {@link CatalogCore}.
 */
final class Decisions {
  private static final int NO_ROW = Integer.MIN_VALUE;
  private static final int REFUSAL_ROWS = 1 << 30;
  private static final long FORGETTING_PERIOD_MS = 1_000;

  private final CatalogOptions options;
  private final StockRoom toys;
  private final WriteDraft draft;
  private final WaitingReplies waits;
  // Invariant: no key is in both. Its refusal is forgotten in the write that takes its stock.
  private final Ledger ledger;
  private final Refusals refusals;
  private final RequestClock clock;

  private long reserved;
  private long refused;
  private long nextForgettingMs;

  Decisions(
      CatalogOptions options,
      CatalogState disk,
      StockRoom toys,
      WriteDraft draft,
      WaitingReplies waits,
      long nowMs) {
    this.options = options;
    this.toys = toys;
    this.draft = draft;
    this.waits = waits;
    ledger = new Ledger(options.hashSeed(), disk.older());
    refusals =
        new Refusals(options.remembering().refusalMs(), options.remembering().maxRefusals());
    long baseMs = disk.number(Meta.CLOCK);
    for (Refusal refusal : disk.refusals()) {
      refusals.restore(refusal);
      baseMs = Math.max(baseMs, refusal.atMs());
    }
    clock = new RequestClock(baseMs, nowMs, options.remembering().mostAgeMs());
    for (LedgerRow row : disk.ledger()) {
      ledger.add(row, toys.require(row.toy()).position, nowMs);
    }
    nextForgettingMs = nowMs + FORGETTING_PERIOD_MS;
  }

  /**
   * Decides on a purchase, or says again what was decided.
   *
   * @param seenMs a reading of the clock from before any front-end had seen it
   * @param reply waits until the decision may be known
   */
  ReserveOutcome decide(PurchaseRequest request, long seenMs, WaitingReply reply, long nowMs) {
    ToyStock toy = toys.find(request.name());
    Ledger.Decided decided = ledger.find(request, toy == null ? -1 : toy.position);
    // The ledger comes first: stock that was taken is told for ever, however old the request is.
    if (decided != null) {
      waits.untilKnown(decided.row(), reply);
      return decided.outcome();
    }
    Refusal before = refusals.find(request.key(), clock.at(nowMs));
    if (before != null) {
      return refuseAgain(before, request, reply, nowMs);
    }
    if (toy == null) {
      return ReserveOutcome.TOY_NOT_FOUND;
    }
    if (toy.neverHas(request.quantity(), options.restocking().stock())) {
      // No late copy of it can sell either, so there is nothing to remember.
      waits.untilKnown(NO_ROW, reply);
      refused++;
      return ReserveOutcome.OUT_OF_STOCK;
    }
    if (!clock.mayDecide(seenMs, nowMs)) {
      // It may be a copy of one that was refused, and forgotten.
      return ReserveOutcome.UNDECIDED;
    }
    return toy.has(request.quantity())
        ? hold(request, toy, reply, nowMs)
        : refuse(request, toy, reply, nowMs);
  }

  /**
   * Says again what was refused. Its time begins anew then, or a copy that is under way together
   * with this one might be decided as soon as this one is answered.
   */
  private ReserveOutcome refuseAgain(
      Refusal before, PurchaseRequest request, WaitingReply reply, long nowMs) {
    waits.untilKnown(rowOf(before), reply);
    if (!before.sameBody(request.name(), request.quantity())) {
      return ReserveOutcome.KEY_REUSED;
    }
    long mayLagMs = (options.remembering().refusalMs() - options.remembering().mostAgeMs()) / 3;
    if (clock.at(nowMs) - before.atMs() >= mayLagMs) {
      draft.forgotten(refusals.forget(request.key()), nowMs);
      Refusal renewed =
          refusals.add(request.key(), before.toy(), request.quantity(), clock.at(nowMs));
      draft.refused(renewed);
      // The decision is the old one: as long as nobody may know it, nobody may know it anew.
      waits.renewed(rowOf(before), rowOf(renewed));
      waits.untilDurable(draft.nextId(), reply);
    }
    return ReserveOutcome.OUT_OF_STOCK;
  }

  /** Whether stock was taken for this order. */
  boolean isTaken(PurchaseRequest order) {
    ToyStock toy = toys.find(order.name());
    Ledger.Decided decided = toy == null ? null : ledger.find(order, toy.position);
    return decided != null && decided.outcome() == ReserveOutcome.HELD;
  }

  private ReserveOutcome hold(
      PurchaseRequest request, ToyStock toy, WaitingReply reply, long nowMs) {
    if (ledger.bytes() >= options.bounds().ledgerBytes()) {
      return ReserveOutcome.FULL;
    }
    draft.forgotten(refusals.forget(request.key()), nowMs);
    LedgerRow held = new LedgerRow(request.key(), toy.name, request.quantity(), LedgerState.HELD);
    int row = ledger.add(held, toy.position, nowMs);
    draft.decided(row, held);
    wait(toys.take(toy, request.quantity(), row, nowMs), reply);
    reserved++;
    return ReserveOutcome.HELD;
  }

  private ReserveOutcome refuse(
      PurchaseRequest request, ToyStock toy, WaitingReply reply, long nowMs) {
    draft.forgotten(refusals.forgetOver(clock.at(nowMs)), nowMs);
    if (!refusals.hasRoom()) {
      // What could not be remembered is not said.
      return ReserveOutcome.FULL;
    }
    draft.forgotten(refusals.forget(request.key()), nowMs);
    Refusal refusal = refusals.add(request.key(), toy.name, request.quantity(), clock.at(nowMs));
    draft.refused(refusal);
    wait(toys.refuse(toy, rowOf(refusal)), reply);
    refused++;
    return ReserveOutcome.OUT_OF_STOCK;
  }

  private void wait(PendingDecision pending, WaitingReply reply) {
    waits.decided(pending.row(), pending);
    pending.join(reply);
  }

  /**
   * Among all rows that decisions wait under; the ledger's own are from 0. Invariant: no two
   * refusals that wait share one, because far fewer wait than there are such rows.
   */
  private static int rowOf(Refusal refusal) {
    return -2 - (int) (refusal.id() % REFUSAL_ROWS);
  }

  /** Turns this key's hold, if there is one, into a sale. */
  void settle(String key, long nowMs) {
    int row = ledger.settle(key, draft.nextId());
    if (row != Ledger.ABSENT) {
      draft.sold(row, nowMs);
    }
  }

  /** The rows below this number are to be sealed now, or {@link Ledger#ABSENT}. */
  int sealNext() {
    return ledger.sealNext(waits.durableId());
  }

  /** Now and then: forgets what counts no more, a little at a time. */
  void forgetOver(long nowMs) {
    if (nowMs < nextForgettingMs) {
      return;
    }
    nextForgettingMs = nowMs + FORGETTING_PERIOD_MS;
    draft.forgotten(refusals.forgetOver(clock.at(nowMs)), nowMs);
  }

  /** When {@link #forgetOver} may find something. */
  long nextForgettingMs() {
    return refusals.size() == 0 ? Long.MAX_VALUE : nextForgettingMs;
  }

  /**
   * A reading of the clock, to be told. It may be told once what the draft then carries is on disk.
   */
  long clockMs(long nowMs) {
    if (clock.needsNewLimit(nowMs)) {
      draft.meta(Meta.CLOCK, clock.newLimit(nowMs));
    }
    return clock.at(nowMs);
  }

  /** Holds by row, oldest first. */
  Map<Integer, Ledger.Hold> holds() {
    return ledger.holds();
  }

  int rows() {
    return ledger.size();
  }

  int refusals() {
    return refusals.size();
  }

  long bytes() {
    return ledger.bytes();
  }

  /** Decided since the start. */
  long reserved() {
    return reserved;
  }

  /** Refused since the start. */
  long refused() {
    return refused;
  }
}
