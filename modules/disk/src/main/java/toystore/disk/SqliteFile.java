package toystore.disk;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/** Opens SQLite files, and refuses those that are not what the schema says. */
public final class SqliteFile {
  /** Marks a file as this project's, in the header field that SQLite has for it. */
  private static final int APPLICATION_ID = 0x746f7973;

  private static final int BUSY_TIMEOUT_MS = 10_000;

  /**
   * Pages between checkpoints: at 4 KiB a page, the WAL grows to some 16 MB. A checkpoint costs
   * fsyncs of its own, so a busy writer should not meet one with every second transaction.
   */
  private static final int CHECKPOINT_PAGES = 4_000;

  private SqliteFile() {}

  static Session open(Path file, Schema schema) {
    try {
      SQLiteConfig config = config();
      config.setJournalMode(JournalMode.WAL);
      config.setSynchronous(SynchronousMode.FULL);
      Connection connection = config.createConnection("jdbc:sqlite:" + file);
      Session session = new Session(connection);
      try {
        session.execute("PRAGMA wal_autocheckpoint=" + CHECKPOINT_PAGES);
        check(file, schema, session);
        session.begin();
        return session;
      } catch (SQLException | DataFolderException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Opens a file only to read it, whether or not a service has it open.
   *
   * @throws DataFolderException when it is missing, damaged or not this project's
   */
  public static Session openReader(Path file) {
    try {
      SQLiteConfig config = config();
      config.setReadOnly(true);
      return new Session(config.createConnection("jdbc:sqlite:" + file));
    } catch (SQLException e) {
      throw unreadable(file, e);
    }
  }

  private static SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_TIMEOUT_MS);
    return config;
  }

  private static void check(Path file, Schema schema, Session session) throws SQLException {
    String damage = session.text("PRAGMA quick_check(1)");
    if (!"ok".equals(damage)) {
      throw DataFolderException.damaged(file, damage, null);
    }
    String applicationId = session.text("PRAGMA application_id");
    if (session.text("SELECT name FROM sqlite_schema LIMIT 1") == null) {
      make(schema, session);
    } else if (!String.valueOf(APPLICATION_ID).equals(applicationId)) {
      throw new DataFolderException(file + " is a database of another program");
    }
    demand(file, "belongs to", schema.owner(), session, "owner");
    demand(file, "was written by the engine", schema.engine(), session, "engine");
    int version = Integer.parseInt(session.text("PRAGMA user_version"));
    if (version != schema.version()) {
      throw new DataFolderException(file + " has schema version " + version
          + "; this program knows version " + schema.version());
    }
  }

  private static void make(Schema schema, Session session) throws SQLException {
    session.execute("BEGIN");
    session.execute("PRAGMA application_id=" + APPLICATION_ID);
    session.execute("PRAGMA user_version=" + schema.version());
    session.execute("CREATE TABLE identity(key TEXT PRIMARY KEY, value TEXT NOT NULL)");
    PreparedStatement insert = session.prepare("INSERT INTO identity VALUES(?, ?)");
    for (String[] row : new String[][] {{"owner", schema.owner()}, {"engine", schema.engine()}}) {
      insert.setString(1, row[0]);
      insert.setString(2, row[1]);
      insert.executeUpdate();
    }
    for (String statement : schema.statements()) {
      session.execute(statement);
    }
    session.execute("COMMIT");
  }

  private static void demand(
      Path file, String relation, String expected, Session session, String key)
      throws SQLException {
    String found = session.text("SELECT value FROM identity WHERE key='" + key + "'");
    if (!expected.equals(found)) {
      throw new DataFolderException(file + " " + relation + " " + found + ", not " + expected);
    }
  }

  static DataFolderException unreadable(Path file, SQLException e) {
    return DataFolderException.damaged(file, e.getMessage(), e);
  }
}
