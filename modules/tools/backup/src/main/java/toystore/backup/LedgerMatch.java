package toystore.backup;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import toystore.stock.LedgerRow;

/**
 * Finds for each order its purchase in the catalog's ledger. Both are read once, side by side: they
 * are in almost the same sequence, so what waits here is what was under way at the same time, and
 * never all of it. Pure.
 */
final class LedgerMatch {
  /** Far more than can be under way at a time. */
  private static final int MAX_WAITING = 1_000_000;

  private final Iterator<LedgerRow> ledger;
  private final Map<String, LedgerRow> waiting = new LinkedHashMap<>();

  LedgerMatch(Iterator<LedgerRow> ledger) {
    this.ledger = ledger;
  }

  /** The purchase with this key, which is given once; null where the ledger has none. */
  LedgerRow take(String key) {
    LedgerRow known = waiting.remove(key);
    while (known == null && ledger.hasNext()) {
      LedgerRow next = ledger.next();
      if (next.key().equals(key)) {
        known = next;
      } else {
        keep(next);
      }
    }
    return known;
  }

  /** What was not taken, in the ledger's sequence. */
  Collection<LedgerRow> rest() {
    while (ledger.hasNext()) {
      keep(ledger.next());
    }
    return waiting.values();
  }

  private void keep(LedgerRow row) {
    if (waiting.size() == MAX_WAITING) {
      throw new ArchiveFailed("more than " + MAX_WAITING + " purchases of the catalog are not among"
          + " the orders: the files are not of one store, or one of them is an old copy");
    }
    waiting.put(row.key(), row);
  }
}
