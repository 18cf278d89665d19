package toystore.order;

import io.vertx.core.Future;
import toystore.purchase.CatalogCall;

/** A replica's way to the catalog. Owned by one event loop. */
public interface CatalogPort {

  /**
   * Makes the call.
   *
   * @return the record of {@link toystore.stock.CatalogMessages} that answers it, to a fence {@link
   *     toystore.model.Fenced}; fails with a {@link toystore.model.StoreException} where there is
   *     no answer
   */
  Future<?> ask(CatalogCall<?> call);
}
