package toystore.order;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import toystore.disk.Database;
import toystore.disk.DatabaseConnection;
import toystore.disk.GroupCommit;
import toystore.model.Chain;
import toystore.model.LogPosition;
import toystore.model.PurchaseRequest;
import toystore.model.Require;

/**
 * The applied orders on disk: for a start, for people, and for all that ask for old ones, which are
 * not in memory. The log has an order first, so it may wait here for company: a crash loses only
 * what the log has. Owned by one event loop.
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

  private final StepDigests digests;
  private List<OrderRow> waiting = new ArrayList<>();
  private LogPosition applied;
  private LogPosition handedOver;
  /** All orders below it survive a crash, in the database. */
  private volatile long durable;

  /**
   * @param sealed orders that are sealed
   * @param step in how large steps they are
   */
  public OrderStore(Database database, long sealed, int step) {
    this.database = database;
    this.digests = new StepDigests(sealed, step);
    this.durable = sealed;
    this.applied = database.read(OrderStore::readApplied);
    this.handedOver = applied;
    this.appliedDigest = digest(chain, applied);
  }

  /** The sum of the digests of all rows of {@link #TABLES}. */
  public static long digest(DatabaseConnection session) throws SQLException {
    return appliedDigest(session) + digest(session, 0, Long.MAX_VALUE);
  }

  /** The digest of the row that says what is applied. */
  static long appliedDigest(DatabaseConnection session) throws SQLException {
    Chain chain = new Chain();
    long sum = 0;
    try (ResultSet row = session.prepare("SELECT epoch, idx FROM applied").executeQuery()) {
      while (row.next()) {
        sum += digest(chain, new LogPosition(row.getLong(1), row.getLong(2)));
      }
    }
    return sum;
  }

  /** The sum of the digests of the orders from one number to before another. */
  static long digest(DatabaseConnection session, long first, long end) throws SQLException {
    Chain chain = new Chain();
    long sum = 0;
    PreparedStatement select = session.prepare(
        "SELECT number, idx, key, toy, quantity FROM orders WHERE number >= ? AND number < ?");
    select.setLong(1, first);
    select.setLong(2, end);
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

  /** Gives every order on disk from this number on, by number. Takes its time. */
  public void load(long from, Consumer<OrderRow> orders) {
    durable = database.<Long>read(session -> {
      long end = from;
      PreparedStatement select =
          session.prepare("SELECT * FROM orders WHERE number >= ? ORDER BY number");
      select.setLong(1, from);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          PurchaseRequest purchase =
              new PurchaseRequest(rows.getString(2), rows.getString(3), rows.getInt(4));
          OrderRow row = new OrderRow(rows.getLong(1), purchase, rows.getLong(5));
          digests.add(row.number, digest(chain, row));
          orders.accept(row);
          end = row.number + 1;
        }
      }
      return end;
    });
  }

  /** The place in the log of the last order on disk, or 0. */
  public long lastIndex() {
    return database.read(session -> {
      PreparedStatement select =
          session.prepare("SELECT idx FROM orders ORDER BY number DESC LIMIT 1");
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : 0L;
      }
    });
  }

  Path file() {
    return database.file();
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

  /** What waits, to be written. */
  Waiting takeWaiting() {
    Waiting taken = new Waiting(waiting, applied);
    waiting = new ArrayList<>();
    handedOver = applied;
    return taken;
  }

  /**
   * Writes what was taken, in a transaction of its own; what was taken first is written first.
   *
   * @param onDurable called on the writer's thread
   */
  void write(Waiting taken, Runnable onDurable) {
    database.write(session -> write(session, taken.rows, taken.upTo), () -> {
      if (!taken.rows.isEmpty()) {
        durable = taken.rows.get(taken.rows.size() - 1).number + 1;
      }
      onDurable.run();
    });
  }

  private void write(DatabaseConnection session, List<OrderRow> rows, LogPosition upTo)
      throws SQLException {
    PreparedStatement insert = session.prepare(INSERT);
    for (OrderRow row : rows) {
      insert.setLong(1, row.number);
      insert.setString(2, row.purchase.key());
      insert.setString(3, row.purchase.name());
      insert.setInt(4, row.purchase.quantity());
      insert.setLong(5, row.index);
      insert.executeUpdate();
      long digest = digest(chain, row);
      session.added(digest);
      digests.add(row.number, digest);
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
    write(takeWaiting(), onDurable);
  }

  /** All orders below it survive a crash, in the database. May be asked from any thread. */
  long durable() {
    return durable;
  }

  /** The sum of the digests of the step of rows that begins with this one; it must be durable. */
  long takeDigest(long first) {
    return digests.take(first);
  }

  /** That step was not sealed. */
  void returnDigest(long first, long digest) {
    digests.add(first, digest);
  }

  /** How many transactions were committed to the file so far; may be asked from any thread. */
  public GroupCommit.Counts counts() {
    return database.counts();
  }

  /** What was taken, and is to be written. */
  static final class Waiting {
    private final List<OrderRow> rows;
    private final LogPosition upTo;

    private Waiting(List<OrderRow> rows, LogPosition upTo) {
      this.rows = rows;
      this.upTo = upTo;
    }
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
