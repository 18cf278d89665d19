package toystore.replication;

import java.util.Map;
import java.util.Optional;
import toystore.model.Mark;
import toystore.model.PurchaseRequest;
import toystore.replication.OrderBook.PlacedOrder;

/**
 * The first orders, which a book does not keep in memory any more: all below {@link #count}. They
 * never change, and their count never falls while a book uses them. Any thread may ask, and one may
 * add to them meanwhile.
 */
public interface OlderOrders {
  /** For a book that keeps all its orders. */
  OlderOrders NONE = new NoOrders();

  long count();

  /** The link of the chain over all orders up to this one, which must be here. Costs little. */
  long link(long number);

  /** Units sold of each toy, by all orders that are here. */
  Map<String, Long> sold();

  /**
   * The order of this key. It may have to be read from a disk: a key that is not here costs little
   * all but always.
   *
   * @throws RuntimeException when it cannot be read as it was written: the replica must not go on
   */
  Optional<PlacedOrder> byKey(String key);

  /**
   * What became this order, which must be here. It is read from a disk.
   *
   * @throws RuntimeException when it cannot be read as it was written: the replica must not go on
   */
  PurchaseRequest purchase(long number);

  /** How far the first so many go, which must be here. */
  default Mark markAt(long orders) {
    return orders == 0 ? Mark.NONE : new Mark(orders, link(orders - 1));
  }

  /** There are none. */
  final class NoOrders implements OlderOrders {
    private NoOrders() {}

    @Override
    public long count() {
      return 0;
    }

    @Override
    public long link(long number) {
      throw absent(number);
    }

    @Override
    public Map<String, Long> sold() {
      return Map.of();
    }

    @Override
    public Optional<PlacedOrder> byKey(String key) {
      return Optional.empty();
    }

    @Override
    public PurchaseRequest purchase(long number) {
      throw absent(number);
    }

    private static IllegalStateException absent(long number) {
      return new IllegalStateException("order " + number + " is not among the older ones");
    }
  }
}
