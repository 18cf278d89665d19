package toystore.order;

import java.io.IOException;
import java.nio.file.Path;
import toystore.disk.BackgroundCheck;
import toystore.disk.DataFolderException;
import toystore.disk.GroupCommit;
import toystore.model.LogPosition;
import toystore.order.log.LogWriter;
import toystore.order.log.SegmentedLog;
import toystore.replication.DurableState;
import toystore.replication.Effects;

/**
 * A primary-backup replica's disk: the log in files of its own, all of it, and the orders that it
 * has led to in a database behind it. Owned by one event loop.
 */
final class LogStore implements DurableLog {
  private final OrderStore orders;
  private final WriteBehind disk;
  private final BackgroundCheck check;

  /** @param check of the log, which ends with this */
  LogStore(OrdersOnDisk files, LogWriter writer, BackgroundCheck check) {
    this.check = check;
    orders = files.store();
    disk = new WriteBehind(files, writer);
  }

  /**
   * What the log says, as far as the orders go at least.
   *
   * @param file of the log
   * @param applied position up to which the orders on disk go
   * @throws DataFolderException when the log has not led to these orders
   */
  static DurableState load(SegmentedLog log, Path file, LogPosition applied) {
    LogPosition last = log.last();
    if (log.base().index() > 0 || !holds(log, file, applied) && applied.index() > 0) {
      throw DataFolderException.damaged(
          file,
          "it goes from " + log.base() + " to " + last + ", but the orders beside it are those up"
              + " to " + applied + ": one of both is an older copy",
          null);
    }
    // What is applied was committed, even where the log was not yet told so.
    long committed = Math.max(log.committed(), applied.index());
    // Everything committed is applied before the core starts.
    return new DurableState(
        log.foundBehind(),
        log.takeFound(),
        log.promise(),
        committed,
        committed,
        log.isRebuilding());
  }

  private static boolean holds(SegmentedLog log, Path file, LogPosition position) {
    try {
      return log.holds(position);
    } catch (IOException e) {
      throw new DataFolderException("log " + file + " cannot be used: " + e, e);
    }
  }

  @Override
  public void persist(Effects.Write write, Runnable onDurable) {
    disk.log(log -> write(log, write), onDurable);
  }

  /** A torn write leaves the promise and some of the entries: as if fewer had been sent. */
  private static void write(SegmentedLog log, Effects.Write write) throws IOException {
    boolean endsRebuilding = log.isRebuilding() && !write.rebuilding();
    if (!endsRebuilding) {
      log.promise(write.promise(), write.rebuilding());
    }
    if (write.truncateFrom() > 0) {
      log.truncateFrom(write.truncateFrom());
    }
    log.append(write.append(), write.committed());
    if (endsRebuilding) {
      // Until all that was fetched is durable, the replica counts as one that has lost it.
      log.sync();
      log.promise(write.promise(), false);
    }
  }

  @Override
  public void tick() {
    disk.tick(() -> {
      OrderStore.Waiting applied = orders.takeWaiting();
      // Behind the log: orders on disk that it has not led to would be those of another one.
      disk.log(log -> {}, () -> orders.write(applied, () -> {}));
    });
  }

  @Override
  public GroupCommit.Counts counts() {
    return disk.counts();
  }

  @Override
  public void close() {
    check.close();
    disk.close();
  }
}
