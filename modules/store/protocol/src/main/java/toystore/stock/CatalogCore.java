package toystore.stock;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import toystore.model.Claim;
import toystore.model.PurchaseRequest;
import toystore.model.ReserveOutcome;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.stock.CatalogMessages.Done;
import toystore.stock.CatalogMessages.Holds;
import toystore.stock.CatalogMessages.ReserveOutcomes;
import toystore.stock.CatalogMessages.Toys;
import toystore.stock.FrontEndMessages.ToyChange;
import toystore.stock.Sessions.Session;

/**
 * Decides all the catalog decides: who gets stock, and when a change may be known. Pure: time comes
 * in as {@code nowMs} of one monotonic clock, and what must be done comes back as effects, to be
 * carried out in step order.
 *
 * <p>A change is decided at once on the newest stock. It becomes visible, and is acknowledged, when
 * it is durable and no session may hold an older copy of the toy: each has acknowledged the
 * invalidation or is over. So nobody reads an older state than one he was told of.
 */
public final class CatalogCore {
  /**
   * Writes under way from which no request is taken that needs another one. The disk's queue takes
   * more: what the core writes of its own accord, a row a second at most, needs room too.
   */
  static final int MAX_WRITES = 100_000;

  /** A question to the core. Its answer carries the token, when it may leave. */
  @FunctionalInterface
  public interface Question {
    CatalogEffects step(long token, long nowMs);
  }

  private final CatalogOptions options;
  final StockRoom toys;
  private final Decisions decisions;
  private final Sessions sessions;
  private final WriteDraft draft = new WriteDraft();
  private final WaitingReplies waits;
  // Invariant: no session of an earlier run serves a copy after this moment. Until then no change
  // is acknowledged and no reader answered: nobody knows who has copies.
  private final long graceEndMs;
  private final Witness witness;
  private long nextRestockMs;
  // Invariant: it never goes back within a run. Leases are compared with it.
  private long nowMs;
  private long restocks;
  // Invariant: of the step that is under way only; each step begins with empty effects.
  private CatalogEffects effects = new CatalogEffects();

  /**
   * Starts from what the disk holds; the first step carries new toys and prices.
   *
   * @param offered all toys on offer, in catalog order
   */
  public CatalogCore(
      CatalogOptions options, CatalogState disk, List<PricedToy> offered, long nowMs) {
    this.options = options;
    this.nowMs = nowMs;
    toys = new StockRoom(
        Assortment.open(disk.toys(), offered, options.restocking().stock(), draft::toy),
        draft,
        options.leases().repushMs(),
        push -> effects.push(push));
    witness = new Witness(options.incarnation(), disk, draft);
    sessions = new Sessions(options.leases().sessionMs(), disk.number(Meta.LAST_SESSION));
    nextRestockMs = nowMs + options.restocking().periodMs();
    // Sessions of the last run are forgotten, but may serve copies until their leases end.
    long oldLeaseMs = disk.number(Meta.LEASE_MS);
    graceEndMs = nowMs + oldLeaseMs;
    waits = new WaitingReplies(oldLeaseMs > 0, reply -> effects.reply(reply.token, reply.answer));
    decisions = new Decisions(options, disk, toys, draft, waits, nowMs);
    // Invariant: LEASE_MS on disk covers every session granted. It rises before the first longer
    // one is granted, and falls only when the grace is over and the old ones are.
    if (options.leases().sessionMs() > oldLeaseMs) {
      draft.meta(Meta.LEASE_MS, options.leases().sessionMs());
    }
  }

  /** Opens a session for a front-end whose cache is empty. Answered by its lease. */
  public CatalogEffects hello(long token, int frontEnd, String address, long nowMs) {
    begin(nowMs);
    if (sessions.size() >= options.bounds().sessions() || isFull(0)) {
      return refuseFull(token);
    }
    Session session = sessions.open(frontEnd, address, nowMs);
    // The id is durable before the front-end learns it: no later run gives it out again.
    draft.meta(Meta.LAST_SESSION, session.id);
    effects.fact("session=" + session.id + " frontEnd=" + frontEnd + " became=OPEN");
    WaitingReply reply = new WaitingReply(
        token, new CatalogMessages.Lease(session.id, options.leases().leaseMs()));
    waits.untilDurable(draft.nextId(), reply);
    return finish();
  }

  /** Extends a session. Answered by its lease, or refused when it is over. */
  public CatalogEffects renew(long token, long session, long nowMs) {
    begin(nowMs);
    if (!sessions.renew(session, nowMs)) {
      return refuse(
          token, new StoreException(StoreError.SESSION_EXPIRED, "session " + session + " is over"));
    }
    effects.reply(token, new CatalogMessages.Lease(session, options.leases().leaseMs()));
    return finish();
  }

  /** What readers may see of these toys. A session that is over reads like none. */
  public CatalogEffects read(long token, long session, List<String> names, long nowMs) {
    begin(nowMs);
    if (waits.size() >= options.bounds().waiting()) {
      return refuseFull(token);
    }
    waits.onceOutOfGrace(
        () -> effects.reply(token, new Toys(toys.views(sessions.find(session), names))));
    return finish();
  }

  /** What readers may see of all toys, in catalog order; not cacheable. */
  public CatalogEffects readAll(long token, long nowMs) {
    return read(token, Sessions.NONE, toys.names(), nowMs);
  }

  /**
   * Takes stock for each purchase whose key has no decision yet; repeats the decision on others.
   * Answered when all decisions may be known; refused as FENCED below the fence, as UNVERIFIED to
   * who has not compared his orders with this run.
   *
   * @param seenMs for each purchase a reading of this catalog's clock from when no front-end had
   *     seen it yet
   */
  public CatalogEffects reserve(
      long token, Claim claim, List<PurchaseRequest> requests, List<Long> seenMs, long nowMs) {
    begin(nowMs);
    StoreException objection = witness.objection(claim);
    if (objection != null) {
      return refuse(token, objection);
    }
    witness.note(claim.mark(), nowMs);
    if (isFull(waits.size())) {
      return refuseFull(token);
    }
    List<ReserveOutcome> outcomes = new ArrayList<>(requests.size());
    WaitingReply reply = new WaitingReply(token, new ReserveOutcomes(outcomes));
    reply.waitForOneMore(); // For its own outcomes.
    for (int i = 0; i < requests.size(); i++) {
      outcomes.add(decisions.decide(requests.get(i), seenMs.get(i), reply, nowMs));
    }
    waits.happened(reply);
    return finish();
  }

  /** Turns holds into sales, in no hurry. Answered by Done when they are durable. */
  public CatalogEffects settle(long token, Claim claim, List<String> keys, long nowMs) {
    begin(nowMs);
    StoreException objection = witness.objection(claim);
    if (objection != null && objection.error() == StoreError.UNVERIFIED) {
      return refuse(token, objection);
    }
    if (isFull(waits.forTheDisk())) {
      return refuseFull(token);
    }
    if (objection == null) {
      // What an older leader has sold is sold; but it may not know what a later one has.
      witness.note(claim.mark(), nowMs);
    }
    keys.forEach(key -> decisions.settle(key, nowMs));
    WaitingReply reply = new WaitingReply(token, new Done());
    waits.untilDurable(draft.latestId(), reply);
    return finish();
  }

  /**
   * Obeys this office alone from now on, and later epochs. Answered by Fenced, with all holds, when
   * that is durable.
   */
  public CatalogEffects fence(long token, long epoch, long office, long nowMs) {
    begin(nowMs);
    if (!witness.mayFence(epoch, office)) {
      effects.reply(token, witness.answer(false, List.of()));
      return finish();
    }
    if (isFull(0)) {
      return refuseFull(token);
    }
    long writeId = draft.takenId();
    if (witness.fence(epoch, office)) {
      writeId = draft.nextId();
      effects.fact(
          "fence=" + epoch + " became=RAISED holds=" + decisions.holds().size());
    }
    answerHolds(token, 0, writeId, holds -> witness.answer(true, holds));
    return finish();
  }

  /** Answered by how many of these orders have stock taken here, up to the first that has not. */
  public CatalogEffects verify(long token, Claim claim, List<PurchaseRequest> orders, long nowMs) {
    begin(nowMs);
    StoreException objection = witness.objection(claim);
    if (objection != null) {
      return refuse(token, objection);
    }
    int known = 0;
    while (known < orders.size() && decisions.isTaken(orders.get(known))) {
      known++;
    }
    effects.reply(token, new CatalogMessages.Verified(known));
    return finish();
  }

  /** Answered by the Holds that are at least so old. */
  public CatalogEffects holds(long token, Claim claim, long olderThanMs, long nowMs) {
    begin(nowMs);
    StoreException objection = witness.objection(claim);
    if (objection != null) {
      return refuse(token, objection);
    }
    witness.note(claim.mark(), nowMs);
    long clockMs = decisions.clockMs(nowMs);
    // What the reading of the clock needs on disk is in the draft by now.
    answerHolds(token, olderThanMs, draft.urgentId(), holds -> new Holds(holds, clockMs));
    return finish();
  }

  /** A session has dropped its copies of these toys, and takes none older any more. */
  public CatalogEffects acknowledged(long session, List<ToyChange> dropped, long nowMs) {
    begin(nowMs);
    for (ToyChange change : dropped) {
      toys.acknowledge(session, change.name(), change.version());
    }
    return finish();
  }

  /** All writes up to this one are on disk. */
  public CatalogEffects durable(long writeId, long nowMs) {
    begin(nowMs);
    waits.durable(writeId);
    return finish();
  }

  /** Time has passed. */
  public CatalogEffects tick(long nowMs) {
    begin(nowMs);
    if (nowMs >= nextRestockMs) {
      nextRestockMs = nowMs + options.restocking().periodMs();
      for (ToyStock toy : toys.restock(options.restocking().stock(), nowMs)) {
        restocks++;
        effects.fact("toy=" + toy.name + " became=RESTOCKED version=" + toy.newestVersion());
      }
    }
    decisions.forgetOver(nowMs);
    toys.tellAgain(nowMs);
    return finish();
  }

  /** When the next {@link #tick} is due. */
  public long nextTickMs() {
    long next = Math.min(nextRestockMs, sessions.firstEndMs());
    next = Math.min(next, draft.dueMs(options.settleDelayMs()));
    next = Math.min(next, decisions.nextForgettingMs());
    next = Math.min(next, waits.inGrace() ? graceEndMs : Long.MAX_VALUE);
    return Math.min(next, toys.nextTellingMs());
  }

  public CatalogFigures figures() {
    return new CatalogFigures(
        toys.size(),
        sessions.size(),
        witness.fence(),
        toys.pendingChanges(),
        decisions.holds().size(),
        decisions.rows(),
        decisions.bytes(),
        decisions.refusals(),
        decisions.reserved(),
        decisions.refused(),
        restocks,
        nextRestockMs,
        toys.pushes(),
        waits.inGrace());
  }

  /** What a console shows: at most so many toys, and so many holds. */
  public CatalogGlance glance(int most, long clockMs) {
    return CatalogGlance.of(figures(), toys, decisions.holds().values(), most, clockMs);
  }

  private void begin(long nowMs) {
    this.nowMs = nowMs;
    effects = new CatalogEffects();
    for (Session session : sessions.closeOver(nowMs)) {
      toys.forget(session);
      effects.over(session.id);
      effects.fact("session=" + session.id + " frontEnd=" + session.frontEnd + " became=OVER");
    }
    if (waits.inGrace() && nowMs >= graceEndMs) {
      draft.meta(Meta.LEASE_MS, options.leases().sessionMs());
      effects.fact("grace=OVER waiting=" + waits.size());
      waits.graceOver();
    }
  }

  private CatalogEffects finish() {
    // Nothing becomes known in the grace: sessions that nobody knows may still serve copies.
    if (!waits.inGrace()) {
      toys.release(waits.durableId(), waits::known);
    }
    if (draft.dueMs(options.settleDelayMs()) <= nowMs) {
      effects.write(draft.take());
    }
    effects.seal(decisions.sealNext());
    return effects;
  }

  /**
   * An order made of a hold is acknowledged by its leader, not here. So a hold is told only when
   * its change may be known.
   */
  private void answerHolds(
      long token, long olderThanMs, long writeId, Function<List<PurchaseRequest>, Object> answer) {
    Map<Integer, Ledger.Hold> old = new LinkedHashMap<>(decisions.holds());
    old.values().removeIf(hold -> nowMs - hold.sinceMs() < olderThanMs);
    List<PurchaseRequest> all = old.values().stream().map(Ledger.Hold::purchase).toList();
    WaitingReply reply = new WaitingReply(token, answer.apply(all));
    reply.waitForOneMore();
    old.keySet().forEach(row -> waits.untilKnown(row, reply));
    waits.untilDurable(writeId, reply);
    waits.happened(reply);
  }

  /** Before anything is decided: what was decided could not be refused any more. */
  private boolean isFull(int waiting) {
    return waiting >= options.bounds().waiting()
        || draft.takenId() - waits.durableId() >= MAX_WRITES;
  }

  private CatalogEffects refuseFull(long token) {
    return refuse(token, new StoreException(StoreError.UNAVAILABLE, "too many requests wait"));
  }

  private CatalogEffects refuse(long token, StoreException refusal) {
    effects.refuse(token, refusal);
    return finish();
  }
}
