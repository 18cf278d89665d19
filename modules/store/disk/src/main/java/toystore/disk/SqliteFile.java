package toystore.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/** Opens SQLite files, and refuses those that are not what the schema says. */
public final class SqliteFile {
  /** Marks a file as this project's, in the header field that SQLite has for it. */
  private static final int APPLICATION_ID = 0x746f7973;

  /**
   * Pages between checkpoints: at 4 KiB a page, the WAL grows to some 16 MB. A checkpoint costs
   * fsyncs of its own, so a busy writer should not meet one with every second transaction.
   */
  private static final int CHECKPOINT_PAGES = 4_000;

  private SqliteFile() {}

  /** Opens a file for the one that writes it, or makes it. */
  static DatabaseConnection open(Path file, Schema schema) {
    try {
      return LockWait.keep(file, () -> openOnce(file, schema));
    } catch (SQLException e) {
      throw unreadable(file, e);
    }
  }

  private static DatabaseConnection openOnce(Path file, Schema schema) throws SQLException {
    SQLiteConfig config = config();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    DatabaseConnection connection = new DatabaseConnection(config.createConnection(url(file)));
    try {
      connection.execute("PRAGMA wal_autocheckpoint=" + CHECKPOINT_PAGES);
      connection.beginWriting();
      if (isEmpty(connection)) {
        make(schema, connection);
      }
      connection.commit();
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * The version of a file's tables; 0 where there is no file, or none that can be read, which
   * whoever opens it says better.
   */
  public static int version(Path file) {
    try {
      if (Files.notExists(file) || Files.size(file) == 0) {
        return 0;
      }
      try (DatabaseConnection connection = openReader(file)) {
        return LockWait.keep(file, () -> Integer.parseInt(connection.text("PRAGMA user_version")));
      }
    } catch (SQLException | IOException | DataFolderException e) {
      return 0;
    }
  }

  /**
   * Opens a file only to read it, whether or not a service has it open.
   *
   * @throws DataFolderException when it is missing, damaged or not this project's
   */
  public static DatabaseConnection openReader(Path file) {
    try {
      return LockWait.keep(file, () -> connectToRead(file));
    } catch (SQLException e) {
      throw unreadable(file, e);
    }
  }

  private static DatabaseConnection connectToRead(Path file) throws SQLException {
    SQLiteConfig config = config();
    config.setReadOnly(true);
    Connection connection = config.createConnection(url(file));
    return new DatabaseConnection(connection);
  }

  /** As a URI: what is read as a plain name ends at a question mark. */
  private static String url(Path file) {
    return "jdbc:sqlite:" + file.toAbsolutePath().toUri();
  }

  private static SQLiteConfig config() {
    SqliteLibrary.load();
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(LockWait.ATTEMPT_MS);
    return config;
  }

  /**
   * Looks whether a file may be written, before anything is written: so one that is refused stays
   * as it is. One that is missing, or empty, may.
   *
   * @param marked what the mark beside it says that it held
   * @param allPages whether all of it is looked at, which takes its time
   * @throws DataFolderException when it may not
   */
  static void demandOurs(Path file, Schema schema, DurableExtent marked, boolean allPages) {
    try {
      if (Files.exists(file) && Files.size(file) > 0) {
        try (DatabaseConnection connection = openReader(file)) {
          LockWait.keep(file, () -> {
            if (allPages) {
              demandWholePages(file, connection);
            }
            demandOurs(file, schema, marked, connection);
            return null;
          });
        }
      } else if (!marked.equals(DurableExtent.NONE)) {
        demandMadeGood(file, schema, marked);
      }
    } catch (SQLException e) {
      throw unreadable(file, e);
    } catch (IOException e) {
      throw new DataFolderException(file + " cannot be used: " + e, e);
    }
  }

  private static void demandOurs(
      Path file, Schema schema, DurableExtent marked, DatabaseConnection connection)
      throws SQLException {
    if (!isEmpty(connection)) {
      demandOurEngine(file, schema, connection);
      demandVersion(file, schema.version(), connection);
      demand(file, "belongs to", schema.owner(), connection, "owner");
    }
    demandNotBehind(file, marked, connection);
  }

  /** Looks whether each page is one of a database, and where it belongs. */
  static void demandWholePages(Path file, DatabaseConnection connection) throws SQLException {
    String damage = connection.text("PRAGMA quick_check(1)");
    if (!"ok".equals(damage)) {
      throw DataFolderException.damaged(file, damage, null);
    }
  }

  /** Each engine counts its versions: that of another one says nothing about who is newer. */
  private static void demandOurEngine(Path file, Schema schema, DatabaseConnection connection)
      throws SQLException {
    demandOurProgram(file, connection);
    // A newer program may have no such table.
    if (connection.text("SELECT name FROM sqlite_schema WHERE name='identity'") != null) {
      demand(file, "was written by the engine", schema.engine(), connection, "engine");
    }
  }

  private static void demandOurProgram(Path file, DatabaseConnection connection)
      throws SQLException {
    String applicationId = connection.text("PRAGMA application_id");
    if (!String.valueOf(APPLICATION_ID).equals(applicationId)) {
      throw new DataFolderException(file + " is a database of another program");
    }
  }

  /** Before the tables are read: what a newer program has written may mean something else. */
  static void demandVersion(Path file, int known, DatabaseConnection connection)
      throws SQLException {
    demandOurProgram(file, connection);
    int version = Integer.parseInt(connection.text("PRAGMA user_version"));
    if (version != known) {
      String whose = version > known ? "a newer toystore: use that one" : "an older toystore";
      throw new DataFolderException(file + " has schema version " + version
          + "; this program knows version " + known + ". It was written by " + whose);
    }
  }

  /**
   * The same look for one who only reads, by a connection of its own.
   *
   * @param marked what the mark said before the connection was opened
   * @throws DataFolderException when the file is behind its mark, or is not the marked one
   */
  public static void demandNotBehind(Path file, DurableExtent marked, Connection connection)
      throws SQLException {
    demandNotBehind(file, marked, new DatabaseConnection(connection));
  }

  private static void demandNotBehind(
      Path file, DurableExtent marked, DatabaseConnection connection) throws SQLException {
    DurableExtent found = isEmpty(connection) ? DurableExtent.NONE : DurableExtent.read(connection);
    if (found == null) {
      throw DataFolderException.damaged(file, "its count of changes is not what was written", null);
    }
    if (found.changes() < marked.changes()) {
      throw DataFolderException.damaged(
          file,
          "it holds " + found.changes() + " changes, but "
              + MarkFile.beside(file).getFileName()
              + " says that " + marked.changes() + " were durable: it is an older copy, or a part"
              + " of its write-ahead log is lost",
          null);
    }
    if (found.changes() == marked.changes() && found.digest() != marked.digest()) {
      throw DataFolderException.damaged(
          file,
          "it is another file than the one that " + MarkFile.beside(file) + " was made for",
          null);
    }
  }

  private static void demandMadeGood(Path file, Schema schema, DurableExtent marked)
      throws IOException {
    if (schema.loss() == Schema.Loss.IS_FINAL || Files.exists(file)) {
      throw DataFolderException.damaged(
          file,
          "it is missing or empty, but " + MarkFile.beside(file).getFileName() + " says that "
              + marked.changes() + " changes were durable",
          null);
    }
    // Before the new file is made: a crash between the two must not leave it behind its mark.
    Files.delete(MarkFile.beside(file));
  }

  private static boolean isEmpty(DatabaseConnection connection) throws SQLException {
    return connection.text("SELECT name FROM sqlite_schema LIMIT 1") == null;
  }

  private static void make(Schema schema, DatabaseConnection connection) throws SQLException {
    connection.execute("PRAGMA application_id=" + APPLICATION_ID);
    connection.execute("PRAGMA user_version=" + schema.version());
    connection.execute("CREATE TABLE identity(key TEXT PRIMARY KEY, value TEXT NOT NULL)");
    PreparedStatement insert = connection.prepare("INSERT INTO identity VALUES(?, ?)");
    for (String[] row : new String[][] {{"owner", schema.owner()}, {"engine", schema.engine()}}) {
      insert.setString(1, row[0]);
      insert.setString(2, row[1]);
      insert.executeUpdate();
    }
    for (String statement : schema.statements()) {
      connection.execute(statement);
    }
    connection.execute(DurableExtent.TABLE);
  }

  private static void demand(
      Path file, String relation, String expected, DatabaseConnection connection, String key)
      throws SQLException {
    String found = identity(file, key, connection);
    if (!expected.equals(found)) {
      throw new DataFolderException(file + " " + relation + " " + found + ", not " + expected);
    }
  }

  static String identity(Path file, String key, DatabaseConnection connection) throws SQLException {
    String found = connection.text("SELECT value FROM identity WHERE key='" + key + "'");
    if (found == null) {
      throw DataFolderException.damaged(file, "it does not say its " + key, null);
    }
    return found;
  }

  static DataFolderException unreadable(Path file, SQLException e) {
    if (e.getCause() instanceof NativeLibraryNotFoundException) {
      // Nothing was read: the file is as good as it was, and must not be put away for it.
      return new DataFolderException(
          "SQLite's native code does not load: " + e.getCause().getMessage()
              + "; it is unpacked into " + System.getProperty("java.io.tmpdir")
              + ", which must be writable and not mounted noexec",
          e);
    }
    return LockWait.isOutOfReach(e)
        ? new DataFolderException("file " + file + " cannot be used: " + e.getMessage(), e)
        : DataFolderException.damaged(file, e.getMessage(), e);
  }
}
