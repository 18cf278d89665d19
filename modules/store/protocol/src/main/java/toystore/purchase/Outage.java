package toystore.purchase;

/** Since when something is away, and whether that is longer than a grace. */
final class Outage {
  private static final long NONE = -1;

  private final int graceTicks;
  private long since = NONE;

  Outage(int graceTicks) {
    this.graceTicks = graceTicks;
  }

  void begin(long now) {
    if (since == NONE) {
      since = now;
    }
  }

  void end() {
    since = NONE;
  }

  boolean isOn() {
    return since != NONE;
  }

  boolean outlastsGrace(long now) {
    return since != NONE && now - since >= graceTicks;
  }
}
