package toystore.disk;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the sealed rows again, slowly, while the service goes on: a start does not, and a row that
 * nobody asks for would stay damaged unseen.
 *
 * <p>Where rows are not those that were sealed, the next start takes no runs and the service is
 * stopped: so that start reads all rows, and refuses the file.
 */
public final class OldRowsCheck implements AutoCloseable {
  /** A few milliseconds of reading: others wait for the same reader. */
  static final int ROWS_AT_ONCE = 1_024;

  /** Ten million rows take some twenty minutes then, and are read anew an hour later. */
  static final Rhythm RHYTHM =
      new Rhythm(TimeUnit.SECONDS.toMillis(30), new Pace(2), TimeUnit.HOURS.toMillis(1));

  private static final Logger LOG = LoggerFactory.getLogger(OldRowsCheck.class);

  private final BackgroundCheck check;

  private OldRowsCheck(BackgroundCheck check) {
    this.check = check;
  }

  /**
   * Begins, on a thread of its own, in half a minute.
   *
   * @param onFailure told, once and on that thread, of rows that are damaged or cannot be read
   */
  public static OldRowsCheck start(
      Database database, RowSums sums, SealedRows sealed, Consumer<Throwable> onFailure) {
    Reading reading = new Reading(
        database.file(),
        sealed,
        (first, end) -> database.read(reader -> sums.rows(reader, first, end)));
    String thread = database.file().getFileName() + "-check";
    return new OldRowsCheck(BackgroundCheck.start(thread, reading, RHYTHM, onFailure));
  }

  /** Waits for a reading that is under way. */
  @Override
  public void close() {
    check.close();
  }

  /** Sums digests of sealed rows. */
  @FunctionalInterface
  interface Rows {
    long sum(long first, long end);
  }

  /** One pass over the rows after another. Owned by the thread of the check. */
  static final class Reading implements BackgroundCheck.Work {
    private final Path file;
    private final SealedRows sealed;
    private final Rows rows;
    private OldRowsPass pass = new OldRowsPass(List.of(), ROWS_AT_ONCE);

    Reading(Path file, SealedRows sealed, Rows rows) {
      this.file = file;
      this.sealed = sealed;
      this.rows = rows;
    }

    @Override
    public boolean readNext() {
      if (pass.isOver()) {
        pass = new OldRowsPass(sealed.extents(), ROWS_AT_ONCE);
      }
      if (pass.isOver()) {
        return false;
      }
      OldRowsPass.Chunk chunk = pass.next();
      if (!pass.read(rows.sum(chunk.first(), chunk.end()))) {
        sealed.distrust();
        throw DataFolderException.damaged(
            file, "rows below " + chunk.end() + " are not those that were written", null);
      }
      if (pass.isOver()) {
        LOG.info("file={} became=CHECKED rows={}", file, chunk.end());
      }
      return !pass.isOver();
    }
  }
}
