package toystore.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import toystore.model.Chain;

/**
 * One SQLite file (WAL, {@code synchronous=FULL}) with one writer thread. All changes that wait
 * while it is busy go into its next transaction, so one fsync serves them all.
 *
 * <p>Every transaction is counted, and ends with a digest of all rows; a {@link MarkFile} beside
 * the file keeps both. So a file that came up older than it was, or with other rows, is known as
 * such.
 *
 * <p>After a failed write or fsync nothing is written any more and no callback says otherwise: what
 * the operating system then holds of the file is unknown. The owner is told once and should stop
 * the process.
 */
public final class Database implements AutoCloseable {
  private final Path file;
  private final GroupCommit writer;
  private final DatabaseReader reader;

  private Database(Path file, GroupCommit writer, DatabaseReader reader) {
    this.file = file;
    this.writer = writer;
    this.reader = reader;
  }

  /**
   * Opens the file, or makes it, and demands that its rows are what was written last.
   *
   * @param digest the sum of the digests of all rows, as they are read
   * @param files what must stay where it is: nothing is durable in a file that has no name any more
   * @param onFailure told, once and on the writer thread, of a write that failed
   * @throws DataFolderException when the file is damaged or older than it was, belongs to another
   *     service or engine, or has another schema
   */
  public static Database open(
      Path file,
      Schema schema,
      Query<Long> digest,
      OpenFiles files,
      Consumer<Throwable> onFailure) {
    try {
      SqliteFile.demandOurs(file, schema, MarkFile.read(MarkFile.beside(file)));
      DatabaseConnection writing = SqliteFile.open(file, schema);
      DatabaseReader reader = new DatabaseReader(file, schema.owner(), SqliteFile.openReader(file));
      try {
        DurableExtent progress = verified(file, writing, reader, digest);
        CommitMarks trail = CommitMarks.open(file, progress, files);
        GroupCommit writer = new GroupCommit(schema.owner(), writing, trail, onFailure);
        return new Database(file, writer, reader);
      } catch (SQLException | IOException | DataFolderException e) {
        reader.close();
        writing.close();
        throw e;
      }
    } catch (SQLException e) {
      throw SqliteFile.unreadable(file, e);
    } catch (IOException e) {
      throw new DataFolderException(file + " cannot be used: " + e, e);
    }
  }

  private static DurableExtent verified(
      Path file, DatabaseConnection writing, DatabaseReader reader, Query<Long> digest)
      throws SQLException {
    DurableExtent progress = reader.read(DurableExtent::read);
    long found = reader.read(digest);
    if (progress.equals(DurableExtent.NONE)) {
      return begin(file, writing, found);
    }
    if (progress.digest() != found) {
      throw DataFolderException.damaged(file, "its rows are not those that were written", null);
    }
    return progress;
  }

  /** Just made: what is there counts from now on. */
  private static DurableExtent begin(Path file, DatabaseConnection writing, long digest)
      throws SQLException {
    DurableExtent first = DurableExtent.NONE.next(digest);
    return LockWait.keep(file, () -> {
      writing.beginWriting();
      first.write(writing, new Chain());
      writing.commit();
      return first;
    });
  }

  public Path file() {
    return file;
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
