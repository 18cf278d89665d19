package toystore.edge;

/**
 * Whether a leg waits for a fuller batch. Each trip wakes threads in every service on its way, and
 * is written to four disks, whether it carries one item or fifty. Who was just answered often asks
 * again at once: a batch that leaves a moment later carries what he asks too.
 *
 * <p>Only those are waited for who are known to come back: as many as did so after the last trip.
 * So one who asks alone never waits, nor does one among others who ask once and go. Pure: the times
 * come in as nanoseconds of one monotonic clock.
 */
final class Gathering {
  /** Whatever a trip takes: a wait that nobody notices. */
  private static final long MOST_NANOS = 50_000_000;

  private static final int SMOOTHING = 8;

  private final int enough;
  private long tripNanos;
  private long leftNanos;
  private long endedNanos;
  // Invariant: cameBack <= answered, and both are of the last trip that ended.
  private int answered;
  private int cameBack;
  /** Items in the next batch, if as many come back as the last time. */
  private int expected;

  private boolean theyComeBack;

  /** @param enough so many items leave at once: a trip for them is well used */
  Gathering(int enough) {
    this.enough = enough;
  }

  /** One more item waits. */
  void came(long nowNanos) {
    if (cameBack < answered && nowNanos - endedNanos <= limitNanos()) {
      cameBack++;
    }
  }

  /** A trip begins. */
  void left(long nowNanos) {
    leftNanos = nowNanos;
  }

  /**
   * A trip is over.
   *
   * @param size items that it answered; 0 where it failed: who asks again then is no sign
   * @param waiting items that wait for the next
   */
  void ended(int size, long tookNanos, int waiting, long nowNanos) {
    theyComeBack = cameBack > 0 && 2 * cameBack >= answered;
    expected = waiting + (theyComeBack ? size * cameBack / answered : 0);
    tripNanos += (tookNanos - tripNanos) / SMOOTHING;
    answered = size;
    cameBack = 0;
    endedNanos = nowNanos;
  }

  /**
   * How long what waits should still wait for others; 0 when it should leave.
   *
   * @param waiting items, at least one
   * @param sinceNanos when the first of them came
   * @param onTheWay whether another trip is under way
   */
  long patience(int waiting, long sinceNanos, boolean onTheWay, long nowNanos) {
    if (waiting >= enough || onTheWay && !theyComeBack || !onTheWay && waiting >= expected) {
      return 0;
    }
    // Those under way are waited for until they should be back, and a little longer.
    long until = onTheWay ? leftNanos + tripNanos + tripNanos / 4 : endedNanos + limitNanos();
    return Math.max(0, Math.min(until, sinceNanos + MOST_NANOS) - nowNanos);
  }

  /** Within it comes back who comes back at once. */
  private long limitNanos() {
    return Math.min(MOST_NANOS, tripNanos / 2);
  }
}
