package toystore.order;

import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import toystore.disk.DataFolder;
import toystore.disk.Database;
import toystore.disk.DatabaseConnection;
import toystore.disk.OldRowsCheck;
import toystore.disk.RowSums;
import toystore.disk.Schema;
import toystore.disk.SealedRows;
import toystore.replication.OrderBook;

/**
 * A replica's orders, opened: all are in its database, the old ones are found through sealed rows
 * beside it, and the newest are in the memory of its book.
 */
public final class OrdersOnDisk implements AutoCloseable {
  /** The folder of the sealed rows. Who deletes it loses nothing but time at the next start. */
  public static final String SEALED = "orders.runs";

  private static final RowSums SUMS = new RowSums() {
    @Override
    public long others(DatabaseConnection connection) throws SQLException {
      return OrderStore.appliedDigest(connection);
    }

    @Override
    public long rows(DatabaseConnection connection, long first, long end) throws SQLException {
      return OrderStore.digest(connection, first, end);
    }
  };

  private final Database database;
  private final OrderStore store;
  private final SealedOrders older;
  private final OrderBook book;
  private final OrderSealing sealing;
  private final OldRowsCheck check;

  private OrdersOnDisk(
      String service,
      Database database,
      SealedRows sealed,
      int step,
      Consumer<Throwable> onFailure) {
    this.database = database;
    store = new OrderStore(database, sealed.count(), step);
    older = new SealedOrders(database, sealed, onFailure);
    book = new OrderBook(new SecureRandom().nextLong(), older, step);
    sealing = new OrderSealing(service, book, store, older, onFailure);
    check = OldRowsCheck.start(database, SUMS, sealed, onFailure);
  }

  /**
   * Opens them; the book has those that are sealed, until {@link #load}.
   *
   * @param file name of the database in the folder
   * @param step orders that are sealed at once
   * @param onFailure told, on any thread, that the process must end
   */
  public static OrdersOnDisk open(
      DataFolder folder, String file, Schema schema, int step, Consumer<Throwable> onFailure) {
    SealedRows sealed = SealedRows.open(folder.file(SEALED), schema.owner());
    Database database =
        Database.open(folder.file(file), schema, SUMS, sealed, folder.files(), onFailure);
    return new OrdersOnDisk(schema.owner(), database, sealed, step, onFailure);
  }

  /** Fills the book with all other orders. Takes its time where many are not sealed. */
  public void load() {
    sealing.load();
  }

  /**
   * Writes what was applied so far, and takes it out of memory: at a start that applies much of a
   * log. Waits; where the write fails, the process ends by {@code onFailure}.
   */
  void settle() {
    CompletableFuture<Void> durable = new CompletableFuture<>();
    store.flush(() -> durable.complete(null));
    durable.join();
    sealNow();
  }

  public Database database() {
    return database;
  }

  public OrderStore store() {
    return store;
  }

  public SealedOrders older() {
    return older;
  }

  public OrderBook book() {
    return book;
  }

  /** Seals what is full and durable, and waits for it. */
  void sealNow() {
    sealing.sealNow();
  }

  /** Time has passed. */
  void tick() {
    sealing.tick();
  }

  /** Writes what was handed over, and closes. Waits for it. */
  @Override
  public void close() {
    check.close();
    sealing.close();
    database.close();
  }
}
