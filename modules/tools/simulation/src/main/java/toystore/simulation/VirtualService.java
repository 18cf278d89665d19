package toystore.simulation;

import java.util.ArrayList;
import java.util.List;
import toystore.virtualtime.VirtualProcess;

/** One process of the store: its clock runs at a rate of its own, and calls break when it does. */
abstract class VirtualService extends VirtualProcess {
  private static final long NANOS_PER_MS = 1_000_000;

  final World world;
  final int index;
  final String name;
  private final double rate;
  private final long offsetMs;
  private final List<Call<?>> serving = new ArrayList<>();

  VirtualService(World world, int index, String name) {
    super(world.timeline);
    this.world = world;
    this.index = index;
    this.name = name;
    int most = world.plan.driftPercent();
    rate = 1 + world.chance.between(-1_000, 1_000) * most / 100_000.0;
    offsetMs = world.chance.below(100_000);
  }

  @Override
  public final void start() {
    world.trace.note(this, "starts");
    super.start();
  }

  @Override
  public final void crash() {
    world.trace.note(this, "crashes");
    super.crash();
    serving.forEach(Call::receiverCrashed);
    serving.clear();
  }

  @Override
  public final void pause() {
    world.trace.note(this, "hangs");
    super.pause();
  }

  @Override
  public final void resume() {
    if (isPaused()) {
      world.trace.note(this, "goes on");
    }
    super.resume();
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

  final long clockNanos() {
    return (long) ((offsetMs + world.timeline.now() * rate) * NANOS_PER_MS);
  }

  @Override
  public String toString() {
    return name;
  }
}
