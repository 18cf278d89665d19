package toystore.catalog;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import toystore.disk.DataFolderException;
import toystore.disk.Database;
import toystore.disk.DatabaseConnection;
import toystore.disk.OldRowsCheck;
import toystore.disk.SealedRows;
import toystore.stock.LedgerRow;
import toystore.stock.LedgerState;
import toystore.stock.OlderRows;

/**
 * The ledger's oldest rows: found through sorted runs, and read from the database one at a time.
 * Each row's link is its digest, so that a row that was read is known to be what was written.
 *
 * <p>The event loop looks up; a thread of its own seals, which no commit waits for.
 */
final class SealedLedger implements OlderRows, AutoCloseable {
  /**
   * Rows that are sealed together: a quarter of a MiB of a run, and some MB of memory until then.
   * What no full step has, each start reads and digests: half a step on average.
   */
  static final int STEP = 1 << 14;

  private static final Logger LOG = LoggerFactory.getLogger(SealedLedger.class);

  /** A millisecond or two of reading: others wait for the same reader. */
  private static final int ROWS_AT_ONCE = 1_024;

  private static final long RETRY_SECONDS = 60;
  private static final long CLOSE_LIMIT_SECONDS = 10;
  private static final byte[] NO_STATE = new byte[0];

  private final Database database;
  private final SealedRows sealed;
  private final int step;
  private final Consumer<Throwable> onFailure;
  /** For the event loop. */
  private final RowDigests digests = new RowDigests();

  private final ScheduledThreadPoolExecutor sealer;
  private OldRowsCheck check;

  /** @param onFailure told, once, of old rows that are damaged or cannot be read */
  SealedLedger(Database database, SealedRows sealed, int step, Consumer<Throwable> onFailure) {
    this.database = database;
    this.onFailure = onFailure;
    this.sealed = sealed;
    this.step = step;
    sealer = new ScheduledThreadPoolExecutor(
        1,
        task -> {
          Thread thread = new Thread(task, "catalog-sealer");
          thread.setDaemon(true);
          return thread;
        },
        new ThreadPoolExecutor.DiscardPolicy()); // Of what comes after the end.
    sealer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** The folder of the runs, beside the database. */
  static SealedRows openRuns(Path database) {
    return SealedRows.open(database.resolveSibling("catalog.runs"), "catalog");
  }

  @Override
  public int count() {
    return (int) sealed.count();
  }

  @Override
  public int step() {
    return step;
  }

  /**
   * Waits for the disk, on the event loop, where a run has a row with the key's hash: that is a
   * purchase that is repeated after 16,384 others or more, or one new key in four hundred beside
   * ten million rows. A row takes some tens of microseconds, about as long as a question to another
   * thread; and the decision, which must not come between two others, stays one step.
   */
  @Override
  public OlderRow find(String key) {
    LedgerRow[] read = new LedgerRow[1];
    long row = sealed.find(key, candidate -> {
      read[0] = demand((int) candidate);
      return read[0].key().equals(key);
    });
    return row == SealedRows.ABSENT ? null : new OlderRow((int) row, read[0]);
  }

  /** The row as it was sealed. */
  private LedgerRow demand(int row) {
    LedgerRow read = database.lookUp(connection -> row(connection, row));
    if (read == null || digests.ofSold(row + 1, read) != sealed.link(row)) {
      // So the next start reads all rows, and refuses the file.
      sealed.distrust();
      throw DataFolderException.damaged(
          database.file(), "ledger row " + (row + 1) + " is not what was written", null);
    }
    return read;
  }

  private static LedgerRow row(DatabaseConnection connection, int row) throws SQLException {
    PreparedStatement select =
        connection.prepare("select key, toy, quantity, state from ledger where id = ?");
    select.setInt(1, row + 1);
    try (ResultSet found = select.executeQuery()) {
      return found.next()
          ? new LedgerRow(
              found.getString(1),
              found.getString(2),
              found.getInt(3),
              CatalogRows.state(found.getString(4)))
          : null;
    }
  }

  /** At a start: seals all full steps up to the first hold. So no start has more in memory. */
  void sealAll() {
    try {
      long rows = database.read(
          connection -> Long.parseLong(connection.text("select coalesce(max(id), 0) from ledger")));
      while (rows - sealed.count() >= step && sealNext()) {
        if (sealed.count() == step) {
          LOG.info("ledger rows={} became=BEING_SEALED", rows);
        }
      }
    } catch (IOException e) {
      LOG.warn("ledger sealedRows={} became=NOT_SEALED reason=\"{}\"", count(), e.toString());
    }
  }

  /** Seals the rows below this number, on a thread of its own; done when that was tried. */
  Future<?> seal(int below) {
    return sealer.submit(() -> trySealing(below));
  }

  private void trySealing(int below) {
    try {
      while (sealed.count() < below) {
        if (!sealNext()) {
          throw new IllegalStateException("rows below " + below + " are not all sold");
        }
      }
    } catch (RuntimeException | Error broken) {
      onFailure.accept(broken);
    } catch (IOException e) {
      // Nothing is lost: the rows stay in memory until it works.
      LOG.warn("ledger sealedRows={} became=NOT_SEALED reason=\"{}\"", count(), e.toString());
      sealer.schedule(() -> trySealing(below), RETRY_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** False where not all rows of the next step are sold. */
  private boolean sealNext() throws IOException {
    long first = sealed.count();
    RowDigests digesting = new RowDigests();
    List<String> keys = new ArrayList<>(step);
    long[] links = new long[step];
    long digest = 0;
    while (keys.size() < step) {
      long from = first + keys.size();
      List<LedgerRow> rows = database.read(connection ->
          CatalogRows.ledger(connection, from, Math.min(from + ROWS_AT_ONCE, first + step)));
      if (rows.isEmpty()) {
        return false;
      }
      for (LedgerRow row : rows) {
        if (row.state() != LedgerState.SOLD) {
          return false;
        }
        links[keys.size()] = digesting.ofSold(first + keys.size() + 1, row);
        digest += links[keys.size()];
        keys.add(row.key());
      }
    }
    sealed.seal(new SealedRows.Added(first, keys, links, digest, NO_STATE));
    return true;
  }

  /** Reads the sealed rows again, slowly. */
  void check() {
    check = OldRowsCheck.start(database, RowDigests.SUMS, sealed, onFailure);
  }

  /** Before the database is closed. Waits for what is under way. */
  @Override
  public void close() {
    if (check != null) {
      check.close();
    }
    end(sealer);
    sealed.close();
  }

  private static void end(ExecutorService executor) {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("ledger sealing became=LEFT");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
