package toystore.order;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import toystore.disk.DataFolder;
import toystore.disk.DataFolderException;
import toystore.disk.WriteWait;
import toystore.model.LogPosition;
import toystore.model.PurchaseRequest;
import toystore.order.log.LogFile;
import toystore.order.log.SegmentedLog;
import toystore.replication.Effects;
import toystore.replication.OrderBook;

/** Makes a replica of the primary-backup engine: its log, and the orders, all of it applied. */
public final class PrimaryBackupMaker implements ReplicaMaker {
  private final DataFolder folder;
  private final MadeOrders orders;
  private final SegmentedLog log;
  private final long epoch;

  private PrimaryBackupMaker(DataFolder folder, String service, long epoch) {
    this.folder = folder;
    this.epoch = epoch;
    WriteWait wait = new WriteWait();
    OrdersOnDisk files = PrimaryBackupEngine.orders(service, folder, OrderBook.STEP, wait::failed);
    orders = new MadeOrders(files, wait, epoch);
    log = PrimaryBackupEngine.log(
        folder.file(SegmentedLog.FOLDER), service, LogPosition.START, LogFile::open, wait::failed);
  }

  /**
   * Makes it.
   *
   * @param service whose folder it is, such as {@code order-2}
   * @param epoch of all entries, and promised: no office may have had it, or a later one
   * @throws DataFolderException when the folder is in use, or cannot be written
   */
  public static PrimaryBackupMaker open(Path path, String service, long epoch) {
    DataFolder folder = DataFolder.open(path);
    try {
      return new PrimaryBackupMaker(folder, service, epoch);
    } catch (DataFolderException e) {
      folder.close();
      throw e;
    }
  }

  @Override
  public void add(List<PurchaseRequest> purchases) {
    try {
      log.append(orders.take(purchases), orders.last().index());
      log.sync();
    } catch (IOException e) {
      throw cannotWrite(e);
    }
    orders.flush();
  }

  /** The promise comes last: without it the replica counts as one that is being rebuilt. */
  @Override
  public void close() {
    orders.close();
    try (log) {
      log.promise(new Effects.Promise(epoch, 0), false);
    } catch (IOException e) {
      throw cannotWrite(e);
    } finally {
      folder.close();
    }
  }

  private DataFolderException cannotWrite(IOException e) {
    return new DataFolderException("cannot write " + folder.path() + ": " + e, e);
  }
}
