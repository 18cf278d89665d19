package toystore.stock;

import java.util.BitSet;
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
    // With room for all of them: to grow step by step moves a million toys twenty times.
    Map<String, ToyStock> toys = new LinkedHashMap<>(2 * Math.max(onDisk.size(), offered.size()));
    for (ToyRow row : onDisk) {
      toys.put(row.name(), new ToyStock(row));
    }
    BitSet seen = new BitSet();
    for (PricedToy offer : offered) {
      ToyStock toy = toys.get(offer.name());
      if (toy == null) {
        toy = new ToyStock(
            new ToyRow(toys.size(), offer.name(), offer.priceCents(), stock, 0, stock, 1));
        toys.put(offer.name(), toy);
        changed.accept(toy);
      } else if (seen.get(toy.position)) {
        throw new IllegalArgumentException("toy offered twice: " + offer.name());
      } else if (toy.reprice(offer.priceCents())) {
        changed.accept(toy);
      }
      seen.set(toy.position);
    }
    return toys;
  }
}
