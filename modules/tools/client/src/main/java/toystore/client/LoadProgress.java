package toystore.client;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** How far the load is. Event loops count, the progress line reads. */
public final class LoadProgress {
  enum LoadStage {
    WAIT("waiting for the store's first answer"),
    WARM_UP("warm-up"),
    LOAD("load"),
    VERIFY("orders");

    private final String label;

    LoadStage(String label) {
      this.label = label;
    }
  }

  private final LongAdder done = new LongAdder();
  private volatile LoadState state = new LoadState(LoadStage.WAIT, 0, 0, Schedule.UNLIMITED, 0);

  /**
   * @param total iterations or orders, or UNLIMITED
   * @param durationNs or UNLIMITED
   */
  void begin(LoadStage phase, long nowNs, long total, long durationNs) {
    state = new LoadState(phase, nowNs, total, durationNs, done.sum());
  }

  void count() {
    done.increment();
  }

  /** One line for a person. */
  String line(long nowNs) {
    LoadState now = state;
    if (now.phase == LoadStage.WAIT) {
      return now.phase.label;
    }
    long elapsedNs = Math.max(1, nowNs - now.startNs);
    long count = done.sum() - now.doneBefore;
    double part = 0;
    if (now.total != Schedule.UNLIMITED && now.total > 0) {
      part = (double) count / now.total;
    }
    if (now.durationNs != Schedule.UNLIMITED) {
      part = Math.max(part, (double) elapsedNs / now.durationNs);
    }
    double rate = count * 1e9 / elapsedNs;
    String line = String.format(Locale.ROOT, "%s  %,d done  %,.0f/s", now.phase.label, count, rate);
    return part <= 0 ? line : line + rest(Math.min(part, 1), elapsedNs);
  }

  private static String rest(double part, long elapsedNs) {
    Duration left = Duration.ofNanos((long) (elapsedNs / part - elapsedNs));
    return String.format(
        Locale.ROOT, "  %.0f%%  %d:%02d left", 100 * part, left.toMinutes(), left.toSecondsPart());
  }

  private record LoadState(
      LoadStage phase, long startNs, long total, long durationNs, long doneBefore) {}
}
