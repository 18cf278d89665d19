package toystore.backup;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import toystore.backup.ExportLine.ExportEnd;
import toystore.model.Chain;
import toystore.model.Mark;
import toystore.model.PurchaseRequest;
import toystore.replication.OrderBook;
import toystore.stock.ToyRow;

/**
 * Adds up what a store has decided, and refuses what cannot be a store's. Keeps no orders, so its
 * memory does not grow with them. Pure.
 */
final class ExportBooks {
  private final Map<String, ToyRow> toys = new LinkedHashMap<>();
  private final Map<String, Long> taken = new HashMap<>();
  private final Chain chain = new Chain();
  private Mark mark = Mark.NONE;
  private long holds;

  void toy(ToyRow toy) {
    demand(toy.position() == toys.size(), "toy " + toy.name() + " is not number " + toys.size());
    demand(toys.put(toy.name(), toy) == null, "toy " + toy.name() + " is there twice");
    demand(toy.stock() >= 0, "toy " + toy.name() + " has " + toy.stock() + " in stock");
  }

  void order(long number, PurchaseRequest purchase) {
    demand(
        number == mark.orders(),
        "order " + number + " follows " + mark.orders() + " orders: numbers have no gaps");
    take(purchase);
    long link = OrderBook.link(chain, mark.link(), number, purchase);
    mark = new Mark(number + 1, link);
  }

  void hold(PurchaseRequest purchase) {
    take(purchase);
    holds++;
  }

  private void take(PurchaseRequest purchase) {
    demand(toys.containsKey(purchase.name()), "there is no toy " + purchase.name());
    taken.merge(purchase.name(), (long) purchase.quantity(), Math::addExact);
  }

  /** How far the orders go that came so far. */
  Mark mark() {
    return mark;
  }

  /**
   * Demands that each toy's units are all there, and says what all lines came to.
   *
   * @param sha256 of all lines
   */
  ExportEnd close(String sha256) {
    for (ToyRow toy : toys.values()) {
      long had = toy.initial() + toy.restocked();
      long has = toy.stock() + taken.getOrDefault(toy.name(), 0L);
      demand(
          had == has,
          toy.name() + ": initial " + toy.initial() + " + restocked " + toy.restocked()
              + " is not in stock " + toy.stock() + " + held or sold " + (has - toy.stock()));
    }
    String link = HexFormat.of().toHexDigits(mark.link());
    return new ExportEnd(toys.size(), mark.orders(), holds, link, sha256);
  }

  private static void demand(boolean holds, String otherwise) {
    if (!holds) {
      throw new ArchiveFailed("the books do not balance: " + otherwise);
    }
  }
}
