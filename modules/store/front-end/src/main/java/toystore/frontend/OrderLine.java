package toystore.frontend;

import io.vertx.core.Future;
import toystore.model.PurchaseRequest;
import toystore.purchase.OrderMessages.BuyOutcome;
import toystore.purchase.OrderMessages.QueryOutcome;

/** How {@link Orders} reaches one replica. */
public interface OrderLine {
  /**
   * Fails when no answer came; an answer may be an error too.
   *
   * @param seenMs a reading of the catalog's clock, of before the request came
   */
  Future<BuyOutcome> buy(PurchaseRequest request, long seenMs);

  /** Fails when no answer came, or NOT_LEADER did; an answer may be another error too. */
  Future<QueryOutcome> find(long number);

  /** Nothing good will come from this replica any more: all that waits for it goes elsewhere. */
  void abandon();

  /** No purchase that waits for it or is on its way may still be made; queries may be answered. */
  void abandonPurchases();

  void close();
}
