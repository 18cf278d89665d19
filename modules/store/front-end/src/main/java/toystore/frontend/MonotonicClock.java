package toystore.frontend;

import java.util.concurrent.TimeUnit;

/** The clock of the public port: it never goes back, whatever is done to the time of day. */
final class MonotonicClock {
  private MonotonicClock() {}

  static long millis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }
}
