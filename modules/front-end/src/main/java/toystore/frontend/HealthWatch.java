package toystore.frontend;

/**
 * What health checks say about one service: a refused or broken connection counts at once, silence
 * after a number of missed checks. Checks that were never made, because this process slept, count
 * for nothing. Pure; owned by one event loop.
 */
public final class HealthWatch {
  private final int missedLimit;
  private State state = State.UNKNOWN;
  private boolean asked;
  private int missed;

  public HealthWatch(int missedLimit) {
    this.missedLimit = missedLimit;
  }

  /** A check is due and being sent: if the one before it has no answer yet, that one was missed. */
  public void ask() {
    if (asked && ++missed >= missedLimit && state != State.DOWN) {
      state = State.SILENT;
    }
    asked = true;
  }

  public void answered() {
    state = State.LIVE;
    asked = false;
    missed = 0;
  }

  public void broken() {
    state = State.DOWN;
    asked = false;
    missed = 0;
  }

  boolean live() {
    return state == State.LIVE;
  }

  public boolean lost() {
    return state == State.DOWN || state == State.SILENT;
  }

  State state() {
    return state;
  }

  /** As far as checks tell. */
  enum State {
    UNKNOWN,
    LIVE,
    SILENT,
    DOWN
  }
}
