package toystore.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import toystore.catalog.CatalogFile;
import toystore.disk.DataFolderException;
import toystore.model.Mark;
import toystore.model.PurchaseRequest;
import toystore.order.OrdersFile;
import toystore.replication.OrderBook.PlacedOrder;
import toystore.stock.CatalogState;
import toystore.stock.LedgerRow;
import toystore.stock.LedgerState;
import toystore.stock.Meta;

/**
 * All that a store had decided at one moment, read from its files while it runs. The moment is the
 * catalog's: its file is looked at first, and what it writes later is not seen. The orders are read
 * after that, so every purchase that the catalog had decided by then, and whose number somebody may
 * have been told, is among them.
 *
 * <p>The cut: orders, in number order, up to the first one that the catalog did not know at that
 * moment. Nobody was told a number behind it before the moment. What the catalog knows of the rest
 * are holds: a leader that starts on the cut makes orders of them.
 *
 * <p>Owned by one thread.
 */
public final class StoreCut implements AutoCloseable {
  /** Far more than are bought while a file is read. */
  private static final int MAX_BEHIND = 1_000_000;

  private final CatalogFile catalog;
  private final List<Path> replicas;
  private final CutFacts facts;
  /** Orders behind the cut that the catalog did not know at its moment: their keys and numbers. */
  private final Map<String, Long> behind = new HashMap<>();

  private String lack = "";

  private StoreCut(CatalogFile catalog, List<Path> replicas, CutFacts facts) {
    this.catalog = catalog;
    this.replicas = replicas;
    this.facts = facts;
  }

  /**
   * What the files do not say of themselves.
   *
   * @param time of the moment, for people
   * @param areCopies whether the files are copies that nobody writes any more, the catalog's made
   *     before the orders'. Then an older copy of the catalog is not noticed
   */
  public record CutFacts(String time, boolean areCopies) {}

  /**
   * Fixes the moment, which is now.
   *
   * @param catalog its database file
   * @param replicas their database files; such as are missing are passed over
   * @throws DataFolderException when the catalog's file is damaged, or cannot be read
   */
  public static StoreCut now(Path catalog, List<Path> replicas, CutFacts facts) {
    CatalogFile opened = CatalogFile.open(catalog);
    try {
      opened.demandWhole();
      return new StoreCut(opened, replicas, facts);
    } catch (DataFolderException e) {
      opened.close();
      throw e;
    }
  }

  /** What was missing when the cut could not be made. */
  public String lack() {
    return lack;
  }

  /**
   * Writes the cut, if some replica's file has all orders of the moment already: it takes them a
   * little later than their clients hear of them.
   *
   * @param file is made, or written anew
   * @return empty where it may be tried again
   * @throws ArchiveFailed when the files contradict each other
   */
  public Optional<Export> tryWrite(Path file) throws IOException {
    List<OrdersFile> opened = new ArrayList<>();
    try {
      OrdersFile longest = longest(opened);
      if (longest == null || longest.count() < catalog.purchases()) {
        long orders = longest == null ? 0 : longest.count();
        lack = "the catalog has decided " + catalog.purchases() + " purchases, and the replicas'"
            + " files have " + orders + " orders of them";
        return Optional.empty();
      }
      longest.demandWhole();
      behind.clear();
      try (ExportWriter out = new ExportWriter(Files.newOutputStream(file))) {
        Optional<Export> written = write(longest, out);
        demandDecidedLater();
        return written;
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      opened.forEach(OrdersFile::close);
    }
  }

  private OrdersFile longest(List<OrdersFile> opened) {
    OrdersFile longest = null;
    for (Path replica : replicas) {
      if (Files.exists(replica)) {
        OrdersFile file = OrdersFile.open(replica);
        opened.add(file);
        if (file.isOlderCopy()) {
          continue;
        }
        if (longest == null || file.count() > longest.count()) {
          longest = file;
        }
      }
    }
    return longest;
  }

  private Optional<Export> write(OrdersFile orders, ExportWriter out) {
    return catalog.read(state -> {
      ExportLine.ExportHead head = head(state.meta(), orders.engine());
      out.head(head);
      state.toys().forEach(out::toy);
      LedgerMatch match = new LedgerMatch(state.ledger().iterator());
      List<PurchaseRequest> holds = orders.read(rows -> copy(rows, match, state, out));
      int missing = match.rest().size();
      if (missing > 0) {
        lack = missing + " purchases that the catalog has decided are no orders yet";
        return Optional.empty();
      }
      holds.forEach(out::hold);
      return Optional.of(new Export(head, out.finish()));
    });
  }

  /** Copies the orders of the cut; what the catalog knows of those behind it is returned. */
  private List<PurchaseRequest> copy(
      Iterator<PlacedOrder> orders, LedgerMatch match, CatalogState state, ExportWriter out) {
    List<PurchaseRequest> holds = new ArrayList<>();
    boolean isBehind = false;
    while (orders.hasNext()) {
      PlacedOrder order = orders.next();
      LedgerRow known = match.take(order.purchase().key());
      if (known != null) {
        demandSame(order, known);
      }
      if (known == null) {
        isBehind = true;
        keepBehind(order);
      } else if (isBehind) {
        demandHeld(order, known);
        holds.add(order.purchase());
      } else {
        out.order(order.number(), order.purchase());
        demandWitnessed(state.meta(), out.mark());
      }
    }
    demandReached(state.meta(), out.mark());
    return holds;
  }

  private void keepBehind(PlacedOrder order) {
    if (behind.size() == MAX_BEHIND) {
      throw new ArchiveFailed("the catalog does not know more than " + MAX_BEHIND
          + " orders: its file is an older copy, or of another store");
    }
    behind.put(order.purchase().key(), order.number());
  }

  /** What the catalog has decided since is no loss: but an older copy of it decides no more. */
  private void demandDecidedLater() {
    if (behind.isEmpty() || facts.areCopies()) {
      return;
    }
    try (CatalogFile later = CatalogFile.open(catalog.file())) {
      later.forEachBehind(catalog.purchases(), behind::remove);
    }
    behind.values().stream().min(Long::compare).ifPresent(first -> {
      throw new ArchiveFailed("the catalog does not know " + behind.size()
          + " orders, the first is " + first + ": its file is an older copy, or of another store");
    });
  }

  private static void demandSame(PlacedOrder order, LedgerRow known) {
    PurchaseRequest bought = new PurchaseRequest(known.key(), known.toy(), known.quantity());
    if (!bought.equals(order.purchase())) {
      throw new ArchiveFailed("order " + order.number() + " is of " + order.purchase()
          + ", and the catalog has " + bought + ": the files are not of one store");
    }
  }

  /** A sale was an order before: so all orders up to it were known to the catalog. */
  private static void demandHeld(PlacedOrder order, LedgerRow known) {
    if (known.state() != LedgerState.HELD) {
      throw new ArchiveFailed("the catalog has sold order " + order.number()
          + " and does not know an earlier one: it is an older copy, or of another store");
    }
  }

  private static void demandWitnessed(Map<Meta, Long> numbers, Mark mark) {
    boolean isWitnessed = mark.orders() == numbers.getOrDefault(Meta.MARK_ORDERS, 0L);
    if (isWitnessed && mark.link() != numbers.getOrDefault(Meta.MARK_LINK, 0L)) {
      throw new ArchiveFailed("the first " + mark.orders()
          + " orders are not those that the catalog was told of: the files are not of one store");
    }
  }

  private static void demandReached(Map<Meta, Long> numbers, Mark mark) {
    long told = numbers.getOrDefault(Meta.MARK_ORDERS, 0L);
    if (mark.orders() < told) {
      throw new ArchiveFailed(
          "the catalog was told of " + told + " orders, and knows only the first " + mark.orders()
              + " of the replicas': it is an older copy, or of another store");
    }
  }

  private ExportLine.ExportHead head(Map<Meta, Long> numbers, String engine) {
    return new ExportLine.ExportHead(
        ExportFormat.NAME,
        ExportFormat.VERSION,
        Export.PROGRAM,
        engine,
        facts.time(),
        numbers.getOrDefault(Meta.FENCE, 0L),
        numbers.getOrDefault(Meta.CLOCK, 0L),
        numbers.getOrDefault(Meta.LAST_SESSION, 0L),
        numbers.getOrDefault(Meta.LEASE_MS, 0L));
  }

  @Override
  public void close() {
    catalog.close();
  }
}
