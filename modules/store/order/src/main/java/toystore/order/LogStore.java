package toystore.order;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import toystore.disk.DataFolderException;
import toystore.disk.Database;
import toystore.disk.DatabaseConnection;
import toystore.disk.GroupCommit;
import toystore.disk.Transaction;
import toystore.model.Chain;
import toystore.model.PurchaseRequest;
import toystore.replication.DurableState;
import toystore.replication.Effects;
import toystore.replication.Entry;

/**
 * The log of the primary-backup engine, in the same file as the orders: one transaction, so one
 * fsync, takes every write that waits and, once a tick, the orders applied since. Owned by one
 * event loop.
 */
final class LogStore implements DurableLog {
  // The rebuilding mark is made with the file: what a lost file had promised is forgotten.
  static final List<String> TABLES = List.of(
      """
      CREATE TABLE log(
        idx INTEGER PRIMARY KEY, epoch INTEGER NOT NULL, key TEXT, toy TEXT, quantity INTEGER)""",
      """
      CREATE TABLE meta(
        id INTEGER PRIMARY KEY CHECK(id = 1), promise INTEGER NOT NULL, leader INTEGER NOT NULL,
        committed INTEGER NOT NULL, rebuilding INTEGER NOT NULL)""",
      "INSERT INTO meta VALUES(1, 0, 0, 0, 1)");

  private static final String APPEND = "INSERT INTO log VALUES(?, ?, ?, ?, ?)";
  private static final String TRUNCATE = "DELETE FROM log WHERE idx >= ?";
  private static final String META =
      "UPDATE meta SET promise = ?, leader = ?, committed = ?, rebuilding = ?";

  private static final String READ_META = "SELECT promise, leader, committed, rebuilding FROM meta";
  private static final String READ_LOG = "SELECT idx, epoch, key, toy, quantity FROM log";

  private static final long LOG_DIGEST = 0x4c4f47L;
  private static final long META_DIGEST = 0x4d455441L;

  private final Database database;
  private final OrderStore orders;
  /** For the writer's thread. */
  private final Chain chain = new Chain();
  /** Of the row of promise and committed index; the writer's thread alone changes it. */
  private long metaDigest;

  private boolean wroteSinceTick;
  private boolean appliedIsDue = true;

  LogStore(Database database, OrderStore orders) {
    this.database = database;
    this.orders = orders;
    this.metaDigest = database.read(LogStore::metaDigest);
  }

  /** The sum of the digests of all rows of {@link #TABLES}. */
  static long digest(DatabaseConnection session) throws SQLException {
    Chain chain = new Chain();
    long sum = metaDigest(session);
    try (ResultSet rows = session.prepare(READ_LOG).executeQuery()) {
      while (rows.next()) {
        sum += entryDigest(chain, rows);
      }
    }
    return sum;
  }

  private static long metaDigest(DatabaseConnection session) throws SQLException {
    Chain chain = new Chain();
    long sum = 0;
    try (ResultSet row = session.prepare(READ_META).executeQuery()) {
      while (row.next()) {
        Effects.Promise promise = new Effects.Promise(row.getLong(1), row.getInt(2));
        sum += digest(chain, promise, row.getLong(3), row.getInt(4) != 0);
      }
    }
    return sum;
  }

  private static long digest(
      Chain chain, Effects.Promise promise, long committed, boolean rebuilding) {
    return chain.next(
        META_DIGEST,
        promise.epoch(),
        committed,
        Integer.toString(promise.leader()),
        Boolean.toString(rebuilding));
  }

  /** As {@link Entry#link} makes it, but of whatever the row says. */
  private static long entryDigest(Chain chain, ResultSet row) throws SQLException {
    String key = row.getString(3);
    return key == null
        ? chain.next(LOG_DIGEST, row.getLong(1), row.getLong(2))
        : chain.next(
            LOG_DIGEST, row.getLong(1), row.getLong(2), key, row.getString(4), row.getString(5));
  }

  /** Reads the whole log. Takes its time. */
  DurableState load() {
    return database.read(session -> {
      List<Entry> entries = readEntries(session);
      try (ResultSet meta = session.prepare(READ_META).executeQuery()) {
        meta.next();
        Effects.Promise promise = new Effects.Promise(meta.getLong(1), meta.getInt(2));
        // What is applied was committed, even where the log was not yet told so.
        long committed = Math.max(meta.getLong(3), orders.applied().index());
        demandGapFree(entries, committed);
        // Everything committed is applied before the core starts.
        return new DurableState(entries, promise, committed, committed, meta.getInt(4) != 0);
      }
    });
  }

  private void demandGapFree(List<Entry> entries, long committed) {
    long last = entries.isEmpty() ? 0 : entries.get(entries.size() - 1).index();
    if (last != entries.size() || committed > last) {
      String what = entries.size() + " entries up to " + last + ", committed up to " + committed;
      throw DataFolderException.damaged(database.file(), what, null);
    }
  }

  private static List<Entry> readEntries(DatabaseConnection session) throws SQLException {
    List<Entry> entries = new ArrayList<>();
    PreparedStatement select = session.prepare(READ_LOG + " ORDER BY idx");
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        String key = rows.getString(3);
        PurchaseRequest purchase =
            key == null ? null : new PurchaseRequest(key, rows.getString(4), rows.getInt(5));
        entries.add(new Entry(rows.getLong(1), rows.getLong(2), purchase));
      }
    }
    return entries;
  }

  @Override
  public void persist(Effects.Write write, Runnable onDurable) {
    wroteSinceTick = true;
    // Once a tick: rows that come a few at a time would write the same page again with each.
    Transaction applied = appliedIsDue ? orders.takeWaiting() : session -> {};
    appliedIsDue = false;
    database.write(
        session -> {
          applied.run(session);
          run(session, write);
        },
        onDurable);
  }

  private void run(DatabaseConnection session, Effects.Write write) throws SQLException {
    if (write.truncateFrom() > 0) {
      truncate(session, write.truncateFrom());
    }
    PreparedStatement append = session.prepare(APPEND);
    for (Entry entry : write.append()) {
      append.setLong(1, entry.index());
      append.setLong(2, entry.epoch());
      setPurchase(append, entry.purchase());
      append.executeUpdate();
      session.added(entry.link(chain, LOG_DIGEST));
    }
    PreparedStatement meta = session.prepare(META);
    meta.setLong(1, write.promise().epoch());
    meta.setInt(2, write.promise().leader());
    meta.setLong(3, write.committed());
    meta.setInt(4, write.rebuilding() ? 1 : 0);
    meta.executeUpdate();
    session.removed(metaDigest);
    metaDigest = digest(chain, write.promise(), write.committed(), write.rebuilding());
    session.added(metaDigest);
  }

  private void truncate(DatabaseConnection session, long from) throws SQLException {
    PreparedStatement select = session.prepare(READ_LOG + " WHERE idx >= ?");
    select.setLong(1, from);
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        session.removed(entryDigest(chain, rows));
      }
    }
    PreparedStatement truncate = session.prepare(TRUNCATE);
    truncate.setLong(1, from);
    truncate.executeUpdate();
  }

  private static void setPurchase(PreparedStatement append, PurchaseRequest purchase)
      throws SQLException {
    if (purchase == null) {
      append.setNull(3, Types.VARCHAR);
      append.setNull(4, Types.VARCHAR);
      append.setNull(5, Types.INTEGER);
    } else {
      append.setString(3, purchase.key());
      append.setString(4, purchase.name());
      append.setInt(5, purchase.quantity());
    }
  }

  @Override
  public void tick() {
    // Applied orders travel with the log's writes; only in a pause do they need one of their own.
    if (!wroteSinceTick) {
      flush();
    }
    wroteSinceTick = false;
    appliedIsDue = true;
  }

  private void flush() {
    if (!orders.isLevel()) {
      orders.flush(() -> {});
    }
  }

  @Override
  public GroupCommit.Counts counts() {
    return database.counts();
  }

  @Override
  public void close() {
    flush();
    database.close();
  }
}
