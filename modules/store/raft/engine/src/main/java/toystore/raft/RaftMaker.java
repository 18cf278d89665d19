package toystore.raft;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import toystore.disk.DataFolder;
import toystore.disk.DataFolderException;
import toystore.disk.WriteWait;
import toystore.model.LogPosition;
import toystore.model.PurchaseRequest;
import toystore.order.MadeOrders;
import toystore.order.ReplicaMaker;
import toystore.order.log.SegmentedLog;
import toystore.replication.Effects.Promise;
import toystore.replication.OrderBook;

/**
 * Makes a replica of Raft, as a snapshot leaves one: the orders are in its database, and the log
 * begins behind them.
 */
public final class RaftMaker implements ReplicaMaker {
  private final DataFolder folder;
  private final String service;
  private final MadeOrders orders;
  private final long term;

  private RaftMaker(DataFolder folder, String service, long term) {
    this.folder = folder;
    this.service = service;
    this.term = term;
    WriteWait wait = new WriteWait();
    orders = new MadeOrders(
        RaftEngine.orders(service, folder, OrderBook.STEP, wait::failed), wait, term);
  }

  /**
   * Makes it.
   *
   * @param service whose folder it is, such as {@code order-2}
   * @param term of all entries, and promised: no leader may have had it, or a later one
   * @throws DataFolderException when the folder is in use, or cannot be written
   */
  public static RaftMaker open(Path path, String service, long term) {
    DataFolder folder = DataFolder.open(path);
    try {
      return new RaftMaker(folder, service, term);
    } catch (DataFolderException e) {
      folder.close();
      throw e;
    }
  }

  @Override
  public void add(List<PurchaseRequest> purchases) {
    orders.take(purchases);
    orders.flush();
  }

  /** The log comes last: without it the replica counts as one that was lost. */
  @Override
  public void close() {
    orders.close();
    try (SegmentedLog log =
        SegmentedLog.open(folder.file(SegmentedLog.FOLDER), service, SegmentedLog.SEGMENT_BYTES)) {
      log.promise(new Promise(term, 0));
      if (!orders.last().equals(LogPosition.START)) {
        log.meet(orders.last());
        log.sync();
      }
    } catch (IOException e) {
      throw new DataFolderException("cannot write " + folder.path() + ": " + e, e);
    } finally {
      folder.close();
    }
  }
}
