package toystore.replication;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import toystore.model.PurchaseRequest;
import toystore.replication.OrderBook.PlacedOrder;

/** Older orders of a replica without a disk, as a simulator has them: they survive its crashes. */
public class OrdersInMemory implements OlderOrders {
  private final List<PurchaseRequest> purchases = new ArrayList<>();
  private final List<Long> links = new ArrayList<>();
  private final Map<String, Long> sold = new TreeMap<>();

  /** A process starts: what is not of these orders, or ahead of them, is thrown away. */
  public void open(List<PurchaseRequest> orders) {
    boolean ofThese =
        purchases.size() <= orders.size() && purchases.equals(orders.subList(0, purchases.size()));
    if (!ofThese) {
      purchases.clear();
      links.clear();
      sold.clear();
    }
  }

  /** The next orders, which are full for good. */
  public void seal(OrderTable table) {
    for (long number = table.first(); number < table.end(); number++) {
      purchases.add(table.purchase(number));
      links.add(table.link(number));
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
        return Optional.of(new PlacedOrder(number, purchase(number)));
      }
    }
    return Optional.empty();
  }

  @Override
  public PurchaseRequest purchase(long number) {
    return purchases.get((int) number);
  }
}
