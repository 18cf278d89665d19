package toystore.order;

import toystore.model.LogPosition;
import toystore.model.PurchaseRequest;

/** Where the orders that are applied go, beside the book. Owned by one event loop. */
public interface AppliedOrders {

  /** An order was applied; followed by {@link #appliedUpTo}. */
  void add(long number, PurchaseRequest purchase, long index);

  /** All up to here is applied. */
  void appliedUpTo(LogPosition position);
}
