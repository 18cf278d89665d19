package toystore.desk;

import toystore.desk.DatabaseTask.DeskRow;
import toystore.desk.DatabaseTask.TakenOffice;
import toystore.desk.DeskOptions.DeskTimes;

/**
 * Whether this desk is in office, and in which epoch. The desk's row in the database decides: who
 * raises its epoch is in office, and turns of older epochs are refused. Owned by {@link DeskCore}.
 */
final class DeskOffice {
  /** From which state a desk may do what. */
  enum Stage {
    /** Looks whether the other one works. */
    STANDING_BY,
    /** In office; caches that the desk before it allowed may still be served. */
    IN_GRACE,
    IN_OFFICE
  }

  private static final long NEVER = Long.MIN_VALUE;

  private final DeskTimes times;
  private final long sessionMs;
  private Stage stage = Stage.STANDING_BY;
  private DeskRow row;
  private long unchangedSinceMs;
  private long goneSinceMs = NEVER;
  private long nextLookMs = NEVER;
  private boolean takes;
  private long epoch;
  private long graceEndMs;
  private boolean offered;
  private long beat;
  // Invariant: so many orders were durable once; a database with fewer has lost some. A row that
  // was only looked at does not count: it may be lost again.
  private long orders;
  private long clockBaseMs;
  private long clockStartMs;
  private long lastTurnMs = NEVER;
  private long askedClockMs;
  private long toldClockMs;

  DeskOffice(DeskTimes times, long sessionMs) {
    this.times = times;
    this.sessionMs = sessionMs;
  }

  Stage stage() {
    return stage;
  }

  boolean isHeld() {
    return stage == Stage.IN_GRACE || stage == Stage.IN_OFFICE;
  }

  long epoch() {
    return epoch;
  }

  /** The last one in this epoch that is known to be durable. */
  long beat() {
    return beat;
  }

  long orders() {
    return orders;
  }

  /**
   * The last reading, which is in the database, of the clock by which requests have an age. Only
   * that is told: the next desk goes on from there.
   */
  long toldClockMs() {
    return toldClockMs;
  }

  boolean mustOffer() {
    return isHeld() && !offered;
  }

  void offered() {
    offered = true;
  }

  boolean mustLook(long nowMs) {
    return stage == Stage.STANDING_BY && nowMs >= nextLookMs;
  }

  boolean mustBeat(long nowMs) {
    return isHeld() && nowMs - lastTurnMs >= times.beatMs();
  }

  /** Whether to take the office that {@link #seen} is of. */
  boolean mustTake() {
    return stage == Stage.STANDING_BY && takes;
  }

  DeskRow seen() {
    return row;
  }

  /** A desk that stands by has read the row. */
  void looked(DeskRow now, long nowMs) {
    nextLookMs = nowMs + times.lookMs();
    if (row == null || row.epoch() != now.epoch() || row.beat() != now.beat()) {
      unchangedSinceMs = nowMs;
      goneSinceMs = NEVER;
    }
    goneSinceMs = now.connected() ? NEVER : goneSinceMs == NEVER ? nowMs : goneSinceMs;
    row = now;
    takes = nowMs - unchangedSinceMs >= times.silentMs()
        || goneSinceMs != NEVER && nowMs - goneSinceMs >= times.goneMs();
  }

  /** The office is this desk's. */
  void taken(TakenOffice office, long nowMs) {
    takes = false;
    epoch = office.epoch();
    beat = office.beat();
    offered = office.offered();
    clockBaseMs = office.clockMs();
    clockStartMs = nowMs;
    toldClockMs = clockBaseMs;
    lastTurnMs = nowMs;
    // Whoever was granted a lease asked for it before this office began: so it ends in time.
    graceEndMs = office.sessionMs() == 0 ? nowMs : nowMs + Math.max(office.sessionMs(), sessionMs);
    stage = Stage.IN_GRACE;
    orders = office.nextNumber();
  }

  /** Somebody else was faster, or is in office again. */
  void notTaken() {
    takes = false;
  }

  /** Whether the grace ends with this. */
  boolean endsGrace(long nowMs) {
    if (stage != Stage.IN_GRACE || nowMs < graceEndMs || !offered) {
      return false;
    }
    stage = Stage.IN_OFFICE;
    return true;
  }

  /** A turn begins; the reading of the clock that it carries. */
  long began(long nowMs) {
    lastTurnMs = nowMs;
    askedClockMs = clockBaseMs + nowMs - clockStartMs;
    return askedClockMs;
  }

  /** A turn is durable. */
  void turned(long newBeat, long nextNumber) {
    beat = newBeat;
    orders = nextNumber;
    toldClockMs = askedClockMs;
  }

  /** Another desk is in office: this one stands by. */
  void lose() {
    stage = Stage.STANDING_BY;
    row = null;
    takes = false;
    goneSinceMs = NEVER;
    nextLookMs = NEVER;
  }
}
