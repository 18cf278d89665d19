package toystore.edge;

import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How late an event loop is: a timer asks for a turn now and then, and sees how much later than
 * asked for it comes. Owned by that event loop.
 */
final class LoopLag {
  private static final Duration PERIOD = Duration.ofMillis(100);

  private final Loop loop;
  private final Timer late;
  private long dueNanos;

  private LoopLag(Loop loop, Timer late) {
    this.loop = loop;
    this.late = late;
  }

  /** Measures from now on, until the timer that is returned is cancelled. */
  static Loop.Timer watch(Loop loop, Timer late) {
    LoopLag lag = new LoopLag(loop, late);
    lag.dueNanos = loop.nanos() + PERIOD.toNanos();
    return loop.every(PERIOD, lag::turn);
  }

  private void turn() {
    long now = loop.nanos();
    late.record(Math.max(0, now - dueNanos), TimeUnit.NANOSECONDS);
    dueNanos = now + PERIOD.toNanos();
  }
}
