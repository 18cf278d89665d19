package toystore.purchase;

import java.util.List;
import java.util.function.Supplier;
import toystore.model.Claim;
import toystore.model.Epochs;
import toystore.model.Fenced;
import toystore.model.LogPosition;
import toystore.model.PurchaseRequest;
import toystore.stock.CatalogMessages.Fence;
import toystore.stock.CatalogMessages.Verify;

/**
 * What a leader asks the catalog before it appends anything: to obey its epoch, and whether the
 * orders of the log and the catalog's record go together. Said again to each new run of the
 * catalog. Owned by {@link Purchases}.
 */
final class TakeOver {
  enum TakeOverStep {
    /** Asks on, when it may. */
    ASKING,
    /** Another office has this epoch, or a later one. */
    OUTDATED,
    /** Log and catalog do not go together: see {@link #trouble}. */
    DOUBTED,
    AGREED
  }

  private final PurchaseSettings settings;
  private final long office;
  private final LogOrders orders;
  private final Supplier<List<PurchaseRequest>> proposed;
  private long epoch = Epochs.NONE;
  private LogPosition last = LogPosition.START;
  private Fenced fenced;
  private LedgerComparison comparison;
  private TakeOverStep step = TakeOverStep.ASKING;
  private String trouble;

  /**
   * @param office names the life of this process: another life never has the same
   * @param proposed what is proposed now, and no order yet
   */
  TakeOver(
      PurchaseSettings settings,
      long office,
      LogOrders orders,
      Supplier<List<PurchaseRequest>> proposed) {
    this.settings = settings;
    this.office = office;
    this.orders = orders;
    this.proposed = proposed;
  }

  /** @param ofLast where the leader's log ends */
  void begin(long ofEpoch, LogPosition ofLast) {
    epoch = ofEpoch;
    last = ofLast;
    again();
  }

  /** The catalog is another run of it, or may have been mended. */
  void again() {
    fenced = null;
    comparison = null;
    step = TakeOverStep.ASKING;
  }

  void askOn(CallsInFlight catalog, long now) {
    if (step != TakeOverStep.ASKING
        || catalog.inFlight(Fence.class) > 0
        || catalog.inFlight(Verify.class) > 0) {
      return;
    }
    catalog.send(comparison == null ? new Fence(epoch, office) : new Verify(claim(), toAsk()), now);
  }

  private List<PurchaseRequest> toAsk() {
    return comparison.toAsk(settings.maxBatch());
  }

  TakeOverStep fenced(Fenced answer) {
    fenced = answer;
    if (!answer.accepted()) {
      step = TakeOverStep.OUTDATED;
      return step;
    }
    comparison = orders.comparedWith(answer.mark(), proposed.get());
    return found(comparison.logObjection());
  }

  /** @param known as in {@link LedgerComparison#answered} */
  TakeOverStep verified(Verify asked, int known) {
    // Another run of the catalog may have been noticed since.
    return comparison != null && isOfThisRun(asked.claim())
        ? found(comparison.answered(asked.orders().size(), known))
        : step;
  }

  /** Whether who claimed this asked the run of the catalog that was fenced last. */
  boolean isOfThisRun(Claim claim) {
    return fenced != null && claim.incarnation() == fenced.incarnation();
  }

  private TakeOverStep found(String objection) {
    trouble = objection != null ? objection : trouble;
    if (objection != null) {
      step = TakeOverStep.DOUBTED;
    } else if (toAsk().isEmpty()) {
      step = TakeOverStep.AGREED;
      trouble = null;
    }
    return step;
  }

  /** In whose name the catalog is called from here on. */
  Claim claim() {
    return new Claim(epoch, fenced.incarnation(), orders.mark());
  }

  /** The epoch that the catalog obeys. */
  long fence() {
    return fenced.fence();
  }

  List<PurchaseRequest> holds() {
    return fenced.holds();
  }

  LogPosition last() {
    return last;
  }

  /** Why this replica must not lead, in words for people; null where nothing is known of that. */
  String trouble() {
    return trouble;
  }

  void forgetTrouble() {
    trouble = null;
  }
}
