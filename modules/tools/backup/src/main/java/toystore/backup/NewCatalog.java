package toystore.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import toystore.backup.ExportLine.ExportHead;
import toystore.catalog.CatalogMaker;
import toystore.model.Chain;
import toystore.model.Mark;
import toystore.model.PurchaseRequest;
import toystore.order.OrdersFile;
import toystore.replication.OrderBook;
import toystore.replication.OrderBook.PlacedOrder;
import toystore.stock.LedgerRow;
import toystore.stock.LedgerState;
import toystore.stock.Meta;
import toystore.stock.ToyRow;

/**
 * Makes the books of a catalog that was lost: toys from an older backup, purchases from the logs of
 * the replicas, which stay as they are. Every order and every entry that may become one takes its
 * stock. Restocks since the backup are not known, so a toy may have less than it had, and never
 * more: nothing is sold twice. Owned by one thread.
 */
public final class NewCatalog {
  private static final int BATCH = 4_096;
  /** Far more than were given out since any backup: no session's number is used again. */
  private static final long SKIPPED_SESSIONS = 1L << 32;

  private final List<ToyRow> toys = new ArrayList<>();
  private final Map<String, Long> taken = new HashMap<>();
  private final List<LedgerRow> ledger = new ArrayList<>();
  private final Chain chain = new Chain();
  private final CatalogMaker catalog;
  private Mark mark = Mark.NONE;

  private NewCatalog(CatalogMaker catalog) {
    this.catalog = catalog;
  }

  /**
   * What was made.
   *
   * @param before orders of the backup
   * @param orders committed ones of the replicas
   * @param holds purchases that the first leader makes orders of
   */
  public record MadeCatalog(long before, long orders, long holds) {}

  /**
   * Makes it.
   *
   * @param export of the backup
   * @param replicas folders of a majority of them at least, of replicas that are down
   * @param clockMs how far the old catalog's clock may have run on since
   * @param target folder of the new catalog; it is empty
   * @throws ArchiveFailed when the backup knows orders or toys otherwise than the replicas
   */
  public static MadeCatalog make(
      Path export, List<Path> replicas, OpenEntries tail, long clockMs, Path target)
      throws IOException {
    try (CatalogMaker catalog = CatalogMaker.open(target)) {
      return new NewCatalog(catalog).make(export, replicas, tail, clockMs);
    }
  }

  private MadeCatalog make(Path export, List<Path> replicas, OpenEntries tail, long clockMs)
      throws IOException {
    Export backup = readToys(export);
    Path longest = null;
    long most = -1;
    for (Path replica : replicas) {
      try (OrdersFile file = OrdersFile.open(replica.resolve(OrdersFile.NAME))) {
        file.demandWhole();
        if (file.count() > most) {
          most = file.count();
          longest = replica;
        }
      }
    }
    try (OrdersFile orders = OrdersFile.open(longest.resolve(OrdersFile.NAME))) {
      Map<String, PurchaseRequest> open = new LinkedHashMap<>();
      for (Path replica : replicas) {
        tail.behind(replica, orders.appliedIndex())
            .forEach(purchase -> open.putIfAbsent(purchase.key(), purchase));
      }
      orders.<Void>read(rows -> sell(rows, open, backup));
      open.values().forEach(purchase -> decide(purchase, LedgerState.HELD));
      write();
      catalog.set(stock(), numbers(backup.head(), clockMs));
      return new MadeCatalog(backup.orders(), most, open.size());
    }
  }

  private Export readToys(Path export) throws IOException {
    ExportSink onlyToys = new ExportSink() {
      @Override
      public void toy(ToyRow toy) {
        toys.add(toy);
        taken.put(toy.name(), 0L);
      }
    };
    try (InputStream in = Files.newInputStream(export)) {
      return new ExportReader(in, export.toString(), onlyToys).read();
    }
  }

  private Void sell(
      Iterator<PlacedOrder> orders, Map<String, PurchaseRequest> open, Export backup) {
    demandSameStore(backup);
    while (orders.hasNext()) {
      PlacedOrder order = orders.next();
      open.remove(order.purchase().key());
      decide(order.purchase(), LedgerState.SOLD);
      long link = OrderBook.link(chain, mark.link(), order.number(), order.purchase());
      mark = new Mark(order.number() + 1, link);
      demandSameStore(backup);
    }
    if (mark.orders() < backup.orders()) {
      throw new ArchiveFailed("the backup has " + backup.orders()
          + " orders, and the replicas have " + mark.orders() + ": restore all of the backup");
    }
    return null;
  }

  private void demandSameStore(Export backup) {
    if (mark.orders() == backup.orders() && mark.link() != backup.link()) {
      throw new ArchiveFailed("the first " + mark.orders()
          + " orders of the replicas are not those of the backup: it is of another store");
    }
  }

  private void decide(PurchaseRequest purchase, LedgerState state) {
    String toy = purchase.name();
    if (!taken.containsKey(toy)) {
      throw new ArchiveFailed(
          "there are orders for " + toy + ", which the backup has not: take a later backup");
    }
    taken.merge(toy, (long) purchase.quantity(), Math::addExact);
    ledger.add(new LedgerRow(purchase.key(), toy, purchase.quantity(), state));
    if (ledger.size() == BATCH) {
      write();
    }
  }

  private void write() {
    catalog.add(ledger);
    ledger.clear();
  }

  /** What was sold and was not there at the backup must have been restocked since. */
  private List<ToyRow> stock() {
    List<ToyRow> rows = new ArrayList<>();
    for (ToyRow toy : toys) {
      long sold = taken.get(toy.name());
      long restocked = Math.max(toy.restocked(), sold - toy.initial());
      rows.add(new ToyRow(
          toy.position(),
          toy.name(),
          toy.priceCents(),
          toy.initial(),
          restocked,
          toy.initial() + restocked - sold,
          toy.version() + 1));
    }
    return rows;
  }

  private Map<Meta, Long> numbers(ExportHead head, long clockMs) {
    Map<Meta, Long> numbers = new EnumMap<>(Meta.class);
    numbers.put(Meta.FENCE, head.fence());
    numbers.put(Meta.OFFICE, 0L);
    numbers.put(Meta.MARK_ORDERS, mark.orders());
    numbers.put(Meta.MARK_LINK, mark.link());
    numbers.put(Meta.LAST_SESSION, head.lastSession() + SKIPPED_SESSIONS);
    numbers.put(Meta.LEASE_MS, head.leaseMs());
    numbers.put(Meta.CLOCK, head.clockMs() + clockMs + StoreMaker.SKIPPED_MS);
    return numbers;
  }
}
