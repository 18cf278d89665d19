package toystore.purchase;

import toystore.model.Claim;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.replication.Input;

/**
 * A leader's office, from its election on. The catalog must obey the leader and agree with its log,
 * then the log must be the truth, then all that older leaders held must be ordered; only then may
 * anything be bought. Owned by {@link Purchases}.
 */
final class Office {
  private enum OfficePhase {
    /** Another replica leads, or none. */
    NONE,
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
  private final TakeOver takeOver;
  private final RollForward rollForward;
  private final UnderWay underWay;
  private final PurchaseOutbox outbox;
  private OfficePhase phase = OfficePhase.NONE;
  private long epoch = Epochs.NONE;
  private long nextAttempt;
  /** Its log is the truth: what was committed before is applied here. */
  private boolean established;
  /**
   * Takes purchases; also while it asks a catalog that has restarted.
   *
   * <p>Invariant: whoever is ready is established.
   */
  private boolean ready;

  Office(
      PurchaseSettings settings,
      TakeOver takeOver,
      RollForward rollForward,
      UnderWay underWay,
      PurchaseOutbox outbox) {
    this.settings = settings;
    this.takeOver = takeOver;
    this.rollForward = rollForward;
    this.underWay = underWay;
    this.outbox = outbox;
  }

  boolean isHeld() {
    return phase != OfficePhase.NONE;
  }

  boolean isEstablished() {
    return established;
  }

  boolean isReady() {
    return ready;
  }

  boolean isDoubted() {
    return phase == OfficePhase.DOUBTED;
  }

  /** The catalog agrees and nothing is left to roll forward: it may be asked for stock. */
  boolean maySell() {
    return phase == OfficePhase.READY;
  }

  /** For the log. */
  String epochText() {
    return "epoch=" + Epochs.text(epoch);
  }

  Claim claim() {
    return takeOver.claim();
  }

  void begin(long newEpoch, LogPosition last) {
    epoch = newEpoch;
    phase = OfficePhase.TAKING_OVER;
    takeOver.begin(newEpoch, last);
  }

  void end() {
    phase = OfficePhase.NONE;
    established = false;
    ready = false;
    rollForward.clear();
  }

  void establish(long newEpoch, long now) {
    if (isHeld() && epoch == newEpoch) {
      established = true;
      if (phase == OfficePhase.CONFIRMING) {
        rollHoldsForward(now);
      }
    }
  }

  private void rollHoldsForward(long now) {
    phase = OfficePhase.ROLLING_FORWARD;
    rollForward.begin(takeOver.holds(), now);
  }

  /** Whether it became ready just now. */
  boolean becomesReady() {
    if (phase != OfficePhase.ROLLING_FORWARD || !rollForward.isDone()) {
      return false;
    }
    phase = OfficePhase.READY;
    ready = true;
    return true;
  }

  /** The catalog and the log go together. */
  void agreed(long now) {
    outbox.note(epochText() + " fenced=catalog holds=" + takeOver.holds().size());
    if (established) {
      rollHoldsForward(now);
    } else {
      phase = OfficePhase.CONFIRMING;
      outbox.tell(new Input.LogVerified(epoch, takeOver.last()));
    }
  }

  /** They do not: nothing is sold, and nothing appended, until somebody has mended that. */
  void doubted(long now) {
    if (phase != OfficePhase.DOUBTED) {
      outbox.note(epochText() + " refuses=true because=\"" + takeOver.trouble() + "\"");
    }
    phase = OfficePhase.DOUBTED;
    ready = false;
    nextAttempt = now + settings.sweepTicks();
    underWay.giveUpWaiting(stage -> stage != Purchase.PurchaseStage.HELD, takeOver.trouble());
    if (!established) {
      outbox.tell(new Input.Doubted(epoch));
    }
  }

  /** The catalog is another run of it: it must be asked anew. */
  void unverified() {
    if (phase == OfficePhase.READY || phase == OfficePhase.ROLLING_FORWARD) {
      phase = OfficePhase.TAKING_OVER;
    }
    if (phase == OfficePhase.TAKING_OVER || phase == OfficePhase.DOUBTED) {
      takeOver.again();
    }
  }

  /** Asks the catalog what is still to be known. */
  void askOn(CallsInFlight catalog, long now) {
    if (phase == OfficePhase.DOUBTED && now >= nextAttempt) {
      // Somebody may have put the right file back.
      takeOver.again();
      nextAttempt = now + settings.sweepTicks();
    }
    if (phase == OfficePhase.TAKING_OVER || phase == OfficePhase.DOUBTED) {
      takeOver.askOn(catalog, now);
    }
  }
}
