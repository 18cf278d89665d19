package toystore.operations;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A limit to waiting, and the pause between two looks. */
final class Deadline {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(25);

  private final long endNanos;

  private Deadline(long endNanos) {
    this.endNanos = endNanos;
  }

  static Deadline in(Duration limit) {
    return new Deadline(System.nanoTime() + limit.toNanos());
  }

  /** Waits until it holds; false when the limit came first. */
  static boolean await(Duration limit, BooleanSupplier condition) {
    Deadline deadline = in(limit);
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
    try {
      TimeUnit.NANOSECONDS.sleep(Math.min(leftNanos, moment.toNanos()));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OperationFailed("interrupted", e);
    }
  }
}
