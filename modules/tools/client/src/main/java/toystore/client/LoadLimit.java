package toystore.client;

import java.time.Duration;

/**
 * How much load: whichever limit is met first ends it.
 *
 * @param iterations of each client, or {@link Schedule#UNLIMITED}
 * @param durationNs in which iterations start, or {@link Schedule#UNLIMITED}
 */
record LoadLimit(long iterations, long durationNs) {
  static final LoadLimit NOTHING = new LoadLimit(0, 0);

  static LoadLimit of(Duration duration) {
    return new LoadLimit(Schedule.UNLIMITED, duration.toNanos());
  }

  boolean isNothing() {
    return iterations == 0 || durationNs == 0;
  }

  boolean limitsIterations() {
    return iterations != Schedule.UNLIMITED;
  }

  boolean limitsDuration() {
    return durationNs != Schedule.UNLIMITED;
  }
}
