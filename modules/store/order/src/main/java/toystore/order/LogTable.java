package toystore.order;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import toystore.disk.DataFolder;
import toystore.disk.DataFolderException;
import toystore.disk.Database;
import toystore.disk.DatabaseConnection;
import toystore.disk.WriteWait;
import toystore.model.Chain;
import toystore.model.LogPosition;
import toystore.model.PurchaseRequest;
import toystore.order.log.LogFile;
import toystore.order.log.SegmentedLog;
import toystore.replication.Effects;
import toystore.replication.Entry;

/**
 * Where earlier versions kept the log of primary-backup: two tables in the file of the orders. The
 * first start of this version moves it to files of its own.
 */
final class LogTable {
  /** Of files that have it. */
  static final int SCHEMA_VERSION = 2;

  /** The log until it counts: it gets its name once the tables are gone. */
  static final String MOVED = "log.tmp";

  private static final Logger LOG = LoggerFactory.getLogger(LogTable.class);
  private static final int BATCH = 4_096;
  private static final String READ_META = "SELECT promise, leader, committed, rebuilding FROM meta";
  private static final String READ_LOG = "SELECT idx, epoch, key, toy, quantity FROM log";
  private static final long LOG_DIGEST = 0x4c4f47L;
  private static final long META_DIGEST = 0x4d455441L;

  private LogTable() {}

  /** The sum of the digests of all rows of both tables. */
  static long digest(DatabaseConnection session) throws SQLException {
    Chain chain = new Chain();
    Row meta = meta(session);
    long sum = chain.next(
        META_DIGEST,
        meta.promise.epoch(),
        meta.committed,
        Integer.toString(meta.promise.leader()),
        Boolean.toString(meta.rebuilding));
    try (ResultSet rows = session.prepare(READ_LOG).executeQuery()) {
      while (rows.next()) {
        sum += entryDigest(chain, rows);
      }
    }
    return sum;
  }

  private static long entryDigest(Chain chain, ResultSet row) throws SQLException {
    String key = row.getString(3);
    return key == null
        ? chain.next(LOG_DIGEST, row.getLong(1), row.getLong(2))
        : chain.next(
            LOG_DIGEST, row.getLong(1), row.getLong(2), key, row.getString(4), row.getString(5));
  }

  private static Row meta(DatabaseConnection session) throws SQLException {
    try (ResultSet row = session.prepare(READ_META).executeQuery()) {
      row.next();
      Effects.Promise promise = new Effects.Promise(row.getLong(1), row.getInt(2));
      return new Row(promise, row.getLong(3), row.getInt(4) != 0);
    }
  }

  /**
   * Moves the log out of the tables, which are gone then. A crash leaves the tables as they were,
   * or no tables and a log that {@link #finish} gives its name.
   *
   * @param service whose log it is, such as {@code order-2}
   * @param database whole, and of {@link #SCHEMA_VERSION}
   * @throws DataFolderException when a log is there already: then one of both is an older copy
   */
  static void moveOut(DataFolder folder, String service, Database database, WriteWait wait) {
    if (Files.exists(folder.file(SegmentedLog.FOLDER))) {
      throw DataFolderException.damaged(
          database.file(),
          "it was written by an older toystore, with its log in it, but beside it is the log of a"
              + " newer one: it is an older copy",
          null);
    }
    try {
      Path moved = folder.file(MOVED);
      delete(moved);
      try (SegmentedLog log =
          PrimaryBackupEngine.log(moved, service, LogPosition.START, LogFile::open, wait::failed)) {
        copy(database, log);
      }
    } catch (IOException e) {
      throw new DataFolderException("cannot move the log of " + database.file() + ": " + e, e);
    }
    wait.durable(done -> database.write(LogTable::drop, done));
    LOG.info("file={} log=MOVED to={}", database.file(), folder.file(SegmentedLog.FOLDER));
  }

  private static void copy(Database database, SegmentedLog log) throws IOException {
    Row meta = database.read(LogTable::meta);
    long last = 0;
    List<Entry> more = next(database, 0);
    while (!more.isEmpty()) {
      last += more.size();
      log.append(more, Math.min(last, meta.committed));
      log.sync();
      more = next(database, last);
    }
    log.promise(meta.promise, meta.rebuilding);
  }

  private static List<Entry> next(Database database, long behind) {
    List<Entry> more = database.read(session -> read(session, behind, BATCH));
    if (!more.isEmpty() && more.get(more.size() - 1).index() != behind + more.size()) {
      throw DataFolderException.damaged(
          database.file(), "its log has a gap behind entry " + behind, null);
    }
    return more;
  }

  /** The entries behind an index, at most so many. */
  static List<Entry> read(DatabaseConnection session, long behind, int most) throws SQLException {
    List<Entry> entries = new ArrayList<>();
    PreparedStatement select = session.prepare(READ_LOG + " WHERE idx > ? ORDER BY idx LIMIT ?");
    select.setLong(1, behind);
    select.setInt(2, most);
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

  private static void drop(DatabaseConnection session) throws SQLException {
    session.removed(digest(session));
    session.execute("DROP TABLE log");
    session.execute("DROP TABLE meta");
    session.execute("PRAGMA user_version=" + PrimaryBackupEngine.SCHEMA_VERSION);
  }

  /**
   * Only the file of the orders says whether a log that was moved counts, or whether the tables
   * went on without it. Once a new file is there, nothing says it.
   *
   * @throws DataFolderException when there is a log that was moved, but no such file
   */
  static void demandNoneMoved(DataFolder folder) {
    if (Files.exists(folder.file(MOVED))) {
      throw DataFolderException.damaged(
          folder.file(MOVED),
          "it was being moved out of " + PrimaryBackupEngine.FILE
              + ", which is missing or cannot be read: it may lack the last orders",
          null);
    }
  }

  /** Gives a log that was moved its name, where a crash came between. */
  static void finish(DataFolder folder) {
    Path log = folder.file(SegmentedLog.FOLDER);
    Path moved = folder.file(MOVED);
    if (Files.exists(log) || Files.notExists(moved)) {
      return;
    }
    try {
      Files.move(moved, log);
      try (FileChannel names = FileChannel.open(folder.path(), StandardOpenOption.READ)) {
        names.force(true);
      }
    } catch (IOException e) {
      throw new DataFolderException("cannot rename " + moved + ": " + e, e);
    }
  }

  private static void delete(Path made) throws IOException {
    if (Files.exists(made)) {
      try (var files = Files.list(made)) {
        for (Path each : files.toList()) {
          Files.delete(each);
        }
      }
      Files.delete(made);
    }
  }

  private record Row(Effects.Promise promise, long committed, boolean rebuilding) {}
}
