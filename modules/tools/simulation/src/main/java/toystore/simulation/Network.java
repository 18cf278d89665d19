package toystore.simulation;

import java.util.Arrays;
import toystore.simulation.Call.Failure;

/** Loses, doubles, delays and reorders; directed links may be cut. */
final class Network {
  private static final int LONG_MS = 160;
  private static final int SHORT_MS = 4;

  private final World world;
  private final Chance chance;
  private final Plan plan;
  private final int size;
  private final boolean[] cut;

  Network(World world, int size) {
    this.world = world;
    this.chance = world.chance;
    this.plan = world.plan;
    this.size = size;
    this.cut = new boolean[size * size];
  }

  /** Nothing gets from one to the other any more. */
  void cut(VirtualService from, VirtualService to) {
    cut[from.index * size + to.index] = true;
  }

  void heal() {
    Arrays.fill(cut, false);
  }

  private boolean isCut(VirtualService from, VirtualService to) {
    return cut[from.index * size + to.index];
  }

  private boolean loses() {
    return !world.isCalm() && chance.percent(plan.lossPercent());
  }

  private boolean doubles() {
    return !world.isCalm() && chance.percent(plan.duplicatePercent());
  }

  private int delay() {
    boolean slow = !world.isCalm() && chance.percent(plan.slowPercent());
    return slow ? chance.below(LONG_MS) : 1 + chance.below(SHORT_MS);
  }

  /** A request that the receiver executes when it comes; its outcome ends it. */
  <A> void call(
      VirtualService from,
      VirtualService to,
      String what,
      int timeoutMs,
      Call.Request<A> request,
      Call.Outcome<A> outcome) {
    Call<A> call = new Call<>(this, from, to, what, request, outcome);
    from.after(timeoutMs, () -> call.end(null, Failure.SILENT));
    if (isCut(from, to)) {
      return;
    }
    if (loses()) {
      breakOff(call);
      if (chance.oneIn(2)) {
        return; // Else given up, and executed all the same.
      }
    }
    world.timeline.after(delay(), () -> arrive(call));
    if (doubles()) {
      world.timeline.after(delay(), () -> arrive(call));
    }
  }

  private <A> void arrive(Call<A> call) {
    VirtualService to = call.to;
    if (isCut(call.from, to)) {
      return;
    }
    if (!to.isUp()) {
      call.from.after(1, () -> call.end(null, Failure.REFUSED));
      return;
    }
    to.receive(() -> {
      world.trace.call(call);
      to.serves(call);
      call.request.serve(call);
    });
  }

  <A> void carryBack(Call<A> call, A answer) {
    if (isCut(call.to, call.from)) {
      return;
    }
    if (loses()) {
      breakOff(call);
    } else {
      arriveBack(call, answer);
    }
  }

  private <A> void arriveBack(Call<A> call, A answer) {
    call.from.after(delay(), () -> {
      if (!call.isOver()) {
        world.trace.answer(call, answer);
        call.end(answer, null);
      }
    });
  }

  /** The sender often, not always, learns at once that there will be no answer. */
  void breakOff(Call<?> call) {
    if (!chance.oneIn(4) && call.from.isUp()) {
      call.from.after(delay(), () -> call.end(null, Failure.BROKEN));
    }
  }
}
