package toystore.edge;

import java.time.Duration;

/** Plans its next run before each run, so that an action that throws does not end it. */
final class PeriodicTimer implements Loop.Timer {
  private final Loop loop;
  private final Duration period;
  private final Runnable action;
  private Loop.Timer next;
  private boolean cancelled;

  PeriodicTimer(Loop loop, Duration period, Runnable action) {
    this.loop = loop;
    this.period = period;
    this.action = action;
    plan();
  }

  private void plan() {
    next = loop.after(period, this::run);
  }

  private void run() {
    if (!cancelled) {
      plan();
      action.run();
    }
  }

  @Override
  public void cancel() {
    cancelled = true;
    next.cancel();
  }
}
