package toystore.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import toystore.backup.ExportLine.ExportHead;
import toystore.model.PurchaseRequest;
import toystore.stock.ToyRow;

/**
 * Books of a store in which nobody bought anything: for those who ask how it is when it has grown.
 * Each toy in turn was bought, a unit at a time.
 *
 * @param toys their names
 * @param stock that each toy started with
 * @param orders how many
 */
public record MadeUpOrders(List<String> toys, long stock, long orders) {
  private static final long PRICE_CENTS = 1_000;

  public MadeUpOrders {
    toys = List.copyOf(toys);
    if (toys.isEmpty() || orders < 0 || orders / toys.size() >= stock) {
      throw new IllegalArgumentException(orders + " orders of " + toys.size() + " toys");
    }
  }

  /** Tells all of it, as an export would be read. */
  void tell(String engine, String time, ExportSink to) {
    ExportBooks books = new ExportBooks();
    to.head(new ExportHead(
        ExportFormat.NAME, ExportFormat.VERSION, Export.PROGRAM, engine, time, 0, 0, 0, 0));
    for (ToyRow toy : toyRows()) {
      books.toy(toy);
      to.toy(toy);
    }
    // Keys like those that front-ends make, and the same for each engine.
    Random random = new Random(orders);
    for (long number = 0; number < orders; number++) {
      String key = new UUID(random.nextLong(), random.nextLong()).toString();
      String name = toys.get((int) (number % toys.size()));
      PurchaseRequest purchase = new PurchaseRequest(key, name, 1);
      books.order(number, purchase);
      to.order(number, purchase);
    }
    to.end(books.close(""));
  }

  private List<ToyRow> toyRows() {
    List<ToyRow> rows = new ArrayList<>();
    for (int i = 0; i < toys.size(); i++) {
      long sold = orders / toys.size() + (i < orders % toys.size() ? 1 : 0);
      rows.add(new ToyRow(i, toys.get(i), PRICE_CENTS, stock, 0, stock - sold, sold));
    }
    return rows;
  }
}
