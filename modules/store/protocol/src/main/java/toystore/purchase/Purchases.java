package toystore.purchase;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import toystore.model.Epochs;
import toystore.model.Fenced;
import toystore.model.LogPosition;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.model.ReserveOutcome;
import toystore.model.StoreError;
import toystore.replication.Input;

/**
 * The life of a purchase at the leader: reserve, log, roll forward. The catalog's record decides:
 * what it holds becomes an order, whoever leads by then, and nothing ever rolls a hold back. What
 * it has refused never becomes one.
 *
 * <p>Pure: inputs change the state, {@link #take} says what must then be done; taking once after
 * several inputs makes their batches larger. Owned by one thread. Followers own one too, idle.
 */
public final class Purchases {
  static final String KEY_REUSED = "this key belongs to another purchase";

  private static final String NOT_LEADER = "this replica does not lead";
  private static final String CATALOG_LOST = "the catalog is not available";
  private static final String MAJORITY_LOST = "no majority of the order replicas is available";

  private enum Phase {
    /** Another replica leads, or none. */
    IDLE,
    /** Leads, or is about to; asks the catalog to obey it, and whether their records agree. */
    TAKING_OVER,
    /** They do not agree: it waits until that changes. */
    DOUBTED,
    /** The catalog agrees; what was committed before is being committed here. */
    CONFIRMING,
    /** Leads; holds of older leaders are on their way into the log. */
    ROLLING_FORWARD,
    READY
  }

  private final PurchaseSettings settings;
  private final LogOrders orders;
  private final TakeOver takeOver;
  private final CallsInFlight catalog;
  private final Outage majority;
  private final UnderWay underWay = new UnderWay();
  private final Settlement settlement;
  private final Set<String> rollingForward = new LinkedHashSet<>();
  private final PurchaseOutbox outbox = new PurchaseOutbox();
  private Phase phase = Phase.IDLE;
  private long epoch = Epochs.NONE;
  private long now;
  private long nextSweep;
  private long nextAttempt;
  private long catalogClockMs;
  private int leftOver;
  /** Its log is the truth: what was committed before is applied here. */
  private boolean established;
  /** Takes purchases; also while it asks a catalog that has restarted. */
  private boolean ready;

  /** @param office names the life of this process: no other life, of any replica, has the same */
  public Purchases(PurchaseSettings settings, long office, LogOrders orders) {
    this.settings = settings;
    this.orders = orders;
    this.takeOver = new TakeOver(settings, office, orders);
    this.catalog = new CallsInFlight(settings);
    this.majority = new Outage(settings.majorityGraceTicks());
    this.settlement = new Settlement(settings);
  }

  /** A fixed span of time has passed. */
  public void tick() {
    now++;
    underWay.expire(now);
    if (majority.outlastsGrace(now)) {
      underWay.giveUpWaiting(stage -> true, MAJORITY_LOST);
    } else if (catalog.isLost(now)) {
      underWay.giveUpWaiting(stage -> stage != Purchase.Stage.HELD, CATALOG_LOST);
    }
  }

  /** Whether a majority answers this leader. */
  public void majority(boolean answers) {
    if (answers) {
      majority.end();
    } else if (established) {
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
    epoch = newEpoch;
    phase = Phase.TAKING_OVER;
    takeOver.begin(newEpoch, last);
  }

  /** This replica leads, and its log is the truth: what was committed before is applied here. */
  public void established(long newEpoch) {
    if (phase != Phase.IDLE && epoch == newEpoch) {
      established = true;
      if (phase == Phase.CONFIRMING) {
        rollHoldsForward();
      }
    }
  }

  /** This replica does not lead any more; what waits is the next leader's. */
  public void lostOffice() {
    phase = Phase.IDLE;
    established = false;
    ready = false;
    underWay.clear(StoreError.NOT_LEADER, NOT_LEADER);
    catalog.reset();
    majority.end();
    settlement.clear();
    rollingForward.clear();
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

  /** Somebody wants this, and nobody saw it before; the answer names the token. */
  public void buy(long token, PurchaseRequest request) {
    buy(token, request, catalogClockMs);
  }

  /**
   * Somebody wants this; the answer names the token.
   *
   * @param seenMs a reading of the catalog's clock, of before any front-end saw it
   */
  public void buy(long token, PurchaseRequest request, long seenMs) {
    Optional<Order> order = established ? orders.byKey(request.key()) : Optional.empty();
    Purchase known = underWay.find(request.key());
    if (order.isPresent()) {
      underWay.answerFrom(order.get(), token, request);
    } else if (known != null && !known.request().sameBody(request)) {
      underWay.refuse(token, StoreError.KEY_REUSED, KEY_REUSED);
    } else if (!refusedForNow(token, known)) {
      Purchase joined = known == null ? underWay.addQueued(request) : known;
      joined.seen(seenMs);
      underWay.join(joined, token, now + settings.deadlineTicks());
    }
  }

  private boolean refusedForNow(long token, Purchase known) {
    boolean decided = known != null && known.stage() == Purchase.Stage.HELD;
    if (phase != Phase.IDLE && !decided && catalog.isLost(now)) {
      underWay.refuse(token, StoreError.UNAVAILABLE, CATALOG_LOST);
    } else if (phase == Phase.DOUBTED) {
      underWay.refuse(token, StoreError.UNAVAILABLE, takeOver.trouble());
    } else if (!ready) {
      underWay.refuse(token, StoreError.NOT_LEADER, NOT_LEADER);
    } else if (majority.outlastsGrace(now)) {
      underWay.refuse(token, StoreError.UNAVAILABLE, MAJORITY_LOST);
    } else if (underWay.isFull() || known == null && underWay.size() >= settings.maxUnderWay()) {
      underWay.refuse(token, StoreError.UNAVAILABLE, "too many purchases are under way");
    } else {
      return false;
    }
    return true;
  }

  /** The log has made this purchase an order: the only place from which success is answered. */
  public void applied(PurchaseRequest request, long number) {
    if (phase == Phase.IDLE) {
      return;
    }
    underWay.ordered(request, number);
    settlement.add(request.key(), now);
    rollingForward.remove(request.key());
    becomeReadyWhenLevel();
  }

  /** The catalog has decided, in the order of the call's requests. */
  public void reserved(long call, List<ReserveOutcome> outcomes) {
    CatalogCall ended = answered(call);
    if (ended == null) {
      return;
    }
    List<PurchaseRequest> requests = ((CatalogCall.Reserve) ended).requests();
    if (outcomes.size() != requests.size()) {
      throw new IllegalStateException(
          outcomes.size() + " outcomes for " + requests.size() + " reservations");
    }
    for (int i = 0; i < outcomes.size(); i++) {
      decided(requests.get(i), outcomes.get(i));
    }
  }

  private void decided(PurchaseRequest request, ReserveOutcome outcome) {
    switch (outcome) {
      case HELD -> rollForward(request);
      case OUT_OF_STOCK ->
        underWay.refuse(request.key(), StoreError.OUT_OF_STOCK, "not enough in stock");
      case TOY_NOT_FOUND ->
        underWay.refuse(request.key(), StoreError.TOY_NOT_FOUND, "no toy has this name");
      case KEY_REUSED -> underWay.refuse(request.key(), StoreError.KEY_REUSED, KEY_REUSED);
      case UNDECIDED ->
        underWay.refuse(request.key(), StoreError.UNAVAILABLE, "the catalog did not decide");
      case FULL ->
        underWay.refuse(request.key(), StoreError.FULL, "the catalog has no room for it");
    }
  }

  /** What is held becomes an order: by being settled where it is one, else by being proposed. */
  private boolean rollForward(PurchaseRequest request) {
    Optional<Order> order = orders.byKey(request.key());
    if (order.isPresent()) {
      underWay.ordered(request, order.get().number());
      settlement.add(request.key(), now);
      return false;
    }
    if (underWay.addHeld(request)) {
      outbox.propose(request);
    }
    return true;
  }

  /** The catalog's answer to a fence. */
  public void fenced(long call, Fenced answer) {
    if (answered(call) != null) {
      goOn(takeOver.fenced(answer));
    }
  }

  /**
   * The catalog's answer to the question whether it knows orders.
   *
   * @param known how many of them, up to the first that it does not know
   */
  public void verified(long call, int known) {
    CatalogCall ended = answered(call);
    if (ended != null) {
      goOn(takeOver.verified((CatalogCall.Verify) ended, known));
    }
  }

  private void goOn(TakeOver.Step step) {
    switch (step) {
      case ASKING -> {}
      case OUTDATED -> {
        outbox.note(
            "epoch=" + Epochs.text(epoch) + " fenced=self by=" + Epochs.text(takeOver.fence()));
        lostOffice();
        outbox.tell(new Input.Outdated(takeOver.fence()));
      }
      case DOUBTED -> doubted();
      case AGREED -> {
        outbox.note("epoch=" + Epochs.text(epoch) + " fenced=catalog holds="
            + takeOver.holds().size());
        if (established) {
          rollHoldsForward();
        } else {
          phase = Phase.CONFIRMING;
          outbox.tell(new Input.Verified(epoch, takeOver.last()));
        }
      }
    }
  }

  private void doubted() {
    if (phase != Phase.DOUBTED) {
      outbox.note(
          "epoch=" + Epochs.text(epoch) + " refuses=true because=\"" + takeOver.trouble() + "\"");
    }
    phase = Phase.DOUBTED;
    ready = false;
    nextAttempt = now + settings.sweepTicks();
    underWay.giveUpWaiting(stage -> stage != Purchase.Stage.HELD, takeOver.trouble());
    if (!established) {
      outbox.tell(new Input.Doubted(epoch));
    }
  }

  private void rollHoldsForward() {
    phase = Phase.ROLLING_FORWARD;
    for (PurchaseRequest hold : takeOver.holds()) {
      if (rollForward(hold)) {
        rollingForward.add(hold.key());
      }
    }
    becomeReadyWhenLevel();
  }

  /** The catalog's answer to a look for holds. */
  public void holds(long call, List<PurchaseRequest> holds) {
    if (answered(call) != null) {
      leftOver = holds.size();
      holds.forEach(this::rollForward);
    }
  }

  private void becomeReadyWhenLevel() {
    if (phase == Phase.ROLLING_FORWARD && rollingForward.isEmpty()) {
      phase = Phase.READY;
      ready = true;
      // Without a reading of the catalog's clock nothing can be bought: a sweep brings one.
      nextSweep = catalogClockMs == 0 ? now : now + settings.sweepTicks();
    }
  }

  /** A settle or a probe was answered. */
  public void done(long call) {
    answered(call);
  }

  private CatalogCall answered(long call) {
    CatalogCall ended = catalog.end(call);
    if (ended != null && catalog.answered()) {
      outbox.note("catalog=reachable");
    }
    return ended;
  }

  /** The catalog obeys a later leader. */
  public void fencedOff(long call) {
    if (answered(call) != null) {
      outbox.note("epoch=" + Epochs.text(epoch) + " fenced=self");
      outbox.resign();
      lostOffice();
    }
  }

  /** This run of the catalog has not been asked yet whether its record agrees. */
  public void unverified(long call) {
    requeue(answered(call));
    if (phase == Phase.READY || phase == Phase.ROLLING_FORWARD) {
      phase = Phase.TAKING_OVER;
    }
    if (phase == Phase.TAKING_OVER || phase == Phase.DOUBTED) {
      takeOver.again();
    }
  }

  /** The call was refused, or its connection broke: it may have been carried out all the same. */
  public void unreachable(long call) {
    failed(call, false);
  }

  /** The call has no answer in time: the catalog may be slow, and may yet carry it out. */
  public void silent(long call) {
    failed(call, true);
  }

  private void failed(long call, boolean silent) {
    CatalogCall ended = catalog.end(call);
    if (ended == null) {
      return;
    }
    if (catalog.failed(now, silent)) {
      outbox.note(silent ? "catalog=silent" : "catalog=unreachable");
    }
    requeue(ended);
  }

  private void requeue(CatalogCall ended) {
    if (ended instanceof CatalogCall.Reserve) {
      underWay.requeue(((CatalogCall.Reserve) ended).requests());
    }
  }

  /** What is to be done since this was last asked. */
  public PurchaseEffects take() {
    if (phase != Phase.IDLE) {
      callCatalog();
    }
    return outbox.take(catalog, underWay);
  }

  private void callCatalog() {
    catalog.probeIfDue(now);
    if (!catalog.maySend(now)) {
      return;
    }
    if (phase == Phase.DOUBTED && now >= nextAttempt) {
      // Somebody may have put the right file back.
      takeOver.again();
      nextAttempt = now + settings.sweepTicks();
    }
    if (phase == Phase.TAKING_OVER || phase == Phase.DOUBTED) {
      takeOver.askOn(catalog, now);
    } else if (phase == Phase.READY) {
      catalog.reserve(underWay, takeOver.claim(), now);
      settle();
      sweep();
    }
  }

  private void settle() {
    if (settlement.isDue(now) && catalog.inFlight(CatalogCall.Settle.class) == 0) {
      catalog.send(
          new CatalogCall.Settle(catalog.nextId(), takeOver.claim(), settlement.takeBatch()), now);
    }
  }

  private void sweep() {
    if (now >= nextSweep && catalog.inFlight(CatalogCall.Holds.class) == 0) {
      nextSweep = now + settings.sweepTicks();
      catalog.send(
          new CatalogCall.Holds(catalog.nextId(), takeOver.claim(), settings.sweepAgeMs()), now);
    }
  }

  public Status status() {
    return new Status(
        ready,
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
  public record Status(
      boolean ready,
      boolean catalogReachable,
      boolean majorityLost,
      int underWay,
      int toSettle,
      int leftOver,
      String trouble) {}
}
