package toystore.frontend;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/** How long the requests of the present second took, in microseconds. Owned by one event loop. */
final class LoopTimes {
  private static final long LONGEST_US = TimeUnit.MINUTES.toMicros(10);
  private static final int DIGITS = 2;

  private Histogram times = empty();
  private long second;

  private static Histogram empty() {
    return new Histogram(LONGEST_US, DIGITS);
  }

  void record(long nanos) {
    times.recordValue(Math.min(LONGEST_US, Math.max(1, nanos / 1_000)));
  }

  /**
   * Time goes on.
   *
   * @param nowSecond of the time of day
   * @param over gets the figures of the second that is over, if there are any
   */
  void roll(long nowSecond, Consumer<Histogram> over) {
    if (nowSecond == second) {
      return;
    }
    if (times.getTotalCount() > 0) {
      over.accept(times);
      times = empty();
    }
    second = nowSecond;
  }
}
