package toystore.disk;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The writer thread: takes all that waits, commits it as one transaction, leaves a mark of it,
 * tells each waiter.
 */
public final class GroupCommit {
  private static final int MAX_CHANGES = 4_096;
  /**
   * Far more than callers hand over: a replica one change in a tenth of a second, and the catalog
   * refuses what needs the disk, before it decides on it, from 100,000 writes under way. Here it
   * would be too late to refuse: a change that is handed over was decided, and the next one
   * builds on it. So whoever comes here has broken its own limit, and the owner ends.
   */
  private static final int MAX_WAITING = 1 << 18;
  /** How often one that is to close still tries to get a lock that another program has. */
  private static final int CLOSE_ATTEMPTS = 5;

  private static final WaitingChange END = new WaitingChange(connection -> {}, () -> {});

  private final LinkedBlockingQueue<WaitingChange> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
  private final AtomicBoolean closing = new AtomicBoolean();
  private final DatabaseConnection connection;
  private final CommitMarks trail;
  private final Consumer<Throwable> onFailure;
  private final Thread thread;
  private int closeAttempts;
  private volatile Counts counts = Counts.NONE;

  GroupCommit(
      String name,
      DatabaseConnection connection,
      CommitMarks trail,
      Consumer<Throwable> onFailure) {
    this.connection = connection;
    this.trail = trail;
    this.onFailure = onFailure;
    connection.digest(trail.digest());
    this.thread = new Thread(this::run, name + "-writer");
    thread.setDaemon(true);
    // An error, such as memory that ran out, ends this thread: nothing would ever be durable again.
    thread.setUncaughtExceptionHandler((ended, error) -> onFailure.accept(error));
    thread.start();
  }

  void add(Transaction changes, Runnable onDurable) {
    if (closing.get()) {
      throw new IllegalStateException("a change was handed over after the database was closed");
    }
    if (!waiting.offer(new WaitingChange(changes, onDurable))) {
      throw new IllegalStateException(MAX_WAITING + " changes wait for the disk already");
    }
  }

  Counts counts() {
    return counts;
  }

  private void run() {
    List<WaitingChange> batch = new ArrayList<>();
    try {
      while (true) {
        batch.clear();
        batch.add(waiting.take());
        waiting.drainTo(batch, MAX_CHANGES - 1);
        boolean last = batch.get(batch.size() - 1) == END;
        if (batch.get(0) != END) {
          commit(batch);
        }
        if (last) {
          // In this order: SQLite removes its write-ahead log as it closes.
          trail.close();
          connection.close();
          return;
        }
      }
    } catch (SQLException | IOException | RuntimeException e) {
      onFailure.accept(e);
    } catch (InterruptedException e) {
      onFailure.accept(e);
      Thread.currentThread().interrupt();
    }
  }

  private void commit(List<WaitingChange> batch) throws SQLException, IOException {
    long start = System.nanoTime();
    LockWait.keep(trail.file(), this::begin, this::isWorthWaiting);
    for (WaitingChange change : batch) {
      change.changes.run(connection);
    }
    trail.count(connection);
    connection.commit();
    // Invariant: committed >= marked >= told. So the mark is never newer than the file, and a file
    // that is behind its mark has lost what somebody was told.
    trail.mark();
    counts = counts.and(batch.size(), System.nanoTime() - start);
    for (WaitingChange change : batch) {
      change.onDurable.run();
    }
  }

  /** Nothing is done before the lock is there: so an attempt may be repeated. */
  private Void begin() throws SQLException {
    connection.beginWriting();
    return null;
  }

  private boolean isWorthWaiting() {
    if (closing.get() && closeAttempts++ >= CLOSE_ATTEMPTS) {
      return false;
    }
    trail.demandInPlace();
    return true;
  }

  void close() {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    waiting.add(END);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record WaitingChange(Transaction changes, Runnable onDurable) {}

  /**
   * What was committed since the file was opened.
   *
   * @param commits transactions
   * @param changes callers' changes in them
   * @param nanos time they took, in nanoseconds, fsync included
   */
  public record Counts(long commits, long changes, long nanos) {
    public static final Counts NONE = new Counts(0, 0, 0);

    /** With one more commit, of so many changes, that took so long. */
    public Counts and(int moreChanges, long moreNanos) {
      return new Counts(commits + 1, changes + moreChanges, nanos + moreNanos);
    }
  }
}
