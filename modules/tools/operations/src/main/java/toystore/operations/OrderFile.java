package toystore.operations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.util.Optional;
import java.util.function.Consumer;
import toystore.disk.DataFolderException;
import toystore.disk.DatabaseSnapshot;
import toystore.disk.Query;

/**
 * A replica's database file, read beside the replica or without it. Nothing in its folder is
 * changed or made, and what is only in its write-ahead log yet is seen.
 */
final class OrderFile implements AutoCloseable {
  private final DatabaseSnapshot snapshot;

  private OrderFile(DatabaseSnapshot snapshot) {
    this.snapshot = snapshot;
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
    try {
      return new OrderFile(DatabaseSnapshot.open(file));
    } catch (DataFolderException e) {
      throw unreadable(file, e);
    }
  }

  private static OperationFailed unreadable(Path file, DataFolderException cause) {
    return new OperationFailed(
        "cannot read the orders in " + file + ": " + cause.getMessage(), cause);
  }

  /** Why the orders may not be all, by the mark beside the file; empty where it is as marked. */
  Optional<String> doubt() {
    return snapshot.doubt();
  }

  /** Every committed order, in number order, as an object with number, name, quantity and key. */
  void forEach(Consumer<ObjectNode> use) {
    this.<Void>read(connection -> {
      try (ResultSet rows = connection
          .prepare("select number, toy, quantity, key from orders order by number")
          .executeQuery()) {
        while (rows.next()) {
          use.accept(Json.object()
              .put("number", rows.getLong(1))
              .put("name", rows.getString(2))
              .put("quantity", rows.getLong(3))
              .put("key", rows.getString(4)));
        }
      }
      return null;
    });
  }

  /** The highest number, -1 for none: read in no time, however many there are. */
  long newest() {
    return read(connection ->
        Long.parseLong(connection.text("select coalesce(max(number), -1) from orders")));
  }

  /** Reads all, and compares all keys: some seconds for a million orders. */
  Count count() {
    long keys = DifferentKeys.count(this::forEachKey);
    return read(connection -> {
      try (ResultSet row = connection
          .prepare("select count(*), coalesce(min(number), -1), coalesce(max(number), -1)"
              + " from orders")
          .executeQuery()) {
        row.next();
        return new Count(row.getLong(1), keys, row.getLong(2), row.getLong(3));
      }
    });
  }

  private void forEachKey(Consumer<String> use) {
    this.<Void>read(connection -> {
      try (ResultSet rows = connection.prepare("select key from orders").executeQuery()) {
        while (rows.next()) {
          use.accept(rows.getString(1));
        }
      }
      return null;
    });
  }

  private <T> T read(Query<T> query) {
    try {
      return snapshot.read(query);
    } catch (DataFolderException e) {
      throw unreadable(snapshot.file(), e);
    }
  }

  @Override
  public void close() {
    try {
      snapshot.close();
    } catch (DataFolderException e) {
      throw new OperationFailed("cannot close an orders file", e);
    }
  }
}
