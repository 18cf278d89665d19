package toystore.frontend;

import io.vertx.core.Future;
import toystore.model.Order;
import toystore.model.PurchaseRequest;

/** Where orders are placed and looked up. */
public interface OrderDesk {
  /**
   * Buys once, however often it is called with this key.
   *
   * @return the order number; fails with TOY_NOT_FOUND, OUT_OF_STOCK or KEY_REUSED (nothing was
   *     taken), or UNAVAILABLE (outcome unknown)
   */
  Future<Long> buy(PurchaseRequest request);

  /**
   * Looks up an order.
   *
   * @return fails with ORDER_NOT_FOUND (proved) or UNAVAILABLE
   */
  Future<Order> find(long number);
}
