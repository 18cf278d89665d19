package toystore.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  private final Path file;
  private final GroupCommit writer;
  private final DatabaseReader reader;
  private final DatabaseReader lookups;

  private Database(Path file, GroupCommit writer, DatabaseReader reader, DatabaseReader lookups) {
    this.file = file;
    this.writer = writer;
    this.reader = reader;
    this.lookups = lookups;
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
    Found all = (reader, progress) -> reader.read(digest);
    return open(file, schema, true, all, files, onFailure);
  }

  /**
   * The same, where the oldest rows of a table are sealed: only the others are read, and not
   * every page is looked at. Where both together are not what was written, the sealed rows may be
   * of another file, or of a later state of this one: then they are forgotten, and all is read.
   */
  public static Database open(
      Path file,
      Schema schema,
      RowSums sums,
      SealedRows sealed,
      OpenFiles files,
      Consumer<Throwable> onFailure) {
    Found found = (reader, progress) -> found(file, sums, sealed, reader, progress);
    return open(file, schema, sealed.count() == 0, found, files, onFailure);
  }

  /** Finds the sum of the digests of all rows. */
  private interface Found {
    long sum(DatabaseReader reader, DurableExtent progress) throws SQLException;
  }

  private static long found(
      Path file, RowSums sums, SealedRows sealed, DatabaseReader reader, DurableExtent progress)
      throws SQLException {
    SealedRows.Extent old = sealed.extent();
    if (old.rows() > 0) {
      long found = old.digest() + reader.read(connection -> sums.from(connection, old.rows()));
      if (found == progress.digest()) {
        return found;
      }
      LOG.warn(
          "file={} sealedRows={} became=FORGOTTEN reason=\"they are not of this file\"",
          file,
          old.rows());
      sealed.forget();
      reader.read(connection -> {
        SqliteFile.demandWholePages(file, connection);
        return null;
      });
    }
    return reader.read(sums::all);
  }

  private static Database open(
      Path file,
      Schema schema,
      boolean allPages,
      Found found,
      OpenFiles files,
      Consumer<Throwable> onFailure) {
    try {
      SqliteFile.demandOurs(file, schema, MarkFile.read(MarkFile.beside(file)), allPages);
      DatabaseConnection writing = SqliteFile.open(file, schema);
      DatabaseReader reader = new DatabaseReader(file, schema.owner(), SqliteFile.openReader(file));
      DatabaseReader lookups =
          new DatabaseReader(file, schema.owner(), SqliteFile.openReader(file));
      try {
        DurableExtent progress = verified(file, writing, reader, found);
        CommitMarks trail = CommitMarks.open(file, progress, files);
        GroupCommit writer = new GroupCommit(schema.owner(), writing, trail, onFailure);
        return new Database(file, writer, reader, lookups);
      } catch (SQLException | IOException | DataFolderException e) {
        lookups.close();
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
      Path file, DatabaseConnection writing, DatabaseReader reader, Found found)
      throws SQLException {
    DurableExtent progress = reader.read(DurableExtent::read);
    long digest = found.sum(reader, progress);
    if (progress.equals(DurableExtent.NONE)) {
      return begin(file, writing, digest);
    }
    if (progress.digest() != digest) {
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

  /**
   * Reads on the calling thread, which waits, also for others that read: at a start and for work in
   * the background, never on an event loop.
   *
   * @throws DataFolderException when the file cannot be read
   */
  public <T> T read(Query<T> query) {
    try {
      return reader.read(query);
    } catch (SQLException e) {
      throw SqliteFile.unreadable(file, e);
    }
  }

  /**
   * Reads one row, or a few, on the calling thread: by a connection that nobody reads for long
   * with, so the caller waits for no longer than that takes.
   *
   * @throws DataFolderException when the file cannot be read
   */
  public <T> T lookUp(Query<T> query) {
    try {
      return lookups.read(query);
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
    lookups.close();
    reader.close();
    writer.close();
  }
}
