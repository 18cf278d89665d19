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
  private WatchState state = WatchState.UNKNOWN;
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
    if (asked && state != WatchState.DOWN && nowMs - askedMs >= slowness.patience()) {
      state = WatchState.SILENT;
    }
  }

  /** @param sentMs when the check was sent that is answered now, perhaps not the latest */
  public void answered(long nowMs, long sentMs) {
    slowness.took(nowMs - sentMs);
    state = WatchState.LIVE;
    asked = false;
  }

  public void broken() {
    state = WatchState.DOWN;
    asked = false;
  }

  /** How much longer than usual this service may take for anything; 1 while it is quick. */
  public double slowness() {
    return (double) slowness.patience() / usualMs;
  }

  boolean live() {
    return state == WatchState.LIVE;
  }

  public boolean lost() {
    return state == WatchState.DOWN || state == WatchState.SILENT;
  }

  /** It said so itself: nobody listens there. */
  public boolean down() {
    return state == WatchState.DOWN;
  }

  public WatchState state() {
    return state;
  }

  /** As far as checks tell. */
  public enum WatchState {
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
