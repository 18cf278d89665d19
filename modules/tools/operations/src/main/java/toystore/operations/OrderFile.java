package toystore.operations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.Consumer;
import toystore.disk.DataFolderException;
import toystore.disk.DurableExtent;
import toystore.disk.MarkFile;
import toystore.disk.SqliteFile;

/**
 * A replica's database file, read beside the replica or without it. Nothing in its folder is
 * changed or made, and what is only in its write-ahead log yet is seen.
 */
final class OrderFile implements AutoCloseable {
  private final Path file;
  private final DurableExtent marked;
  private final Path copy;
  private final Connection connection;

  private OrderFile(Path file, DurableExtent marked, Path copy, Connection connection) {
    this.file = file;
    this.marked = marked;
    this.copy = copy;
    this.connection = connection;
  }

  /**
   * What a file holds.
   *
   * @param keys different purchases
   * @param first lowest number, -1 for none
   * @param last highest number, -1 for none
   */
  record Count(long orders, long keys, long first, long last) {
    boolean hasGaps() {
      return orders > 0 && (first != 0 || last != orders - 1);
    }
  }

  static OrderFile open(Path file) {
    if (!Files.exists(file)) {
      throw new OperationFailed("no orders file: " + file + " does not exist");
    }
    Path copy = null;
    try {
      // Before the file: a replica that runs moves both, and the mark must not be the newer one.
      DurableExtent marked = MarkFile.read(MarkFile.beside(file));
      boolean hasLog = Files.exists(beside(file, "-wal"));
      if (!hasLog) {
        // Closed in order: no log to read, and a plain read-only opening would make one.
        return new OrderFile(file, marked, null, connect(file, "immutable=1"));
      }
      if (Files.exists(beside(file, "-shm"))) {
        return new OrderFile(file, marked, null, connect(file, "mode=ro"));
      }
      // A log without its index, which reading would make: so read a copy.
      copy = Files.createTempDirectory("orders");
      Files.copy(file, copy.resolve("copy.db"));
      Files.copy(beside(file, "-wal"), copy.resolve("copy.db-wal"));
      return new OrderFile(file, marked, copy, connect(copy.resolve("copy.db"), "mode=rw"));
    } catch (IOException | SQLException | DataFolderException e) {
      delete(copy);
      throw unreadable(file, e);
    }
  }

  private static Path beside(Path file, String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  private static Connection connect(Path file, String mode) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file.toUri() + "?" + mode);
  }

  private static OperationFailed unreadable(Path file, Throwable cause) {
    return new OperationFailed(
        "cannot read the orders in " + file + ": " + cause.getMessage(), cause);
  }

  /** Why the orders may not be all, by the mark beside the file; empty where it is as marked. */
  Optional<String> doubt() {
    try {
      SqliteFile.demandNotBehind(file, marked, connection);
      return Optional.empty();
    } catch (SQLException | DataFolderException e) {
      return Optional.of(e.getMessage());
    }
  }

  /** Every committed order, in number order, as an object with number, name, quantity and key. */
  void forEach(Consumer<ObjectNode> use) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(
            "select number, toy, quantity, key from orders order by number")) {
      while (rows.next()) {
        use.accept(Json.object()
            .put("number", rows.getLong(1))
            .put("name", rows.getString(2))
            .put("quantity", rows.getLong(3))
            .put("key", rows.getString(4)));
      }
    } catch (SQLException e) {
      throw new OperationFailed("cannot read the orders: " + e.getMessage(), e);
    }
  }

  Count count() {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(
            "select count(*), count(distinct key), coalesce(min(number), -1),"
                + " coalesce(max(number), -1) from orders")) {
      return new Count(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
    } catch (SQLException e) {
      throw new OperationFailed("cannot count the orders: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new OperationFailed("cannot close an orders file", e);
    } finally {
      delete(copy);
    }
  }

  private static void delete(Path folder) {
    if (folder == null) {
      return;
    }
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw FileTrouble.failure("cannot delete " + folder, e);
    }
  }
}
