package toystore.order;

import java.util.List;
import toystore.model.PurchaseRequest;

/**
 * Makes the data folder of a replica that goes on behind known orders. A replica that starts on it
 * finds what it would have written itself, and takes part at once: so all replicas of a store must
 * be made together, from the same orders. Owned by one thread, which waits for each write.
 */
public interface ReplicaMaker extends AutoCloseable {
  /**
   * Adds orders; their numbers go on where the last ones ended.
   *
   * @throws IllegalArgumentException when one of their keys was there before: what is made then is
   *     of no use
   */
  void add(List<PurchaseRequest> purchases);

  @Override
  void close();
}
