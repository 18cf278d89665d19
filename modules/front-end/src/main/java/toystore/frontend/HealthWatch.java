package toystore.frontend;

/**
 * What health checks say about one service: a refused or broken connection counts at once, silence
 * when it has lasted for a number of checks, or for a multiple of the slowest answer of late where
 * that is longer. So a service that is slow is not taken to be gone. (Chen, Toueg and Aguilera, 2002,
 * and Hayashibara and others, 2004, also derive the limit from the answers seen; theirs needs a
 * distribution, and this one only the worst of a few seconds.) Time is {@link OwnTime}. Pure; owned
 * by one event loop.
 */
public final class HealthWatch {
  /** So many times the slowest answer of late is waited for. */
  private static final int TIMES_SLOWEST = 4;
  /** So many times the usual limit at most. */
  private static final int MOST = 10;
  /** This part of the slowest answer is forgotten with each check. */
  private static final int FORGOTTEN_PART = 8;

  private final long usualMs;
  private State state = State.UNKNOWN;
  private boolean asked;
  private long askedMs;
  private long slowestMs;

  /** @param usualMs of silence make a service silent while it answers as quickly as it should */
  public HealthWatch(long usualMs) {
    this.usualMs = usualMs;
  }

  /** A check is being sent. The silence that counts began with the first one without an answer. */
  public void ask(long nowMs) {
    if (!asked) {
      asked = true;
      askedMs = nowMs;
      slowestMs -= slowestMs / FORGOTTEN_PART;
    }
  }

  /** Time goes on. */
  public void review(long nowMs) {
    if (asked && state != State.DOWN && nowMs - askedMs >= patienceMs()) {
      state = State.SILENT;
    }
  }

  public void answered(long nowMs) {
    if (asked) {
      slowestMs = Math.max(slowestMs, nowMs - askedMs);
    }
    state = State.LIVE;
    asked = false;
  }

  public void broken() {
    state = State.DOWN;
    asked = false;
  }

  /** How much longer than usual this service may take for anything; 1 while it is quick. */
  public double slowness() {
    return (double) patienceMs() / usualMs;
  }

  private long patienceMs() {
    return Math.min(Math.max(usualMs, TIMES_SLOWEST * slowestMs), MOST * usualMs);
  }

  boolean live() {
    return state == State.LIVE;
  }

  public boolean lost() {
    return state == State.DOWN || state == State.SILENT;
  }

  /** It said so itself: nobody listens there. */
  public boolean down() {
    return state == State.DOWN;
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
