package toystore.disk;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what a start has not read, slowly, while the service goes on: what nobody asks for would
 * stay damaged unseen. Here are the thread and the clock; what is read is the {@link Work}'s, and
 * when, its {@link Rhythm}'s. Owned by its one thread.
 */
public final class BackgroundCheck implements AutoCloseable {
  private static final long CLOSE_LIMIT_SECONDS = 5;
  private static final Logger LOG = LoggerFactory.getLogger(BackgroundCheck.class);

  /** What is read, piece by piece. */
  @FunctionalInterface
  public interface Work {
    /**
     * Reads the next piece, if there is one now.
     *
     * @return whether there is more to read now
     * @throws RuntimeException where it is not as it was written, or cannot be read
     */
    boolean readNext();
  }

  /** Runs something once, after a time. */
  @FunctionalInterface
  interface Timer {
    void later(Runnable task, long delayMs);
  }

  private final Work work;
  private final Rhythm rhythm;
  private final Consumer<Throwable> onFailure;
  private final Timer timer;
  private final Runnable close;

  BackgroundCheck(
      Work work, Rhythm rhythm, Consumer<Throwable> onFailure, Timer timer, Runnable close) {
    this.work = work;
    this.rhythm = rhythm;
    this.onFailure = onFailure;
    this.timer = timer;
    this.close = close;
    rest(rhythm.firstMs());
  }

  /**
   * Begins, on a thread of its own.
   *
   * @param name of the thread
   * @param onFailure told, once and on that thread, why nothing more is read
   */
  public static BackgroundCheck start(
      String name, Work work, Rhythm rhythm, Consumer<Throwable> onFailure) {
    ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
        1,
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        },
        new ThreadPoolExecutor.DiscardPolicy()); // Of what comes after the end.
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return new BackgroundCheck(
        work,
        rhythm,
        onFailure,
        (task, delayMs) -> executor.schedule(task, delayMs, TimeUnit.MILLISECONDS),
        () -> end(name, executor));
  }

  /** A reading that is under way needs its files. */
  private static void end(String name, ScheduledThreadPoolExecutor executor) {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("check={} became=LEFT", name);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void step() {
    long startNs = System.nanoTime();
    try {
      boolean more = work.readNext();
      rest(rhythm.restMs(more, System.nanoTime() - startNs));
    } catch (RuntimeException | Error e) {
      onFailure.accept(e);
    }
  }

  private void rest(long ms) {
    if (ms != Rhythm.NEVER) {
      timer.later(this::step, ms);
    }
  }

  /** Waits for a reading that is under way. */
  @Override
  public void close() {
    close.run();
  }
}
