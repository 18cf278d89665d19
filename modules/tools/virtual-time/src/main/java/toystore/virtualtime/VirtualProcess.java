package toystore.virtualtime;

import java.util.ArrayDeque;
import java.util.Deque;

/** One process: it may crash and come back, or hang. What it planned dies with it. */
public abstract class VirtualProcess {
  private final Timeline timeline;
  private final Deque<Event> deferred = new ArrayDeque<>();
  private int life;
  private boolean up;
  private boolean paused;

  protected VirtualProcess(Timeline timeline) {
    this.timeline = timeline;
  }

  /** A life begins. */
  protected abstract void started();

  /** A life ends at once: everything but the disk is gone. */
  protected abstract void stopped();

  public void start() {
    life++;
    up = true;
    started();
  }

  public void crash() {
    stopped();
    life++;
    up = false;
    paused = false;
    deferred.clear();
  }

  public void pause() {
    paused = true;
  }

  /** Goes on, with what has come meanwhile. */
  public void resume() {
    paused = false;
    while (!paused && !deferred.isEmpty()) {
      deferred.poll().run();
    }
  }

  public final boolean isUp() {
    return up;
  }

  public final boolean isPaused() {
    return paused;
  }

  /** Counts up with each start and crash: what was planned in an earlier life is void. */
  public final int life() {
    return life;
  }

  /** What it does later, if it still lives then; after its pause, if it hangs then. */
  public final void after(long delayMs, Runnable act) {
    timeline.after(delayMs, new Event(this, life, act));
  }

  /** Something comes to it from outside, now. */
  public final void receive(Runnable act) {
    run(new Event(this, life, act));
  }

  private void run(Event event) {
    if (event.life != life || !up) {
      return;
    }
    if (paused) {
      deferred.add(event);
    } else {
      event.act.run();
    }
  }

  private record Event(VirtualProcess process, int life, Runnable act) implements Runnable {
    @Override
    public void run() {
      process.run(this);
    }
  }
}
