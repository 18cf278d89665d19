package toystore.purchase;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import toystore.model.Chain;
import toystore.model.Mark;
import toystore.model.PurchaseRequest;
import toystore.replication.Entry;
import toystore.replication.OrderBook;

/**
 * The orders of a leader's log beside the catalog's record of them: neither may be older than the
 * other, or of another history. The log must have all that the catalog's mark stands for; and each
 * later order of the log must be in the catalog's ledger, for all stock is taken there first.
 *
 * <p>Owned by one take-over.
 */
public final class LedgerComparison {
  private final OrderBook book;
  /** Orders that the log will make beyond those in the book. */
  private final List<PurchaseRequest> beyond = new ArrayList<>();

  private final Mark catalogs;
  private final String objection;
  private long next;

  /**
   * @param unapplied of the log, in its order
   * @param proposed by this leader: an earlier run of the catalog holds stock for it, and the log
   *     may have it already, or take it in at any time
   */
  LedgerComparison(
      OrderBook book, List<Entry> unapplied, List<PurchaseRequest> proposed, Mark catalogs) {
    this.book = book;
    this.catalogs = catalogs;
    Set<String> keys = new HashSet<>();
    Stream.concat(unapplied.stream().map(Entry::purchase), proposed.stream())
        .filter(purchase ->
            purchase != null && book.byKey(purchase.key()).isEmpty() && keys.add(purchase.key()))
        .forEach(beyond::add);
    objection = objection();
    next = catalogs.orders();
  }

  private long count() {
    return book.count() + beyond.size();
  }

  private String objection() {
    if (catalogs.orders() > count()) {
      return "orders are missing here: the catalog was told of " + catalogs.orders()
          + ", and the logs of the replicas that answer have " + count()
          + "; start the replica that has them, or put a newer copy of its folder back";
    }
    if (catalogs.link() != link(catalogs.orders())) {
      return "the first " + catalogs.orders() + " orders here are not those that the catalog was"
          + " told of: the files are of different histories; put back folders that belong together";
    }
    return null;
  }

  /** The link of the chain after so many orders. */
  private long link(long orders) {
    if (orders <= book.count()) {
      return book.markAt(orders).link();
    }
    Chain chain = new Chain();
    long link = book.mark().link();
    for (long number = book.count(); number < orders; number++) {
      link = OrderBook.link(chain, link, number, purchase(number));
    }
    return link;
  }

  private PurchaseRequest purchase(long number) {
    return number < book.count()
        ? book.purchase(number)
        : beyond.get((int) (number - book.count()));
  }

  /** Why this log must not be led by, in words for people; null where nothing was found. */
  String logObjection() {
    return objection;
  }

  /** Orders that the catalog must still say it knows, at most so many; empty once it has. */
  List<PurchaseRequest> toAsk(int most) {
    List<PurchaseRequest> batch = new ArrayList<>();
    for (long number = next; number < count() && batch.size() < most; number++) {
      batch.add(purchase(number));
    }
    return batch;
  }

  /**
   * The catalog's answer to all that was last to be asked.
   *
   * @param known how many of them it knows, up to the first that it does not
   * @return why this catalog must not be used, in words for people; null where it knows all
   */
  String answered(int asked, int known) {
    next += known;
    return known == asked
        ? null
        : "the catalog does not know order " + next + ": its file is older than the orders, or"
            + " another store's; while status still says so, stop the catalog, put the newest copy of"
            + " its folder back, and start it";
  }
}
