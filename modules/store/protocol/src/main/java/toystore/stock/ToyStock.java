package toystore.stock;

import java.util.ArrayDeque;
import java.util.Deque;
import toystore.stock.CatalogMessages.ToyState;

/**
 * One toy: its newest state, which decides, and its visible one, which readers get. The visible
 * state follows when the changes between are durable and no older copy is left.
 *
 * <p>Invariant: initial + restocked = newest stock + held + sold.
 */
final class ToyStock {
  final int position;
  final String name;
  final Copies copies = new Copies();
  private final long initial;
  // Invariant: in the order of the decisions, which is the order in which they become known.
  private final Deque<PendingDecision> pending = new ArrayDeque<>(1);
  // Invariant: the changes in pending; 0 means that newest and visible state are one.
  private int pendingChanges;
  private long priceCents;
  private long restocked;
  // Invariant: newestStock >= 0. Only take() lowers it, and it looks first.
  private long newestStock;
  private long newestVersion;
  private long visibleStock;
  // Invariant: visibleVersion <= newestVersion, and no session has a copy below visibleVersion.
  private long visibleVersion;

  ToyStock(ToyRow row) {
    position = row.position();
    name = row.name();
    initial = row.initial();
    priceCents = row.priceCents();
    restocked = row.restocked();
    newestStock = row.stock();
    newestVersion = row.version();
    visibleStock = newestStock;
    visibleVersion = newestVersion;
  }

  boolean has(int quantity) {
    return newestStock >= quantity;
  }

  /**
   * Whether there are less than so many now, in all that readers may still see, and after any
   * restock: one comes only when nothing is left.
   */
  boolean neverHas(int quantity, long restockTo) {
    return quantity > Math.max(visibleStock, restockTo);
  }

  boolean isSoldOut() {
    return newestStock == 0;
  }

  long newestStock() {
    return newestStock;
  }

  long newestVersion() {
    return newestVersion;
  }

  boolean isChanging() {
    return pendingChanges > 0;
  }

  int pendingChanges() {
    return pendingChanges;
  }

  /** Changes the price before anybody has read it: at start only. False where it is the same. */
  boolean reprice(long newPriceCents) {
    if (newPriceCents == priceCents) {
      return false;
    }
    priceCents = newPriceCents;
    newestVersion++;
    visibleVersion = newestVersion;
    return true;
  }

  PendingDecision take(int quantity, int row, long writeId) {
    if (!has(quantity)) {
      throw new IllegalStateException(name + " oversold: " + newestStock + " < " + quantity);
    }
    newestStock -= quantity;
    return change(row, writeId);
  }

  PendingDecision restock(long units, long writeId) {
    newestStock += units;
    restocked += units;
    return change(Ledger.ABSENT, writeId);
  }

  PendingDecision refuse(int row, long writeId) {
    PendingDecision refusal = new PendingDecision(row, false, writeId, newestStock, newestVersion);
    pending.add(refusal);
    return refusal;
  }

  /** Makes the next pending decision known, and returns it; null when it must wait. */
  PendingDecision releaseNext(long durableWriteId) {
    PendingDecision next = pending.peek();
    if (next == null || next.writeId > durableWriteId) {
      return null;
    }
    if (next.change) {
      if (!copies.isEmpty()) {
        return null;
      }
      visibleStock = next.stock;
      visibleVersion = next.version;
      pendingChanges--;
    }
    return pending.remove();
  }

  boolean hasPending() {
    return !pending.isEmpty();
  }

  ToyState view(boolean cacheable) {
    return new ToyState(name, priceCents, visibleStock, visibleVersion, cacheable);
  }

  /** The newest state, as the disk gets it. */
  ToyRow row() {
    return new ToyRow(position, name, priceCents, initial, restocked, newestStock, newestVersion);
  }

  private PendingDecision change(int row, long writeId) {
    newestVersion++;
    pendingChanges++;
    PendingDecision change = new PendingDecision(row, true, writeId, newestStock, newestVersion);
    pending.add(change);
    return change;
  }
}
