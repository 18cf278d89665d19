package toystore.frontend;

import java.util.concurrent.TimeUnit;

/** The only clock of the shells: it never goes back, whatever is done to the time of day. */
final class MonotonicClock {
  private MonotonicClock() {}

  static long nanos() {
    return System.nanoTime();
  }

  static long millis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }
}
