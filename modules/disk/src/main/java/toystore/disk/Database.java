package toystore.disk;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One SQLite file (WAL, {@code synchronous=FULL}) with one writer thread. All changes that wait
 * while it is busy go into its next transaction, so one fsync serves them all.
 *
 * <p>After a failed write or fsync nothing is written any more and no callback says otherwise: what
 * the operating system then holds of the file is unknown. The owner is told once and should stop
 * the process.
 */
public final class Database implements AutoCloseable {
  private final Path file;
  private final boolean created;
  private final GroupCommit writer;
  private final Reader reader;

  private Database(Path file, boolean created, GroupCommit writer, Reader reader) {
    this.file = file;
    this.created = created;
    this.writer = writer;
    this.reader = reader;
  }

  /**
   * Opens the file, or makes it.
   *
   * @param onFailure told, once and on the writer thread, of a write that failed
   * @throws DataFolderException when the file is damaged, belongs to another service or engine, or
   *     has another schema version
   */
  public static Database open(Path file, Schema schema, Consumer<Throwable> onFailure) {
    boolean created = !Files.exists(file);
    Session writing = SqliteFile.open(file, schema);
    Session reading = SqliteFile.openReader(file);
    return new Database(
        file,
        created,
        new GroupCommit(schema.owner(), writing, onFailure),
        new Reader(schema.owner(), reading));
  }

  public Path file() {
    return file;
  }

  /** Whether the file was made by this opening. */
  public boolean created() {
    return created;
  }

  /**
   * Makes these changes durable, after all that were handed over before.
   *
   * @param onDurable called on the writer thread once they survive a crash, in the order of the
   *     calls; never called when the write failed
   */
  public void write(Transaction changes, Runnable onDurable) {
    writer.add(changes, onDurable);
  }

  /** Reads on the calling thread, which waits: for starting up and for tests. */
  public <T> T read(Query<T> query) {
    try {
      return reader.read(query);
    } catch (SQLException e) {
      throw SqliteFile.unreadable(file, e);
    }
  }

  /**
   * Reads on a thread of its own, a consistent state.
   *
   * @param result called on that thread, once, with what the query gave or why it gave nothing
   */
  public <T> void readAsync(Query<T> query, BiConsumer<T, Throwable> result) {
    reader.readAsync(query, result);
  }

  /** How many transactions and changes were committed so far; may be read from any thread. */
  public GroupCommit.Counts counts() {
    return writer.counts();
  }

  /** Writes what waits, then closes the file. Waits for it. */
  @Override
  public void close() {
    reader.close();
    writer.close();
  }
}
