package toystore.purchase;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import toystore.model.Order;
import toystore.model.PurchaseRequest;

/**
 * Turns what the catalog holds into orders. Nothing rolls a hold back, whoever made it: it is
 * settled where it is an order, else proposed. Owned by {@link Purchases}.
 */
final class RollForward {
  private final LogOrders orders;
  private final UnderWay underWay;
  private final Settlement settlement;
  private final PurchaseOutbox outbox;
  /** Invariant: holds of older leaders that are no orders yet; empty before anything is sold. */
  private final Set<String> ofOlderLeaders = new LinkedHashSet<>();

  RollForward(LogOrders orders, UnderWay underWay, Settlement settlement, PurchaseOutbox outbox) {
    this.orders = orders;
    this.underWay = underWay;
    this.settlement = settlement;
    this.outbox = outbox;
  }

  /** A leader has come into office, and these are the holds that it finds. */
  void begin(List<PurchaseRequest> holds, long now) {
    for (PurchaseRequest hold : holds) {
      if (held(hold, now)) {
        ofOlderLeaders.add(hold.key());
      }
    }
  }

  /**
   * The catalog holds stock for this.
   *
   * @return whether the log has still to make it an order
   */
  boolean held(PurchaseRequest request, long now) {
    Optional<Order> order = orders.byKey(request.key());
    if (order.isPresent()) {
      ordered(request, order.get().number(), now);
      return false;
    }
    if (underWay.addHeld(request)) {
      outbox.propose(request);
    }
    return true;
  }

  /** The log has made this an order. */
  void ordered(PurchaseRequest request, long number, long now) {
    underWay.ordered(request, number);
    settlement.add(request.key(), now);
    ofOlderLeaders.remove(request.key());
  }

  /** Whether all that older leaders held is ordered. */
  boolean isDone() {
    return ofOlderLeaders.isEmpty();
  }

  /** The office is lost: the next leader finds what is held. */
  void clear() {
    ofOlderLeaders.clear();
  }
}
