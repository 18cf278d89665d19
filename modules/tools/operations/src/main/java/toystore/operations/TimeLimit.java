package toystore.operations;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Waiting for processes, which tell nobody when something is so: a limit, and the pause between two
 * looks.
 */
public final class TimeLimit {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(25);

  private final long endNanos;

  private TimeLimit(long endNanos) {
    this.endNanos = endNanos;
  }

  static TimeLimit in(Duration limit) {
    return new TimeLimit(System.nanoTime() + limit.toNanos());
  }

  /** Waits until it holds; false when the limit came first. */
  public static boolean await(Duration limit, BooleanSupplier condition) {
    TimeLimit deadline = in(limit);
    while (!condition.getAsBoolean()) {
      if (!deadline.pause()) {
        return false;
      }
    }
    return true;
  }

  /** Waits a moment; false, at once, when the limit is reached. */
  boolean pause() {
    return pause(BETWEEN_LOOKS);
  }

  boolean pause(Duration moment) {
    long leftNanos = endNanos - System.nanoTime();
    if (leftNanos <= 0) {
      return false;
    }
    sleep(Duration.ofNanos(Math.min(leftNanos, moment.toNanos())));
    return true;
  }

  /** Waits until that instant of {@link System#nanoTime}. */
  public static void sleepUntil(long instantNs) {
    sleep(Duration.ofNanos(Math.max(0, instantNs - System.nanoTime())));
  }

  public static void sleep(Duration moment) {
    try {
      TimeUnit.NANOSECONDS.sleep(moment.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OperationFailed("interrupted", e);
    }
  }
}
