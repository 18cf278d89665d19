package toystore.disk;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the sealed rows again, slowly, while the service goes on: a start does not, and a row that
 * nobody asks for would stay damaged unseen. Owned by its one thread.
 *
 * <p>Where rows are not those that were sealed, the next start takes no runs and the service is
 * stopped: so that start reads all rows, and refuses the file.
 */
public final class OldRowsCheck implements AutoCloseable {
  /** A few milliseconds of reading: others wait for the same reader. */
  static final int ROWS_AT_ONCE = 1_024;

  /** Ten million rows take some twenty minutes then. */
  static final Pace PACE = new Pace(2);

  static final long FIRST_MS = TimeUnit.SECONDS.toMillis(30);
  static final long BETWEEN_PASSES_MS = TimeUnit.HOURS.toMillis(1);

  private static final long CLOSE_LIMIT_SECONDS = 5;
  private static final Logger LOG = LoggerFactory.getLogger(OldRowsCheck.class);

  /** Sums digests of sealed rows. */
  @FunctionalInterface
  interface Rows {
    long sum(long first, long end);
  }

  /** Runs something once, after a time. */
  @FunctionalInterface
  interface Timer {
    void later(Runnable task, long delayMs);
  }

  private final Path file;
  private final SealedRows sealed;
  private final Rows rows;
  private final Consumer<Throwable> onFailure;
  private final Timer timer;
  private final Runnable close;
  private OldRowsPass pass = new OldRowsPass(List.of(), ROWS_AT_ONCE);

  OldRowsCheck(
      Path file,
      SealedRows sealed,
      Rows rows,
      Consumer<Throwable> onFailure,
      Timer timer,
      Runnable close) {
    this.file = file;
    this.sealed = sealed;
    this.rows = rows;
    this.onFailure = onFailure;
    this.timer = timer;
    this.close = close;
    timer.later(this::step, FIRST_MS);
  }

  /**
   * Begins, on a thread of its own, in half a minute.
   *
   * @param onFailure told, once and on that thread, of rows that are damaged or cannot be read
   */
  public static OldRowsCheck start(
      Database database, RowSums sums, SealedRows sealed, Consumer<Throwable> onFailure) {
    ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
        1,
        task -> {
          Thread thread = new Thread(task, database.file().getFileName() + "-check");
          thread.setDaemon(true);
          return thread;
        },
        new ThreadPoolExecutor.DiscardPolicy()); // Of what comes after the end.
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return new OldRowsCheck(
        database.file(),
        sealed,
        (first, end) -> database.read(reader -> sums.rows(reader, first, end)),
        onFailure,
        (task, delayMs) -> executor.schedule(task, delayMs, TimeUnit.MILLISECONDS),
        () -> end(executor));
  }

  /** A reading that is under way needs the database. */
  private static void end(ExecutorService executor) {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("check=OLD_ROWS became=LEFT");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void step() {
    try {
      if (pass.isOver()) {
        pass = new OldRowsPass(sealed.extents(), ROWS_AT_ONCE);
      }
      timer.later(this::step, pass.isOver() ? BETWEEN_PASSES_MS : readNext());
    } catch (RuntimeException | Error e) {
      onFailure.accept(e);
    }
  }

  /** Gives how long to rest then. */
  private long readNext() {
    OldRowsPass.Chunk chunk = pass.next();
    long start = System.nanoTime();
    long sum = rows.sum(chunk.first(), chunk.end());
    long pauseMs = PACE.pauseMs(System.nanoTime() - start);
    if (!pass.read(sum)) {
      sealed.distrust();
      throw DataFolderException.damaged(
          file, "rows below " + chunk.end() + " are not those that were written", null);
    }
    if (pass.isOver()) {
      LOG.info("file={} became=CHECKED rows={}", file, chunk.end());
      return BETWEEN_PASSES_MS;
    }
    return Math.max(1, pauseMs);
  }

  /** Waits for a reading that is under way. */
  @Override
  public void close() {
    close.run();
  }
}
