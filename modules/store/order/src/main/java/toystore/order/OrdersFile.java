package toystore.order;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Function;
import toystore.disk.DataFolderException;
import toystore.disk.DatabaseConnection;
import toystore.disk.DatabaseSnapshot;
import toystore.model.EngineName;
import toystore.model.PurchaseRequest;
import toystore.order.log.LogReading;
import toystore.order.log.SegmentedLog;
import toystore.replication.Entry;
import toystore.replication.OrderBook.PlacedOrder;

/** One state of a replica's orders, of either engine, read beside the replica or without it. */
public final class OrdersFile implements AutoCloseable {
  /** Its name in the data folder of a replica. */
  public static final String NAME = PrimaryBackupEngine.FILE;

  private static final String COUNT = "SELECT coalesce(max(number) + 1, 0) FROM orders";
  private static final String ROWS =
      "SELECT number, key, toy, quantity FROM orders ORDER BY number";

  private final DatabaseSnapshot snapshot;

  private OrdersFile(DatabaseSnapshot snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * Opens it; the first question fixes the state.
   *
   * @throws DataFolderException when it cannot be opened
   */
  public static OrdersFile open(Path file) {
    return new OrdersFile(DatabaseSnapshot.open(file));
  }

  public Path file() {
    return snapshot.file();
  }

  /** The engine that has written it. */
  public String engine() {
    return snapshot.engine();
  }

  /**
   * Demands that its rows are those that were written. Takes its time.
   *
   * @throws DataFolderException when they are not, or the file is older than its mark
   */
  public void demandWhole() {
    if (!EngineName.PRIMARY_BACKUP.toString().equals(engine())) {
      snapshot.demandWhole(OrderStore.SCHEMA_VERSION, OrderStore::digest);
    } else if (hasLog()) {
      snapshot.demandWhole(
          LogTable.SCHEMA_VERSION,
          session -> OrderStore.digest(session) + LogTable.digest(session));
    } else {
      snapshot.demandWhole(PrimaryBackupEngine.SCHEMA_VERSION, OrderStore::digest);
    }
  }

  /** Whether the log is in this file, too: an earlier version has written it. */
  private boolean hasLog() {
    return number("SELECT count(*) FROM sqlite_schema WHERE name = 'log'") > 0;
  }

  /** Whether it lacks what the mark beside it says was durable. */
  public boolean isOlderCopy() {
    return snapshot.doubt().isPresent();
  }

  /** How many orders are applied in it. */
  public long count() {
    return number(COUNT);
  }

  /** Up to which place of the log all is applied. */
  public long appliedIndex() {
    return number("SELECT idx FROM applied");
  }

  private long number(String sql) {
    return snapshot.read(session -> {
      try (ResultSet row = session.prepare(sql).executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    });
  }

  /**
   * The purchases of a replica's log behind this place, whether or not they are orders. The
   * replica must be down.
   *
   * @param folder of the replica, of either engine
   * @throws DataFolderException when the log is damaged
   * @throws IOException when it cannot be read
   */
  public static List<PurchaseRequest> logBehind(Path folder, long index) throws IOException {
    try (OrdersFile file = open(folder.resolve(NAME))) {
      if (file.hasLog()) {
        return file.tableBehind(index);
      }
    }
    LogReading log = LogReading.of(folder.resolve(SegmentedLog.FOLDER));
    if (log.damage() != null) {
      throw DataFolderException.damaged(folder.resolve(SegmentedLog.FOLDER), log.damage(), null);
    }
    List<PurchaseRequest> behind = new ArrayList<>();
    log.forEach(index + 1, entry -> {
      if (entry.purchase() != null) {
        behind.add(entry.purchase());
      }
    });
    return behind;
  }

  private List<PurchaseRequest> tableBehind(long index) {
    return snapshot.read(session -> LogTable.read(session, index, Integer.MAX_VALUE).stream()
        .map(Entry::purchase)
        .filter(Objects::nonNull)
        .toList());
  }

  /** Gives the orders by number, as they come from the disk, once in each reading. */
  public <T> T read(Function<Iterator<PlacedOrder>, T> use) {
    return snapshot.read(session -> use.apply(new OrderRows(session)));
  }

  @Override
  public void close() {
    snapshot.close();
  }

  /** Orders as they come from the disk. */
  private final class OrderRows implements Iterator<PlacedOrder> {
    private final ResultSet rows;
    private boolean hasNext;

    OrderRows(DatabaseConnection session) throws SQLException {
      rows = session.prepare(ROWS).executeQuery();
      hasNext = rows.next();
    }

    @Override
    public boolean hasNext() {
      return hasNext;
    }

    @Override
    public PlacedOrder next() {
      if (!hasNext) {
        throw new NoSuchElementException();
      }
      try {
        PurchaseRequest purchase =
            new PurchaseRequest(rows.getString(2), rows.getString(3), rows.getInt(4));
        PlacedOrder placed = new PlacedOrder(rows.getLong(1), purchase);
        hasNext = rows.next();
        return placed;
      } catch (SQLException | IllegalArgumentException e) {
        throw DataFolderException.damaged(file(), e.getMessage(), e);
      }
    }
  }
}
