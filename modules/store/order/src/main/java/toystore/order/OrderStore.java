package toystore.order;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import toystore.disk.Database;
import toystore.disk.DatabaseConnection;
import toystore.disk.GroupCommit;
import toystore.disk.Transaction;
import toystore.model.Chain;
import toystore.model.LogPosition;
import toystore.model.PurchaseRequest;
import toystore.model.Require;

/**
 * The applied orders on disk, for people and for a quick start; what makes them durable is the log.
 * So they need no fsync of their own: they wait here for the next write. Owned by one event loop.
 */
public final class OrderStore implements AppliedOrders {
  /**
   * Makes the tables, and says that nothing is applied. The key has no index: random keys made a
   * write twice as dear, and it is the book that keeps keys apart.
   */
  public static final List<String> TABLES = List.of(
      """
      CREATE TABLE orders(
        number INTEGER PRIMARY KEY, key TEXT NOT NULL, toy TEXT NOT NULL,
        quantity INTEGER NOT NULL, idx INTEGER NOT NULL)""",
      """
      CREATE TABLE applied(
        id INTEGER PRIMARY KEY CHECK(id = 1), idx INTEGER NOT NULL, epoch INTEGER NOT NULL)""",
      "INSERT INTO applied VALUES(1, 0, 0)");

  /** Of a Raft replica's file: these tables, and no other. */
  public static final int SCHEMA_VERSION = 2;

  private static final String INSERT = "INSERT INTO orders VALUES(?, ?, ?, ?, ?)";
  private static final String APPLIED = "UPDATE applied SET idx = ?, epoch = ?";

  private static final long ORDER_DIGEST = 0x4f52444552L;
  private static final long APPLIED_DIGEST = 0x4150504c494544L;

  private final Database database;
  /** For the writer's thread. */
  private final Chain chain = new Chain();
  /** Of the row that says what is applied; the writer's thread alone changes it. */
  private long appliedDigest;

  private List<OrderRow> waiting = new ArrayList<>();
  private LogPosition applied;
  private LogPosition handedOver;

  public OrderStore(Database database) {
    this.database = database;
    this.applied = database.read(OrderStore::readApplied);
    this.handedOver = applied;
    this.appliedDigest = digest(chain, applied);
  }

  /** The sum of the digests of all rows of {@link #TABLES}. */
  public static long digest(DatabaseConnection session) throws SQLException {
    Chain chain = new Chain();
    long sum = 0;
    try (ResultSet row = session.prepare("SELECT epoch, idx FROM applied").executeQuery()) {
      while (row.next()) {
        sum += digest(chain, new LogPosition(row.getLong(1), row.getLong(2)));
      }
    }
    PreparedStatement select =
        session.prepare("SELECT number, idx, key, toy, quantity FROM orders");
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        sum += chain.next(
            ORDER_DIGEST,
            row.getLong(1),
            row.getLong(2),
            row.getString(3),
            row.getString(4),
            row.getString(5));
      }
    }
    return sum;
  }

  private static long digest(Chain chain, LogPosition applied) {
    return chain.next(APPLIED_DIGEST, applied.epoch(), applied.index());
  }

  private static long digest(Chain chain, OrderRow row) {
    return chain.next(
        ORDER_DIGEST,
        row.number,
        row.index,
        row.purchase.key(),
        row.purchase.name(),
        Integer.toString(row.purchase.quantity()));
  }

  private static LogPosition readApplied(DatabaseConnection session) throws SQLException {
    try (ResultSet row = session.prepare("SELECT epoch, idx FROM applied").executeQuery()) {
      row.next();
      return new LogPosition(row.getLong(1), row.getLong(2));
    }
  }

  /** Position up to which everything is applied. */
  public LogPosition applied() {
    return applied;
  }

  /**
   * Gives every order on disk, by number. Takes its time.
   *
   * @return the place in the log of the last one, or 0
   */
  public long load(Consumer<OrderRow> orders) {
    return database.<Long>read(session -> {
      long last = 0;
      PreparedStatement select = session.prepare("SELECT * FROM orders ORDER BY number");
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          PurchaseRequest purchase =
              new PurchaseRequest(rows.getString(2), rows.getString(3), rows.getInt(4));
          last = rows.getLong(5);
          orders.accept(new OrderRow(rows.getLong(1), purchase, last));
        }
      }
      return last;
    });
  }

  @Override
  public void add(long number, PurchaseRequest purchase, long index) {
    waiting.add(new OrderRow(number, purchase, index));
  }

  @Override
  public void appliedUpTo(LogPosition position) {
    applied = position;
  }

  public boolean isLevel() {
    return applied.equals(handedOver) && waiting.isEmpty();
  }

  /** What waits, for a transaction that is about to be written anyway. */
  public Transaction takeWaiting() {
    if (isLevel()) {
      return session -> {};
    }
    List<OrderRow> rows = waiting;
    LogPosition upTo = applied;
    waiting = new ArrayList<>();
    handedOver = upTo;
    return session -> write(session, rows, upTo);
  }

  private void write(DatabaseConnection session, Iterable<OrderRow> rows, LogPosition upTo)
      throws SQLException {
    PreparedStatement insert = session.prepare(INSERT);
    for (OrderRow row : rows) {
      insert.setLong(1, row.number);
      insert.setString(2, row.purchase.key());
      insert.setString(3, row.purchase.name());
      insert.setInt(4, row.purchase.quantity());
      insert.setLong(5, row.index);
      insert.executeUpdate();
      session.added(digest(chain, row));
    }
    PreparedStatement update = session.prepare(APPLIED);
    update.setLong(1, upTo.index());
    update.setLong(2, upTo.epoch());
    update.executeUpdate();
    session.removed(appliedDigest);
    appliedDigest = digest(chain, upTo);
    session.added(appliedDigest);
  }

  /** Writes what waits, in a transaction of its own. */
  public void flush(Runnable onDurable) {
    database.write(takeWaiting(), onDurable);
  }

  /** How many transactions were committed to the file so far; may be asked from any thread. */
  public GroupCommit.Counts counts() {
    return database.counts();
  }

  /**
   * One order.
   *
   * @param index its place in the log
   */
  public record OrderRow(long number, PurchaseRequest purchase, long index) {
    public OrderRow {
      Require.atLeast(0, "number", number);
      Require.present("purchase", purchase);
      Require.atLeast(1, "index", index);
    }
  }
}
