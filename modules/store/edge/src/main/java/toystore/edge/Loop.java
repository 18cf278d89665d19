package toystore.edge;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * An event loop as the shells that live on it see it: its clock, its timers, and its next turn. A
 * shell takes all its time from here, so that a simulator can run it in virtual time.
 *
 * <p>The clock may be read and {@link #execute} called from any thread, the rest on the loop itself
 * only.
 */
public interface Loop {

  /** The event loop on which this is called; else a new one of this Vert.x. */
  static Loop current(Vertx vertx) {
    return new VertxLoop(vertx);
  }

  /** A monotonic clock: it never goes back, whatever is done to the time of day. */
  long nanos();

  /** The same clock. */
  default long millis() {
    return TimeUnit.NANOSECONDS.toMillis(nanos());
  }

  /**
   * Runs the action once, on this loop and never before the time is over.
   *
   * @param delay below a millisecond means a millisecond
   */
  Timer after(Duration delay, Runnable action);

  /** Runs the action again and again, on this loop, until its timer is cancelled. */
  default Timer every(Duration period, Runnable action) {
    return new PeriodicTimer(this, period, action);
  }

  /** Runs the action on this loop in a later turn, in the order of the calls. From any thread. */
  void execute(Runnable action);

  /** Something planned. */
  interface Timer {
    /** It does not happen any more; nothing where it has happened already. */
    void cancel();
  }
}
