package toystore.raft.core;

import java.util.ArrayList;
import java.util.List;
import toystore.model.PurchaseRequest;

/**
 * Handing the leadership to a chosen follower (dissertation 3.10). Meanwhile purchases are held
 * back, so that the follower can become level; they go on where the transfer comes to nothing.
 * Owned by {@link LeaderRole}.
 */
final class LeadershipTransfer {
  private final List<PurchaseRequest> heldBack = new ArrayList<>();
  private int target;
  private int ticksLeft;

  /** Who is to lead next, or 0. */
  int target() {
    return target;
  }

  void begin(int newTarget, int ticks) {
    target = newTarget;
    ticksLeft = ticks;
  }

  void holdBack(List<PurchaseRequest> purchases) {
    heldBack.addAll(purchases);
  }

  /** Whether the time is up: the leader goes on. */
  boolean tick() {
    if (target == 0 || --ticksLeft > 0) {
      return false;
    }
    target = 0;
    return true;
  }

  List<PurchaseRequest> takeHeldBack() {
    List<PurchaseRequest> taken = List.copyOf(heldBack);
    heldBack.clear();
    return taken;
  }
}
