package toystore.raft;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import toystore.disk.DataFolder;
import toystore.disk.DataFolderException;
import toystore.disk.Database;
import toystore.disk.WriteWait;
import toystore.model.LogPosition;
import toystore.model.PurchaseRequest;
import toystore.order.OrderStore;
import toystore.order.ReplicaMaker;
import toystore.order.log.SegmentedLog;
import toystore.replication.Effects.Promise;

/**
 * Makes a replica of Raft, as a snapshot leaves one: the orders are in its database, and the log
 * begins behind them.
 */
public final class RaftMaker implements ReplicaMaker {
  private final DataFolder folder;
  private final WriteWait wait = new WriteWait();
  private final Database database;
  private final OrderStore orders;
  private final long term;
  private long last;

  private RaftMaker(DataFolder folder, String service, long term) {
    this.folder = folder;
    this.term = term;
    database = RaftEngine.database(service, folder, wait::failed);
    orders = new OrderStore(database);
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
    for (PurchaseRequest purchase : purchases) {
      last++;
      orders.add(last - 1, purchase, last);
    }
    orders.appliedUpTo(new LogPosition(term, last));
    wait.durable(orders::flush);
  }

  /** The log comes last: without it the replica counts as one that was lost. */
  @Override
  public void close() {
    database.close();
    try (SegmentedLog log =
        SegmentedLog.open(folder.file(SegmentedLog.FOLDER), SegmentedLog.SEGMENT_BYTES)) {
      log.promise(new Promise(term, 0));
      if (last > 0) {
        log.meet(new LogPosition(term, last));
        log.sync();
      }
    } catch (IOException e) {
      throw new DataFolderException("cannot write " + folder.path() + ": " + e, e);
    } finally {
      folder.close();
    }
  }
}
