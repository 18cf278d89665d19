package toystore.order;

import toystore.model.PurchaseRequest;
import toystore.model.StoreError;

/** Hears what goes on in a replica: for its figures, its log, and whoever watches over it. */
public interface ReplicaObserver {

  /** Something has changed, as {@code key=value} words. */
  default void note(String text) {}

  default void roleChanged() {}

  /** An order was applied. */
  default void ordered(PurchaseRequest purchase, long number) {}

  /** So many purchases go to the catalog in one call. */
  default void reserving(int purchases) {}

  /** So many purchases go into the log at once. */
  default void proposed(int purchases) {}

  /** @param error null where the purchase became an order */
  default void answered(StoreError error, long nanos) {}

  /** From its election until it took purchases. */
  default void tookOver(long nanos) {}
}
