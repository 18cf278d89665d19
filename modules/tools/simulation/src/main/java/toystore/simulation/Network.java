package toystore.simulation;

import toystore.edge.CallFailure.FailureCause;
import toystore.virtualtime.Chance;
import toystore.virtualtime.Links;

/** Calls between services, over links that lose, double, delay and reorder. */
final class Network {
  private static final int LONG_MS = 160;

  private final World world;
  private final Chance chance;
  private final Links links;

  Network(World world, int size) {
    this.world = world;
    this.chance = world.chance;
    Plan plan = world.plan;
    this.links = new Links(
        world.timeline,
        chance,
        new Links.Weather(plan.lossPercent(), plan.slowPercent(), plan.duplicatePercent(), LONG_MS),
        size);
  }

  /** Nothing gets from one to the other any more. */
  void cut(VirtualService from, VirtualService to) {
    links.cut(from.index, to.index);
  }

  void heal() {
    links.heal();
  }

  /** Nothing is lost any more. */
  void calm() {
    links.calm();
  }

  private boolean isCut(VirtualService from, VirtualService to) {
    return links.isCut(from.index, to.index);
  }

  /** A request that the receiver executes when it comes; its outcome ends it. */
  <A> void call(
      VirtualService from,
      VirtualService to,
      String what,
      int timeoutMs,
      Call.CallRequest<A> request,
      Call.Continuation<A> outcome) {
    Call<A> call = new Call<>(this, from, to, what, request, outcome);
    from.after(timeoutMs, () -> call.end(null, FailureCause.SILENT));
    if (isCut(from, to)) {
      return;
    }
    if (links.loses()) {
      breakOff(call);
      if (chance.oneIn(2)) {
        return; // Else given up, and executed all the same.
      }
    }
    world.timeline.after(links.delayMs(), () -> arrive(call));
    if (links.doubles()) {
      world.timeline.after(links.delayMs(), () -> arrive(call));
    }
  }

  private <A> void arrive(Call<A> call) {
    VirtualService to = call.to;
    if (isCut(call.from, to)) {
      return;
    }
    if (!to.isUp()) {
      call.from.after(1, () -> call.end(null, FailureCause.REFUSED));
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
    if (links.loses()) {
      breakOff(call);
    } else {
      arriveBack(call, answer);
    }
  }

  private <A> void arriveBack(Call<A> call, A answer) {
    call.from.after(links.delayMs(), () -> {
      if (!call.isOver()) {
        world.trace.answer(call, answer);
        call.end(answer, null);
      }
    });
  }

  /** The sender often, not always, learns at once that there will be no answer. */
  void breakOff(Call<?> call) {
    if (!chance.oneIn(4) && call.from.isUp()) {
      call.from.after(links.delayMs(), () -> call.end(null, FailureCause.BROKEN));
    }
  }
}
