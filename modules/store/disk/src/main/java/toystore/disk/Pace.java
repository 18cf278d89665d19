package toystore.disk;

import java.util.concurrent.TimeUnit;

/**
 * How slowly work is done that nobody waits for.
 *
 * @param percent of a processor that it may take, 1 to 100
 */
public record Pace(int percent) {
  public Pace {
    if (percent < 1 || percent > 100) {
      throw new IllegalArgumentException("percent=" + percent);
    }
  }

  /** How long to rest after work that took so long. */
  public long pauseMs(long workedNanos) {
    return TimeUnit.NANOSECONDS.toMillis(workedNanos * (100 - percent) / percent);
  }
}
