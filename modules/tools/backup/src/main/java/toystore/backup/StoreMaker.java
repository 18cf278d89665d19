package toystore.backup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import toystore.backup.ExportLine.ExportEnd;
import toystore.backup.ExportLine.ExportHead;
import toystore.catalog.CatalogFile;
import toystore.catalog.CatalogMaker;
import toystore.model.Epochs;
import toystore.model.PurchaseRequest;
import toystore.order.OrdersFile;
import toystore.order.ReplicaMaker;
import toystore.stock.LedgerRow;
import toystore.stock.LedgerState;
import toystore.stock.Meta;
import toystore.stock.ToyRow;

/**
 * Makes the data folders of a catalog and of all replicas from one export. Until it is closed and
 * checked they are no store. Owned by one thread.
 */
final class StoreMaker implements ExportSink, AutoCloseable {
  private static final int BATCH = 4_096;
  /**
   * How far the catalog's clock is put forward. A refusal does not travel, so no copy of a request
   * that was refused may be decided: it is older than the half minute for which one may be.
   */
  static final long SKIPPED_MS = 60_000;

  private static final String CATALOG = "catalog";

  private final Path root;
  private final List<String> names;
  private final ReplicaMaking engine;
  private final List<Runnable> opened = new ArrayList<>();
  private final List<ReplicaMaker> replicas = new ArrayList<>();
  private final List<ToyRow> toys = new ArrayList<>();
  private final List<PurchaseRequest> orders = new ArrayList<>();
  private final List<LedgerRow> ledger = new ArrayList<>();
  private CatalogMaker catalog;
  private ExportHead head;
  private long epoch;

  /**
   * @param root gets a folder for the catalog and one for each replica; it has none of them
   * @param names of the replicas
   */
  StoreMaker(Path root, List<String> names, ReplicaMaking engine) {
    this.root = root;
    this.names = names;
    this.engine = engine;
  }

  @Override
  public void head(ExportHead first) {
    head = first;
    // Later than all that any leader, or any process that still runs somewhere, has ever had.
    epoch = Epochs.next(first.fence(), 0);
    catalog = CatalogMaker.open(root.resolve(CATALOG));
    opened.add(catalog::close);
    for (String name : names) {
      ReplicaMaker replica = engine.open(root.resolve(name), name, epoch);
      opened.add(replica::close);
      replicas.add(replica);
    }
  }

  @Override
  public void toy(ToyRow toy) {
    toys.add(toy);
  }

  @Override
  public void order(long number, PurchaseRequest purchase) {
    orders.add(purchase);
    decided(purchase, LedgerState.SOLD);
  }

  @Override
  public void hold(PurchaseRequest purchase) {
    decided(purchase, LedgerState.HELD);
  }

  private void decided(PurchaseRequest purchase, LedgerState state) {
    ledger.add(new LedgerRow(purchase.key(), purchase.name(), purchase.quantity(), state));
    if (ledger.size() == BATCH) {
      write();
    }
  }

  private void write() {
    catalog.add(ledger);
    try {
      replicas.forEach(replica -> replica.add(orders));
    } catch (IllegalArgumentException e) {
      throw unusable(e.getMessage());
    }
    ledger.clear();
    orders.clear();
  }

  @Override
  public void end(ExportEnd end) {
    write();
    Map<Meta, Long> numbers = new EnumMap<>(Meta.class);
    numbers.put(Meta.FENCE, epoch);
    numbers.put(Meta.OFFICE, 0L);
    numbers.put(Meta.MARK_ORDERS, end.orders());
    numbers.put(Meta.MARK_LINK, Long.parseUnsignedLong(end.link(), 16));
    numbers.put(Meta.LAST_SESSION, head.lastSession());
    numbers.put(Meta.LEASE_MS, head.leaseMs());
    numbers.put(Meta.CLOCK, head.clockMs() + SKIPPED_MS);
    catalog.set(toys, numbers);
  }

  /** Reads what was made as the services will, after it was closed. */
  void demandWhole(ExportEnd end) {
    try (CatalogFile file = CatalogFile.open(root.resolve(CATALOG).resolve(CatalogFile.NAME))) {
      file.demandWhole();
      demand(file.keys() == end.orders() + end.holds(), "a key is there twice");
    }
    for (String name : names) {
      try (OrdersFile file = OrdersFile.open(root.resolve(name).resolve(OrdersFile.NAME))) {
        file.demandWhole();
        demand(file.count() == end.orders(), name + " has " + file.count() + " orders");
      }
    }
  }

  private static void demand(boolean holds, String otherwise) {
    if (!holds) {
      throw unusable(otherwise);
    }
  }

  private static ArchiveFailed unusable(String why) {
    return new ArchiveFailed("no store can be made of it: " + why);
  }

  @Override
  public void close() {
    opened.forEach(Runnable::run);
  }
}
