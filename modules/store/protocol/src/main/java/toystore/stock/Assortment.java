package toystore.stock;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The toys at start: those on disk, with their stock, and those offered now, with their prices. A
 * toy that is offered no more stays, because its orders do.
 */
final class Assortment {
  private Assortment() {}

  /**
   * All toys by name, in catalog order.
   *
   * @param changed gets each toy that is new or has a new price
   */
  static Map<String, ToyStock> open(
      List<ToyRow> onDisk, List<PricedToy> offered, long stock, Consumer<ToyStock> changed) {
    Map<String, Long> prices = pricesOf(offered);
    Map<String, ToyStock> toys = new LinkedHashMap<>();
    for (ToyRow row : onDisk) {
      ToyStock toy = new ToyStock(row);
      toys.put(row.name(), toy);
      Long price = prices.get(row.name());
      if (price != null && price != row.priceCents()) {
        toy.reprice(price);
        changed.accept(toy);
      }
    }
    for (PricedToy offer : offered) {
      if (!toys.containsKey(offer.name())) {
        int position = toys.size();
        ToyStock toy = new ToyStock(
            new ToyRow(position, offer.name(), offer.priceCents(), stock, 0, stock, 1));
        toys.put(offer.name(), toy);
        changed.accept(toy);
      }
    }
    return toys;
  }

  private static Map<String, Long> pricesOf(List<PricedToy> offered) {
    Map<String, Long> prices = new HashMap<>();
    for (PricedToy toy : offered) {
      if (prices.put(toy.name(), toy.priceCents()) != null) {
        throw new IllegalArgumentException("toy offered twice: " + toy.name());
      }
    }
    return prices;
  }
}
