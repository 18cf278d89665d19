package toystore.order;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import toystore.disk.DataFolder;
import toystore.disk.DataFolderException;
import toystore.disk.Database;
import toystore.disk.WriteWait;
import toystore.model.PurchaseRequest;
import toystore.replication.Effects;
import toystore.replication.Entry;

/** Makes a replica of the primary-backup engine: its log, all of it applied, in one file. */
public final class PrimaryBackupMaker implements ReplicaMaker {
  private final DataFolder folder;
  private final WriteWait wait = new WriteWait();
  private final OrderStore orders;
  private final LogStore log;
  private final long epoch;
  private long writes;
  private long last;

  private PrimaryBackupMaker(DataFolder folder, String service, long epoch) {
    this.folder = folder;
    this.epoch = epoch;
    Database database = PrimaryBackupEngine.open(service, folder, wait::failed);
    orders = new OrderStore(database);
    log = new LogStore(database, orders);
    write(List.of());
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
    List<Entry> entries = new ArrayList<>(purchases.size());
    for (PurchaseRequest purchase : purchases) {
      Entry entry = Entry.of(++last, epoch, purchase);
      entries.add(entry);
      orders.add(last - 1, purchase, last);
      orders.appliedUpTo(entry.position());
    }
    write(entries);
  }

  private void write(List<Entry> entries) {
    Effects.Promise promise = new Effects.Promise(epoch, 0);
    Effects.Write write = new Effects.Write(++writes, 0, entries, promise, last);
    wait.durable(onDurable -> log.persist(write, onDurable));
    log.tick(); // The next write takes the orders that are applied by then.
  }

  @Override
  public void close() {
    log.tick();
    log.close();
    folder.close();
  }
}
