package toystore.edge;

import java.time.Duration;

/** Its one timer rings when the test says so. */
final class HandTurnedLoop implements Loop {
  private long nanos;
  private Runnable planned = () -> {};

  void turnAt(Duration time) {
    timeIs(time);
    Runnable action = planned;
    planned = () -> {};
    action.run();
  }

  /** Time goes on, and nothing rings. */
  void timeIs(Duration time) {
    nanos = time.toNanos();
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public Timer after(Duration delay, Runnable action) {
    planned = action;
    return () -> planned = () -> {};
  }

  @Override
  public void execute(Runnable action) {
    throw new AssertionError("not asked for");
  }
}
