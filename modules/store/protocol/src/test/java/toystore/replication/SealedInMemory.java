package toystore.replication;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import toystore.model.PurchaseRequest;
import toystore.replication.OrderBook.PlacedOrder;

/** Older orders that a test keeps; how often they were read is counted. */
final class SealedInMemory implements OlderOrders {
  private final List<PurchaseRequest> purchases = new ArrayList<>();
  private final List<Long> links = new ArrayList<>();
  private final Map<String, Long> sold = new TreeMap<>();
  int read;

  void seal(OrderTable table) {
    LongStream.range(table.first(), table.end()).forEach(number -> {
      purchases.add(table.purchase(number));
      links.add(table.link(number));
    });
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
    return LongStream.range(0, count())
        .filter(number -> purchases.get((int) number).key().equals(key))
        .mapToObj(number -> new PlacedOrder(number, purchase(number)))
        .findFirst();
  }

  @Override
  public PurchaseRequest purchase(long number) {
    read++;
    return purchases.get((int) number);
  }
}
