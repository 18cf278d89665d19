package toystore.disk;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;

/**
 * Waits while another program holds the lock of a database file, such as a person's {@code sqlite3}
 * in a transaction. Nothing was read or written then, so nothing is lost by trying again.
 */
final class LockWait {
  /** How long SQLite itself waits in one attempt. */
  static final int ATTEMPT_MS = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(LockWait.class);
  private static final int BASIC_CODE = 0xff;
  private static final Set<Integer> OUT_OF_REACH = Set.of(
      SQLiteErrorCode.SQLITE_PERM.code,
      SQLiteErrorCode.SQLITE_BUSY.code,
      SQLiteErrorCode.SQLITE_LOCKED.code,
      SQLiteErrorCode.SQLITE_NOMEM.code,
      SQLiteErrorCode.SQLITE_READONLY.code,
      SQLiteErrorCode.SQLITE_FULL.code,
      SQLiteErrorCode.SQLITE_CANTOPEN.code,
      SQLiteErrorCode.SQLITE_AUTH.code);

  /** What must not have changed anything when it fails because the file is locked. */
  @FunctionalInterface
  interface Attempt<T> {
    T make() throws SQLException;
  }

  private LockWait() {}

  /** Tries for as long as it takes. */
  static <T> T keep(Path file, Attempt<T> attempt) throws SQLException {
    return keep(file, attempt, () -> true);
  }

  /**
   * @param isWorthIt asked after each attempt that met a lock: when false, its failure is thrown
   */
  static <T> T keep(Path file, Attempt<T> attempt, BooleanSupplier isWorthIt) throws SQLException {
    long start = System.nanoTime();
    boolean told = false;
    while (true) {
      try {
        T result = attempt.make();
        if (told) {
          LOG.info("file={} became=UNLOCKED waitedMs={}", file, msSince(start));
        }
        return result;
      } catch (SQLException e) {
        if (!isLocked(e) || Thread.currentThread().isInterrupted() || !isWorthIt.getAsBoolean()) {
          throw e;
        }
        if (!told) {
          LOG.warn(
              "file={} became=LOCKED by another program; this one waits until it is free:"
                  + " end the transaction or the program, such as sqlite3, that has it open",
              file);
          told = true;
        }
      }
    }
  }

  private static long msSince(long startNanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
  }

  private static boolean isLocked(SQLException e) {
    int code = e.getErrorCode() & BASIC_CODE;
    return code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code;
  }

  /** Whether the file is out of reach, rather than its content wrong. */
  static boolean isOutOfReach(SQLException e) {
    return OUT_OF_REACH.contains(e.getErrorCode() & BASIC_CODE);
  }
}
