package toystore.replication;

import java.util.List;
import toystore.model.PurchaseRequest;

/**
 * A request to the catalog. Each ends in exactly one input of {@link Purchases} that names its id:
 * an answer, {@link Purchases#fencedOff}, {@link Purchases#unreachable} or {@link Purchases#silent}.
 */
public sealed interface CatalogCall {
  long id();

  /** Takes stock for these purchases, each once however often it is asked for. */
  record Reserve(long id, long epoch, List<PurchaseRequest> requests) implements CatalogCall {}

  /** Shuts older epochs out, and asks for every hold there is. */
  record Fence(long id, long epoch) implements CatalogCall {}

  /** Asks for holds that should have been settled by now. */
  record Holds(long id, long epoch, int olderThanMs) implements CatalogCall {}

  /** Says that these purchases are orders: what was held is sold. */
  record Settle(long id, List<String> keys) implements CatalogCall {}

  /** Asks whether the catalog is there at all. */
  record Probe(long id) implements CatalogCall {}
}
