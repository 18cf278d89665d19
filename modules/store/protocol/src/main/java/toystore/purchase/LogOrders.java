package toystore.purchase;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import toystore.model.Mark;
import toystore.model.Order;
import toystore.replication.Entry;
import toystore.replication.OrderBook;

/** The orders that a replica's log makes. Owned by whoever owns the log. */
public interface LogOrders {

  /** The order that was applied for this key. */
  Optional<Order> byKey(String key);

  /** Of the orders that were applied. */
  Mark mark();

  /** All orders that the log has, applied or not, beside the catalog's record of them. */
  LedgerComparison comparedWith(Mark catalogs);

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
      public LedgerComparison comparedWith(Mark catalogs) {
        return new LedgerComparison(book, unapplied.get(), catalogs);
      }
    };
  }
}
