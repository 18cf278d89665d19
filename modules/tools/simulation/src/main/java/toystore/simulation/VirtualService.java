package toystore.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * One process: it may crash and come back, hang, and its clock runs at a rate of its own. What it
 * planned dies with it.
 */
abstract class VirtualService {
  private static final long NANOS_PER_MS = 1_000_000;

  final World world;
  final int index;
  final String name;
  private final double rate;
  private final long offsetMs;
  private final Deque<Event> deferred = new ArrayDeque<>();
  private final List<Call<?>> serving = new ArrayList<>();
  private int life;
  private boolean up;
  private boolean paused;

  VirtualService(World world, int index, String name) {
    this.world = world;
    this.index = index;
    this.name = name;
    int most = world.plan.driftPercent();
    rate = 1 + world.chance.between(-1_000, 1_000) * most / 100_000.0;
    offsetMs = world.chance.below(100_000);
  }

  abstract void started();

  abstract void stopped();

  final void start() {
    life++;
    up = true;
    world.trace.note(this, "starts");
    started();
  }

  /** Ends at once: everything but the disk is gone. */
  final void crash() {
    world.trace.note(this, "crashes");
    stopped();
    life++;
    up = false;
    paused = false;
    deferred.clear();
    serving.forEach(Call::receiverCrashed);
    serving.clear();
  }

  final void pause() {
    world.trace.note(this, "hangs");
    paused = true;
  }

  final void resume() {
    if (paused) {
      world.trace.note(this, "goes on");
    }
    paused = false;
    while (!paused && !deferred.isEmpty()) {
      deferred.poll().run();
    }
  }

  final boolean isUp() {
    return up;
  }

  final boolean isPaused() {
    return paused;
  }

  final int life() {
    return life;
  }

  /** What it does later, if it still lives then; after its pause, if it hangs then. */
  final void after(int delayMs, Runnable act) {
    world.timeline.after(delayMs, new Event(this, life, act));
  }

  /** Something comes to it from outside, now. */
  final void receive(Runnable act) {
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

  /** A call that breaks when this process does. */
  final void serves(Call<?> call) {
    if (serving.size() == 64) {
      serving.removeIf(Call::isOver);
    }
    serving.add(call);
  }

  final double rate() {
    return rate;
  }

  /** Its own monotonic clock. */
  final long clockMs() {
    return offsetMs + (long) (world.timeline.now() * rate);
  }

  final long clockNanos() {
    return (long) ((offsetMs + world.timeline.now() * rate) * NANOS_PER_MS);
  }

  @Override
  public String toString() {
    return name;
  }

  private record Event(VirtualService service, int life, Runnable act) implements Runnable {
    @Override
    public void run() {
      service.run(this);
    }
  }
}
