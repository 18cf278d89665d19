package toystore.order;

import java.util.List;
import toystore.model.PurchaseRequest;
import toystore.model.StoreError;

/** Hears what goes on in a replica: for its figures, its log, and whoever watches over it. */
public interface ReplicaObserver {

  /** Something has changed, as {@code key=value} words. */
  default void note(String text) {}

  default void roleChanged() {}

  /** Somebody wants this. */
  default void came(PurchaseRequest purchase, long nowNanos) {}

  /** These go to the catalog in one call. */
  default void reserving(List<PurchaseRequest> purchases, long nowNanos) {}

  /** The catalog has decided on these. */
  default void reserved(List<PurchaseRequest> purchases, long nowNanos) {}

  /** The catalog was told of so many sales. */
  default void settled(int purchases, long tookNanos) {}

  /** These go into the log at once. */
  default void proposed(List<PurchaseRequest> purchases, long nowNanos) {}

  /** A write of so many entries to the log is durable. */
  default void logged(int entries, long tookNanos) {}

  /** An order was applied. */
  default void ordered(PurchaseRequest purchase, long number, long nowNanos) {}

  /**
   * One who waited for it has his answer.
   *
   * @param error null where the purchase became an order
   * @param cameNanos when he came
   */
  default void answered(
      PurchaseRequest purchase, StoreError error, long cameNanos, long nowNanos) {}

  /** From when it stood for leader until it took purchases. */
  default void tookOver(long nanos) {}
}
