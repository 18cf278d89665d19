package toystore.purchase;

import java.util.List;
import toystore.model.Claim;
import toystore.model.PurchaseRequest;

/**
 * A request to the catalog. Each ends in exactly one input of {@link Purchases} that names its id:
 * an answer, {@link Purchases#fencedOff}, {@link Purchases#unverified} or {@link Purchases#failed}.
 */
public sealed interface CatalogCall {
  long id();

  /**
   * Takes stock for these purchases, each once however often it is asked for.
   *
   * @param seenMs for each a reading of the catalog's clock, of before any front-end saw it
   */
  record Reserve(long id, Claim claim, List<PurchaseRequest> requests, List<Long> seenMs)
      implements CatalogCall {
    public long epoch() {
      return claim.epoch();
    }
  }

  /**
   * Shuts older epochs out, and asks for every hold there is and how far the catalog's record goes.
   *
   * @param office names the life of the process that leads, so that no epoch has two leaders
   */
  record Fence(long id, long epoch, long office) implements CatalogCall {}

  /** Asks whether the catalog knows these orders of the log. */
  record Verify(long id, Claim claim, List<PurchaseRequest> orders) implements CatalogCall {}

  /** Asks for holds that should have been settled by now. */
  record Holds(long id, Claim claim, int olderThanMs) implements CatalogCall {}

  /** Says that these purchases are orders: what was held is sold. */
  record Settle(long id, Claim claim, List<String> keys) implements CatalogCall {}

  /** Asks whether the catalog is there at all. */
  record Probe(long id) implements CatalogCall {}
}
