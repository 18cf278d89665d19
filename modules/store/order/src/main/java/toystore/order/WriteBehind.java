package toystore.order;

import toystore.disk.GroupCommit;
import toystore.order.log.LogWriter;

/**
 * What the disks of both engines do alike: the log is written at once, and the orders that it has
 * led to are written a little later, in company; old ones are sealed. Owned by one event loop.
 */
public final class WriteBehind {
  private static final int FLUSH_TICKS = 10;

  private final OrdersOnDisk files;
  private final OrderStore orders;
  private final LogWriter writer;
  private int ticksSinceFlush;

  public WriteBehind(OrdersOnDisk files, LogWriter writer) {
    this.files = files;
    this.orders = files.store();
    this.writer = writer;
  }

  /** @param onDurable called on the log's thread, in the order of the calls */
  public void log(LogWriter.LogChange change, Runnable onDurable) {
    writer.add(change, onDurable);
  }

  /**
   * Applied orders can be had from the log again, so they may wait for company.
   *
   * @param flush called where it is time for them
   */
  public void tick(Runnable flush) {
    files.tick();
    if (++ticksSinceFlush >= FLUSH_TICKS && !orders.isLevel()) {
      ticksSinceFlush = 0;
      flush.run();
    }
  }

  public GroupCommit.Counts counts() {
    return writer.counts();
  }

  /** Writes what waits: the log first, so that no orders on disk are ahead of it. */
  public void close() {
    if (!orders.isLevel()) {
      OrderStore.Waiting rest = orders.takeWaiting();
      // Not where the log failed: then those that were handed over before are not written, either.
      writer.add(log -> {}, () -> orders.write(rest, () -> {}));
    }
    writer.close();
    files.close();
  }
}
