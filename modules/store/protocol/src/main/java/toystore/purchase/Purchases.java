package toystore.purchase;

import java.util.List;
import java.util.Optional;
import toystore.model.Epochs;
import toystore.model.Fenced;
import toystore.model.LogPosition;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.model.ReserveOutcome;
import toystore.model.StoreError;
import toystore.replication.Input;
import toystore.stock.CatalogMessages.Fence;
import toystore.stock.CatalogMessages.FindHolds;
import toystore.stock.CatalogMessages.Reserve;
import toystore.stock.CatalogMessages.Verify;

/**
 * The life of a purchase at the leader: reserve, log, roll forward. The catalog's record decides:
 * what it holds becomes an order, whoever leads by then, and nothing ever rolls a hold back. What
 * it has refused stays refused for a minute; after that the same key is decided anew.
 *
 * <p>Pure: inputs change the state, {@link #take} says what must then be done; taking once after
 * several inputs makes their batches larger. Owned by one thread. Followers own one too, idle.
 */
public final class Purchases {
  private static final String NOT_LEADER = "this replica does not lead";
  private static final String CATALOG_LOST = "the catalog is not available";
  private static final String MAJORITY_LOST = "no majority of the order replicas is available";

  private final PurchaseSettings settings;
  private final LogOrders orders;
  private final TakeOver takeOver;
  private final CallsInFlight catalog;
  private final Outage majority;
  private final UnderWay underWay = new UnderWay();
  private final Settlement settlement;
  private final PurchaseOutbox outbox = new PurchaseOutbox();
  private final RollForward rollForward;
  private final Office office;
  private long now;
  private long catalogClockMs;
  private int leftOver;

  /** @param life names the life of this process: no other life, of any replica, has the same */
  public Purchases(PurchaseSettings settings, long life, LogOrders orders) {
    this.settings = settings;
    this.orders = orders;
    this.takeOver = new TakeOver(settings, life, orders, underWay::held);
    this.catalog = new CallsInFlight(settings);
    this.majority = new Outage(settings.majorityGraceTicks());
    this.settlement = new Settlement(settings);
    this.rollForward = new RollForward(orders, underWay, settlement, outbox);
    this.office = new Office(settings, takeOver, rollForward, underWay, outbox);
  }

  /** A fixed span of time has passed. */
  public void tick() {
    now++;
    underWay.expire(now);
    if (majority.outlastsGrace(now)) {
      underWay.giveUpWaiting(stage -> true, MAJORITY_LOST);
    } else if (catalog.isLost(now)) {
      underWay.giveUpWaiting(stage -> stage != Purchase.PurchaseStage.HELD, CATALOG_LOST);
    }
  }

  /** Whether a majority answers this leader. */
  public void majority(boolean answers) {
    if (answers) {
      majority.end();
    } else if (office.isEstablished()) {
      majority.begin(now);
    }
  }

  /**
   * This replica may lead, and has appended nothing yet.
   *
   * @param last where its log ends
   */
  public void elected(long newEpoch, LogPosition last) {
    lostOffice();
    office.begin(newEpoch, last);
  }

  /** This replica leads, and its log is the truth: what was committed before is applied here. */
  public void established(long newEpoch) {
    office.establish(newEpoch, now);
    becomeReadyWhenLevel();
  }

  /** This replica does not lead any more; what waits is the next leader's. */
  public void lostOffice() {
    office.end();
    underWay.clear(StoreError.NOT_LEADER, NOT_LEADER);
    catalog.reset();
    majority.end();
    settlement.clear();
    outbox.dropProposals();
    leftOver = 0;
  }

  /** Another replica leads: what was wrong here is that one's to say. */
  public void follows() {
    takeOver.forgetTrouble();
  }

  /** A reading of the catalog's clock has come, by whatever answer. */
  public void catalogClock(long readingMs) {
    catalogClockMs = Math.max(catalogClockMs, readingMs);
  }

  /** The latest reading of the catalog's clock, 0 for none. */
  public long catalogClock() {
    return catalogClockMs;
  }

  /**
   * Somebody wants this.
   *
   * @param caller has its answer in {@link PurchaseEffects#answers}, exactly once
   * @param seenMs a reading of the catalog's clock, of before any front-end saw it
   */
  public void buy(Caller caller, PurchaseRequest request, long seenMs) {
    Optional<Order> order = office.isEstablished() ? orders.byKey(request.key()) : Optional.empty();
    Purchase known = underWay.find(request.key());
    if (order.isPresent()) {
      underWay.answerFrom(order.get(), caller, request);
    } else if (known != null && !known.request().sameBody(request)) {
      underWay.refuse(caller, StoreError.KEY_REUSED, UnderWay.KEY_REUSED);
    } else if (!refusedForNow(caller, known)) {
      Purchase joined = known == null ? underWay.addQueued(request) : known;
      joined.seen(seenMs);
      underWay.join(joined, caller, now + settings.deadlineTicks());
    }
  }

  private boolean refusedForNow(Caller caller, Purchase known) {
    boolean decided = known != null && known.stage() == Purchase.PurchaseStage.HELD;
    if (office.isHeld() && !decided && catalog.isLost(now)) {
      underWay.refuse(caller, StoreError.UNAVAILABLE, CATALOG_LOST);
    } else if (office.isDoubted()) {
      underWay.refuse(caller, StoreError.UNAVAILABLE, takeOver.trouble());
    } else if (!office.isReady()) {
      underWay.refuse(caller, StoreError.NOT_LEADER, NOT_LEADER);
    } else if (majority.outlastsGrace(now)) {
      underWay.refuse(caller, StoreError.UNAVAILABLE, MAJORITY_LOST);
    } else if (underWay.isFull() || known == null && underWay.size() >= settings.maxUnderWay()) {
      underWay.refuse(caller, StoreError.UNAVAILABLE, "too many purchases are under way");
    } else {
      return false;
    }
    return true;
  }

  /** The log has made this purchase an order: the only place from which success is answered. */
  public void applied(PurchaseRequest request, long number) {
    if (!office.isHeld()) {
      return;
    }
    rollForward.ordered(request, number, now);
    becomeReadyWhenLevel();
  }

  /** The catalog has decided, in the order of the call's requests. */
  public void reserved(long call, List<ReserveOutcome> outcomes) {
    CatalogCall<?> ended = answered(call);
    if (ended == null) {
      return;
    }
    Reserve reserve = (Reserve) ended.question();
    List<PurchaseRequest> requests = reserve.requests();
    if (!takeOver.isOfThisRun(reserve.claim())) {
      // An earlier run of the catalog decided this: the file of this run may know nothing of it.
      requeue(ended);
      return;
    }
    if (outcomes.size() != requests.size()) {
      throw new IllegalStateException(
          outcomes.size() + " outcomes for " + requests.size() + " reservations");
    }
    for (int i = 0; i < outcomes.size(); i++) {
      PurchaseRequest request = requests.get(i);
      if (outcomes.get(i) == ReserveOutcome.HELD) {
        rollForward.held(request, now);
      } else {
        underWay.refuse(request.key(), outcomes.get(i));
      }
    }
  }

  /**
   * This process has just started: the catalog must say which epoch it obeys. To be called again
   * and again until {@link Input.FenceKnown} is told; it asks no more than once at a time.
   */
  public void askForFence() {
    catalog.askForFence(now);
  }

  /** The catalog's answer to a fence. */
  public void fenced(long call, Fenced answer) {
    CatalogCall<?> ended = answered(call);
    if (ended == null) {
      return;
    }
    if (((Fence) ended.question()).epoch() == Epochs.LEAST) {
      outbox.tell(new Input.FenceKnown(answer.accepted() ? Epochs.NONE : answer.fence()));
    } else {
      goOn(takeOver.fenced(answer));
    }
  }

  /**
   * The catalog's answer to the question whether it knows orders.
   *
   * @param known how many of them, up to the first that it does not know
   */
  public void verified(long call, int known) {
    CatalogCall<?> ended = answered(call);
    if (ended != null) {
      goOn(takeOver.verified((Verify) ended.question(), known));
    }
  }

  private void goOn(TakeOver.TakeOverStep step) {
    switch (step) {
      case ASKING -> {}
      case OUTDATED -> {
        outbox.note(office.epochText() + " fenced=self by=" + Epochs.text(takeOver.fence()));
        lostOffice();
        outbox.tell(new Input.Outdated(takeOver.fence()));
      }
      case DOUBTED -> office.doubted(now);
      case AGREED -> {
        office.agreed(now);
        becomeReadyWhenLevel();
      }
    }
  }

  /** The catalog's answer to a look for holds. */
  public void holds(long call, List<PurchaseRequest> holds) {
    CatalogCall<?> ended = answered(call);
    if (ended != null && takeOver.isOfThisRun(((FindHolds) ended.question()).claim())) {
      leftOver = holds.size();
      holds.forEach(hold -> rollForward.held(hold, now));
    }
  }

  private void becomeReadyWhenLevel() {
    if (office.becomesReady()) {
      // Without a reading of the catalog's clock nothing can be bought: a sweep brings one.
      catalog.sweepAt(catalogClockMs == 0 ? now : now + settings.sweepTicks());
    }
  }

  /** A settle or a probe was answered. */
  public void done(long call) {
    answered(call);
  }

  private CatalogCall<?> answered(long call) {
    CatalogCall<?> ended = catalog.end(call);
    if (ended != null && catalog.answered()) {
      outbox.note("catalog=reachable");
    }
    return ended;
  }

  /** The catalog obeys a later leader. */
  public void fencedOff(long call) {
    if (answered(call) != null) {
      outbox.note(office.epochText() + " fenced=self");
      outbox.resign();
      lostOffice();
    }
  }

  /** This run of the catalog has not been asked yet whether its record agrees. */
  public void unverified(long call) {
    requeue(answered(call));
    office.unverified();
  }

  /**
   * The call has no answer; it may have been carried out all the same, or may yet be.
   *
   * @param silent nobody refused it, and no connection broke: the catalog may be slow
   * @param cause in words, for the log
   */
  public void failed(long call, boolean silent, String cause) {
    CatalogCall<?> ended = catalog.end(call);
    if (ended == null) {
      return;
    }
    if (catalog.failed(now, silent)) {
      outbox.note((silent ? "catalog=silent" : "catalog=unreachable") + " cause=" + cause);
    }
    requeue(ended);
  }

  private void requeue(CatalogCall<?> ended) {
    if (ended != null && ended.question() instanceof Reserve reserve) {
      underWay.requeue(reserve.requests());
    }
  }

  /** What is to be done since this was last asked. */
  public PurchaseEffects take() {
    if (office.isHeld()) {
      callCatalog();
    }
    return outbox.take(catalog, underWay);
  }

  private void callCatalog() {
    catalog.probeIfDue(now);
    if (!catalog.maySend(now)) {
      return;
    }
    office.askOn(catalog, now);
    if (office.maySell()) {
      catalog.reserve(underWay, office.claim(), now);
      catalog.settle(settlement, office.claim(), now);
      catalog.sweep(office.claim(), now);
    }
  }

  public PurchaseStatus status() {
    return new PurchaseStatus(
        office.isReady(),
        catalog.isReachable(),
        majority.outlastsGrace(now),
        underWay.size(),
        settlement.size(),
        leftOver,
        takeOver.trouble());
  }

  /**
   * A leader's purchases, seen from outside.
   *
   * @param ready leads, has shut out older leaders and rolled their holds forward: takes purchases
   * @param catalogReachable the last call of the catalog was answered, as far as there was one
   * @param majorityLost no majority has answered for longer than the grace
   * @param underWay purchases without an outcome yet
   * @param toSettle orders that the catalog is still to be told of
   * @param leftOver holds that the last sweep found
   * @param trouble why this replica must not lead, in words for people, or null
   */
  public record PurchaseStatus(
      boolean ready,
      boolean catalogReachable,
      boolean majorityLost,
      int underWay,
      int toSettle,
      int leftOver,
      String trouble) {}
}
