package toystore.purchase;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import toystore.model.Mark;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.replication.Entry;
import toystore.replication.OrderBook;

/** The orders that a replica's log makes. Owned by whoever owns the log. */
public interface LogOrders {

  /** The order that was applied for this key. */
  Optional<Order> byKey(String key);

  /** Of the orders that were applied. */
  Mark mark();

  /**
   * All orders that the log has, applied or not, beside the catalog's record of them.
   *
   * @param proposed what the log may still be about to take in
   */
  LedgerComparison comparedWith(Mark catalogs, List<PurchaseRequest> proposed);

  /**
   * @param book all that was applied
   * @param unapplied the entries that the log has beyond
   */
  static LogOrders of(OrderBook book, Supplier<List<Entry>> unapplied) {
    return new LogOrders() {
      @Override
      public Optional<Order> byKey(String key) {
        return book.byKey(key).map(OrderBook.PlacedOrder::order);
      }

      @Override
      public Mark mark() {
        return book.mark();
      }

      @Override
      public LedgerComparison comparedWith(Mark catalogs, List<PurchaseRequest> proposed) {
        return new LedgerComparison(book, unapplied.get(), proposed, catalogs);
      }
    };
  }
}
