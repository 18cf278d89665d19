package toystore.order;

import java.util.ArrayList;
import java.util.List;
import toystore.disk.Database;
import toystore.disk.WriteWait;
import toystore.model.LogPosition;
import toystore.model.PurchaseRequest;
import toystore.replication.Entry;

/**
 * The orders of a replica whose folder is made, and the entries of a log that lead to them: one for
 * each, all of one epoch. Owned by one thread, which waits for each write.
 */
public final class MadeOrders {
  private final Database database;
  private final OrderStore orders;
  private final WriteWait wait;
  private final long epoch;
  private long last;

  /** @param wait is told of a write of the database that failed */
  public MadeOrders(Database database, WriteWait wait, long epoch) {
    this.database = database;
    this.wait = wait;
    this.epoch = epoch;
    orders = new OrderStore(database);
  }

  /** Takes orders in, whose numbers go on where the last ones ended; gives their entries. */
  public List<Entry> take(List<PurchaseRequest> purchases) {
    List<Entry> entries = new ArrayList<>(purchases.size());
    for (PurchaseRequest purchase : purchases) {
      last++;
      entries.add(Entry.of(last, epoch, purchase));
      orders.add(last - 1, purchase, last);
    }
    orders.appliedUpTo(last());
    return entries;
  }

  /** Position of the last one. */
  public LogPosition last() {
    return last == 0 ? LogPosition.START : new LogPosition(epoch, last);
  }

  /** Makes what was taken in durable. */
  public void flush() {
    wait.durable(orders::flush);
  }

  public void close() {
    database.close();
  }
}
