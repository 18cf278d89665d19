package toystore.order;

import java.util.ArrayList;
import java.util.List;
import toystore.disk.WriteWait;
import toystore.model.LogPosition;
import toystore.model.PurchaseRequest;
import toystore.replication.Entry;

/**
 * The orders of a replica whose folder is made, and the entries of a log that lead to them: one for
 * each, all of one epoch. Owned by one thread, which waits for each write.
 */
public final class MadeOrders {
  private final OrdersOnDisk files;
  private final OrderStore orders;
  private final WriteWait wait;
  private final long epoch;
  private long last;

  /** @param wait is told of a write of the database that failed */
  public MadeOrders(OrdersOnDisk files, WriteWait wait, long epoch) {
    this.files = files;
    this.wait = wait;
    this.epoch = epoch;
    orders = files.store();
  }

  /**
   * Takes orders in, whose numbers go on where the last ones ended; gives their entries.
   *
   * @throws IllegalArgumentException when one of their keys was there before
   */
  public List<Entry> take(List<PurchaseRequest> purchases) {
    List<Entry> entries = new ArrayList<>(purchases.size());
    for (PurchaseRequest purchase : purchases) {
      if (files.book().byKey(purchase.key()).isPresent()) {
        throw new IllegalArgumentException("a key is there twice");
      }
      last++;
      entries.add(Entry.of(last, epoch, purchase));
      files.book().restore(last - 1, purchase);
      orders.add(last - 1, purchase, last);
    }
    orders.appliedUpTo(last());
    return entries;
  }

  /** Position of the last one. */
  public LogPosition last() {
    return last == 0 ? LogPosition.START : new LogPosition(epoch, last);
  }

  /** Makes what was taken in durable; old orders are sealed, so that the first start is quick. */
  public void flush() {
    wait.durable(orders::flush);
    files.sealNow();
  }

  public void close() {
    files.close();
  }
}
