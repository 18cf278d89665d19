package toystore.edge;

import java.time.Duration;
import toystore.model.StoreError;
import toystore.model.StoreException;

/**
 * Whether a service that others call is away on purpose and comes back soon, as when it is
 * restarted. As long as that is expected, a call that is refused or breaks counts as one without an
 * answer: requests wait for the service as they wait for one that is slow, and are not refused as
 * when it has crashed. May be used by any thread.
 */
public final class PlannedAbsence {
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private volatile long endNs = System.nanoTime();

  /**
   * What an operator announces.
   *
   * @param withinMs the service is back within so many milliseconds, 0 to 60,000; 0 when it is back
   */
  public record Announcement(int withinMs) {}

  /** What is answered. */
  public record Noted(boolean noted) {}

  /**
   * Notes it; a later announcement takes the place of an earlier one.
   *
   * @throws StoreException with BAD_REQUEST when it is for longer than a minute
   */
  public Noted announce(Announcement announcement) {
    Duration within = Duration.ofMillis(announcement.withinMs());
    if (within.isNegative() || within.compareTo(LONGEST) > 0) {
      throw new StoreException(
          StoreError.BAD_REQUEST, "withinMs must be from 0 to " + LONGEST.toMillis());
    }
    endNs = System.nanoTime() + within.toNanos();
    return new Noted(true);
  }

  boolean isOn() {
    return endNs - System.nanoTime() > 0;
  }
}
