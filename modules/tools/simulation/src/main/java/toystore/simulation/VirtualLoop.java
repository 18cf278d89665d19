package toystore.simulation;

import java.time.Duration;
import toystore.edge.Loop;

/**
 * The event loop of a simulated process, for the real shells in it: its time is the process's own
 * clock, and what is planned on it dies with the process. A Vert.x future that belongs to no Vert.x
 * instance completes on whoever completes it, so a shell's futures need nothing else.
 */
final class VirtualLoop implements Loop {
  private final VirtualService process;

  VirtualLoop(VirtualService process) {
    this.process = process;
  }

  @Override
  public long nanos() {
    return process.clockNanos();
  }

  @Override
  public Timer after(Duration delay, Runnable action) {
    Planned planned = new Planned(action);
    double wholeMs = Math.ceil(Math.max(1, delay.toMillis()) / process.rate());
    process.after((long) wholeMs, planned);
    return planned;
  }

  @Override
  public void execute(Runnable action) {
    process.after(0, action);
  }

  private static final class Planned implements Runnable, Timer {
    private Runnable action;

    Planned(Runnable action) {
      this.action = action;
    }

    @Override
    public void run() {
      if (action != null) {
        action.run();
      }
    }

    @Override
    public void cancel() {
      action = null;
    }
  }
}
