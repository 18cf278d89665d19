package toystore.leader;

import java.util.Locale;
import toystore.replication.Slowness;

/**
 * What health checks say about one service: a refused or broken connection counts at once, silence
 * when it has lasted for a number of checks, or longer where the service is slow of late ({@link
 * Slowness}). Time is {@link OwnTime}. Pure; owned by one event loop.
 */
public final class HealthWatch {
  /** So many times as long as usual the slowest is waited for. */
  private static final int MOST_SLOWNESS = 10;

  private final long usualMs;
  private State state = State.UNKNOWN;
  private boolean asked;
  private long askedMs;
  private final Slowness slowness;

  /** @param usualMs of silence make a service silent while it answers as quickly as it should */
  public HealthWatch(long usualMs) {
    this.usualMs = usualMs;
    this.slowness = new Slowness(usualMs, MOST_SLOWNESS * usualMs);
  }

  /** A check is being sent. The silence that counts began with the first one without an answer. */
  public void ask(long nowMs) {
    if (!asked) {
      asked = true;
      askedMs = nowMs;
      slowness.forget();
    }
  }

  /** Time goes on. */
  public void review(long nowMs) {
    if (asked && state != State.DOWN && nowMs - askedMs >= slowness.patience()) {
      state = State.SILENT;
    }
  }

  /** @param sentMs when the check was sent that is answered now, perhaps not the latest */
  public void answered(long nowMs, long sentMs) {
    slowness.took(nowMs - sentMs);
    state = State.LIVE;
    asked = false;
  }

  public void broken() {
    state = State.DOWN;
    asked = false;
  }

  /** How much longer than usual this service may take for anything; 1 while it is quick. */
  public double slowness() {
    return (double) slowness.patience() / usualMs;
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

  public State state() {
    return state;
  }

  /** As far as checks tell. */
  public enum State {
    UNKNOWN,
    LIVE,
    SILENT,
    DOWN;

    /** As people read it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
