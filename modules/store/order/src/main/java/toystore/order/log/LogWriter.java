package toystore.order.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import toystore.disk.GroupCommit;

/**
 * The thread that owns the {@link SegmentedLog}: whatever waits while it is busy goes into its next
 * write and sync. After a failure it does nothing more: what the disk then holds is unknown.
 */
public final class LogWriter {
  private static final int MAX_CHANGES = 4_096;
  private static final WaitingLogChange END = new WaitingLogChange(log -> {}, () -> {});

  /** What is done to the log; durable with the sync that follows. */
  @FunctionalInterface
  public interface LogChange {
    void apply(SegmentedLog log) throws IOException;
  }

  private record WaitingLogChange(LogChange change, Runnable onDurable) {}

  private final LinkedBlockingQueue<WaitingLogChange> queue = new LinkedBlockingQueue<>();
  private final SegmentedLog log;
  private final Consumer<Throwable> onFailure;
  private final Thread thread;
  private volatile GroupCommit.Counts counts = GroupCommit.Counts.NONE;

  /** @param onFailure told, once and on the writer's thread, of a change or sync that failed */
  public LogWriter(String name, SegmentedLog log, Consumer<Throwable> onFailure) {
    this.log = log;
    this.onFailure = onFailure;
    thread = new Thread(this::run, name + "-log");
    thread.setDaemon(true);
    // An error, such as memory that ran out, ends this thread: nothing would ever be durable again.
    thread.setUncaughtExceptionHandler((ended, error) -> onFailure.accept(error));
    thread.start();
  }

  /** @param onDurable called on the writer's thread, in the order of the calls */
  public void add(LogChange change, Runnable onDurable) {
    queue.add(new WaitingLogChange(change, onDurable));
  }

  private void run() {
    List<WaitingLogChange> batch = new ArrayList<>();
    try {
      while (!batch.contains(END)) {
        batch.clear();
        batch.add(queue.take());
        queue.drainTo(batch, MAX_CHANGES - 1);
        long start = System.nanoTime();
        for (WaitingLogChange waiting : batch) {
          waiting.change().apply(log);
        }
        log.sync();
        log.demandInPlace();
        counts = counts.and(batch.size(), System.nanoTime() - start);
        batch.forEach(waiting -> waiting.onDurable().run());
      }
      log.close();
    } catch (IOException | RuntimeException e) {
      onFailure.accept(e);
    } catch (InterruptedException e) {
      onFailure.accept(e);
      Thread.currentThread().interrupt();
    }
  }

  /** What was written and synced so far; may be asked from any thread. */
  public GroupCommit.Counts counts() {
    return counts;
  }

  /** Carries out what waits, then closes the log. Waits for it. */
  public void close() {
    queue.add(END);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
