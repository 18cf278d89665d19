package toystore.stock;

import java.util.Map;
import toystore.model.PurchaseRequest;
import toystore.model.ReserveOutcome;

/**
 * What the catalog decided on each purchase key, and what it decides on the next one. Stock that
 * was taken is remembered for ever, a refusal for {@link CatalogOptions#refusalMs}; after that the
 * same key is decided anew. Owned by {@link CatalogCore}.
 */
final class Decisions {
  private static final int NO_ROW = Integer.MIN_VALUE;
  private static final int REFUSAL_ROWS = 1 << 30;
  private static final long FORGETTING_PERIOD_MS = 1_000;

  private final CatalogOptions options;
  private final StockRoom toys;
  private final WriteDraft draft;
  private final WaitingReplies waits;
  private final Ledger ledger;
  private final Refusals refusals;
  private final RequestClock clock;
  /** From an older version's ledger, where they stay; null once they count no more. */
  private Refusals oldRefusals;

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
    ledger = new Ledger(options.hashSeed());
    refusals = new Refusals(options.refusalMs(), options.maxRefusals());
    long baseMs = disk.number(Meta.CLOCK);
    for (Refusal refusal : disk.refusals()) {
      refusals.restore(refusal);
      baseMs = Math.max(baseMs, refusal.atMs());
    }
    clock = new RequestClock(baseMs, nowMs, options.mostAgeMs());
    boolean oldCount = disk.number(Meta.OLD_REFUSALS_OVER) == 0;
    oldRefusals = oldCount ? new Refusals(options.refusalMs(), options.maxRefusals()) : null;
    for (LedgerRow row : disk.ledger()) {
      restore(row, nowMs);
    }
    if (oldRefusals != null && oldRefusals.size() == 0) {
      oldRefusalsAreOver();
    }
    nextForgettingMs = nowMs + FORGETTING_PERIOD_MS;
  }

  private void restore(LedgerRow row, long nowMs) {
    if (row.state() != LedgerState.REJECTED) {
      ledger.add(row, toys.require(row.toy()).position, nowMs);
      return;
    }
    ledger.skip();
    // The newest of them: more than there may be would be the end of every start.
    if (oldRefusals != null) {
      oldRefusals.makeRoom();
      oldRefusals.add(row.key(), row.toy(), row.quantity(), clock.at(nowMs));
    }
  }

  private void oldRefusalsAreOver() {
    oldRefusals = null;
    draft.meta(Meta.OLD_REFUSALS_OVER, 1);
  }

  /**
   * Decides on a purchase, or says again what was decided.
   *
   * @param seenMs a reading of the clock from before any front-end had seen it
   * @param reply waits until the decision may be known
   */
  ReserveOutcome decide(PurchaseRequest request, long seenMs, WaitingReply reply, long nowMs) {
    ToyStock toy = toys.find(request.name());
    int row = ledger.find(request.key());
    if (row != Ledger.ABSENT) {
      waits.untilKnown(row, reply);
      return ledger.recall(row, toy == null ? -1 : toy.position, request.quantity());
    }
    Refusal before = refusal(request.key(), nowMs);
    if (before != null) {
      return refuseAgain(before, request, reply, nowMs);
    }
    if (toy == null) {
      return ReserveOutcome.TOY_NOT_FOUND;
    }
    if (toy.neverHas(request.quantity(), options.stock())) {
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
    long mayLagMs = (options.refusalMs() - options.mostAgeMs()) / 3;
    if (clock.at(nowMs) - before.atMs() >= mayLagMs) {
      draft.forgotten(refusals.forget(request.key()), nowMs);
      draft.refused(refusals.add(request.key(), before.toy(), request.quantity(), clock.at(nowMs)));
      waits.untilDurable(draft.nextId(), reply);
    }
    return ReserveOutcome.OUT_OF_STOCK;
  }

  /** Whether stock was taken for this order. */
  boolean isTaken(PurchaseRequest order) {
    ToyStock toy = toys.find(order.name());
    int row = ledger.find(order.key());
    return toy != null
        && row != Ledger.ABSENT
        && ledger.recall(row, toy.position, order.quantity()) == ReserveOutcome.HELD;
  }

  private Refusal refusal(String key, long nowMs) {
    Refusal found = refusals.find(key, clock.at(nowMs));
    return found != null || oldRefusals == null ? found : oldRefusals.find(key, clock.at(nowMs));
  }

  private ReserveOutcome hold(
      PurchaseRequest request, ToyStock toy, WaitingReply reply, long nowMs) {
    if (ledger.bytes() >= options.maxLedgerBytes()) {
      return ReserveOutcome.FULL;
    }
    draft.forgotten(refusals.forget(request.key()), nowMs);
    LedgerRow held = new LedgerRow(request.key(), toy.name, request.quantity(), LedgerState.HELD);
    int row = ledger.add(held, toy.position, nowMs);
    draft.decided(ledger.diskRow(row), held);
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
    waits.decided(pending.row, pending);
    pending.join(reply);
  }

  /** Among all rows that decisions wait under; the ledger's own are from 0. */
  private static int rowOf(Refusal refusal) {
    return -2 - (int) (refusal.id() % REFUSAL_ROWS);
  }

  /** Turns this key's hold, if there is one, into a sale. */
  void settle(String key, long nowMs) {
    int row = ledger.find(key);
    Ledger.Hold hold = row == Ledger.ABSENT ? null : ledger.settle(row);
    if (hold != null) {
      draft.sold(hold.diskRow(), nowMs);
    }
  }

  /** Now and then: forgets what counts no more, a little at a time. */
  void forgetOver(long nowMs) {
    if (nowMs < nextForgettingMs) {
      return;
    }
    nextForgettingMs = nowMs + FORGETTING_PERIOD_MS;
    draft.forgotten(refusals.forgetOver(clock.at(nowMs)), nowMs);
    if (oldRefusals != null && !oldRefusals.isYoung(clock.at(nowMs))) {
      oldRefusalsAreOver();
    }
  }

  /** When {@link #forgetOver} may find something. */
  long nextForgettingMs(long nowMs) {
    boolean none = refusals.size() == 0 && oldRefusals == null;
    return none ? Long.MAX_VALUE : nextForgettingMs;
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
    return refusals.size() + (oldRefusals == null ? 0 : oldRefusals.size());
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
