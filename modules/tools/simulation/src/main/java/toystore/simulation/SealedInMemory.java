package toystore.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import toystore.model.Chain;
import toystore.model.PurchaseRequest;
import toystore.replication.Entry;
import toystore.replication.OlderOrders;
import toystore.replication.OrderBook;
import toystore.replication.OrderBook.PlacedOrder;
import toystore.replication.OrderTable;

/** The sealed orders of one replica, which survive its crashes. Owned by an {@link OrderState}. */
final class SealedInMemory implements OlderOrders {
  private final List<PurchaseRequest> purchases = new ArrayList<>();
  private final List<Long> links = new ArrayList<>();
  private final Map<String, Long> sold = new TreeMap<>();

  /** A process starts: what is not of these orders, or ahead of them, is thrown away. */
  void open(List<Entry> orders) {
    boolean ofThese = purchases.size() <= orders.size();
    for (int number = 0; ofThese && number < purchases.size(); number++) {
      ofThese = purchases.get(number).equals(orders.get(number).purchase());
    }
    if (!ofThese) {
      purchases.clear();
      links.clear();
      sold.clear();
    }
  }

  void seal(OrderTable table) {
    Chain chain = new Chain();
    for (long number = table.first(); number < table.end(); number++) {
      PurchaseRequest purchase = table.purchase(number);
      links.add(OrderBook.link(chain, markAt(number).link(), number, purchase));
      purchases.add(purchase);
    }
    table.addSoldTo(sold);
  }

  @Override
  public long count() {
    return purchases.size();
  }

  @Override
  public long link(long number) {
    return links.get((int) number);
  }

  @Override
  public Map<String, Long> sold() {
    return sold;
  }

  @Override
  public Optional<PlacedOrder> byKey(String key) {
    for (int number = 0; number < purchases.size(); number++) {
      if (purchases.get(number).key().equals(key)) {
        return Optional.of(new PlacedOrder(number, purchases.get(number)));
      }
    }
    return Optional.empty();
  }

  @Override
  public PurchaseRequest purchase(long number) {
    return purchases.get((int) number);
  }
}
