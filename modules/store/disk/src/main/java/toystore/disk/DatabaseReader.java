package toystore.disk;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** A connection for reading only, used by one caller at a time. */
final class DatabaseReader {
  private static final long CLOSE_LIMIT_SECONDS = 5;

  private final Path file;
  private final DatabaseConnection connection;
  private final ExecutorService executor;

  DatabaseReader(Path file, String name, DatabaseConnection connection) {
    this.file = file;
    this.connection = connection;
    this.executor = Executors.newSingleThreadExecutor(task -> {
      Thread thread = new Thread(task, name + "-reader");
      thread.setDaemon(true);
      return thread;
    });
  }

  /** All statements of a query see one state. */
  synchronized <T> T read(Query<T> query) throws SQLException {
    LockWait.keep(file, this::begin);
    try {
      return query.run(connection);
    } finally {
      connection.commit();
    }
  }

  /** With the lock that the query needs: so a query is never begun twice. */
  private Void begin() throws SQLException {
    connection.begin();
    try {
      connection.text("SELECT name FROM sqlite_schema LIMIT 1");
      return null;
    } catch (SQLException e) {
      connection.commit();
      throw e;
    }
  }

  <T> void readAsync(Query<T> query, BiConsumer<T, Throwable> result) {
    executor.execute(() -> {
      T value = null;
      Throwable failure = null;
      try {
        value = read(query);
      } catch (SQLException | RuntimeException | Error e) {
        // Whatever it is: the caller waits for this one answer.
        failure = e;
      }
      result.accept(value, failure);
    });
  }

  void close() {
    executor.shutdown();
    try {
      if (executor.awaitTermination(CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        connection.close();
      }
    } catch (SQLException e) {
      throw new DataFolderException("the reading connection cannot be closed: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
