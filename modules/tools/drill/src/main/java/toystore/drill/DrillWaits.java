package toystore.drill;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import toystore.operations.OperationFailed;

/** Waiting for processes, which tell nobody when something is so. */
final class DrillWaits {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

  private DrillWaits() {}

  /** Waits until it holds; false when the limit came first. */
  static boolean until(Duration limit, BooleanSupplier condition) {
    long endNs = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - endNs > 0) {
        return false;
      }
      pause(BETWEEN_LOOKS.toMillis());
    }
    return true;
  }

  /** Waits until that instant of {@link System#nanoTime}. */
  static void untilNs(long instantNs) {
    pause(TimeUnit.NANOSECONDS.toMillis(Math.max(0, instantNs - System.nanoTime())));
  }

  static void pause(long ms) {
    try {
      TimeUnit.MILLISECONDS.sleep(ms);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OperationFailed("interrupted", e);
    }
  }
}
