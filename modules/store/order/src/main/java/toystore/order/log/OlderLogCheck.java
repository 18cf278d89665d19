package toystore.order.log;

import java.nio.file.Path;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import toystore.disk.Pace;
import toystore.replication.OlderEntries;

/**
 * Reads the part of a log that its start has passed over, once and slowly, while the replica goes
 * on: what nobody asks for would stay damaged unseen. It ends the replica where an entry cannot be
 * read as it was written. Owned by its one thread.
 */
public final class OlderLogCheck implements AutoCloseable {
  static final int ENTRIES_AT_ONCE = 1_024;
  static final Pace PACE = new Pace(2);
  static final long FIRST_MS = TimeUnit.SECONDS.toMillis(45);

  private static final Logger LOG = LoggerFactory.getLogger(OlderLogCheck.class);

  /** Runs something once, after a time. */
  @FunctionalInterface
  interface Timer {
    void later(Runnable task, long delayMs);
  }

  private final Path folder;
  private final OlderEntries entries;
  private final long end;
  private final Consumer<Throwable> onFailure;
  private final Timer timer;
  private final Runnable close;
  // Invariant: all below it were read, and are as they were written.
  private long next = 1;

  OlderLogCheck(
      Path folder,
      OlderEntries entries,
      long end,
      Consumer<Throwable> onFailure,
      Timer timer,
      Runnable close) {
    this.folder = folder;
    this.entries = entries;
    this.end = end;
    this.onFailure = onFailure;
    this.timer = timer;
    this.close = close;
    if (end > 0) {
      timer.later(this::step, FIRST_MS);
    }
  }

  /**
   * Begins, on a thread of its own, in a while.
   *
   * @param end index of the last entry that was passed over; it is durable and committed
   * @param onFailure told, once and on that thread, of an entry that is damaged
   */
  public static OlderLogCheck start(Path folder, long end, Consumer<Throwable> onFailure) {
    ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
        1,
        task -> {
          Thread thread = new Thread(task, "log-check");
          thread.setDaemon(true);
          return thread;
        },
        new ThreadPoolExecutor.DiscardPolicy()); // Of what comes after the end.
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return new OlderLogCheck(
        folder,
        new OlderSegments(folder),
        end,
        onFailure,
        (task, delayMs) -> executor.schedule(task, delayMs, TimeUnit.MILLISECONDS),
        executor::shutdown);
  }

  private void step() {
    long start = System.nanoTime();
    try {
      int piece = (int) Math.min(ENTRIES_AT_ONCE, end - next + 1);
      entries.entries(next, piece);
      next += piece;
    } catch (RuntimeException | Error e) {
      onFailure.accept(e);
      return;
    }
    if (next <= end) {
      timer.later(this::step, Math.max(1, PACE.pauseMs(System.nanoTime() - start)));
    } else {
      LOG.info("file={} became=CHECKED entries={}", folder, end);
    }
  }

  /** Reads nothing more than what it is reading. */
  @Override
  public void close() {
    close.run();
  }
}
