package toystore.raft;

import io.vertx.core.buffer.Buffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import toystore.disk.Database;
import toystore.disk.DatabaseConnection;
import toystore.edge.WireFormat;
import toystore.model.Chain;
import toystore.model.LogPosition;
import toystore.model.PurchaseRequest;
import toystore.model.Require;
import toystore.model.StoreException;
import toystore.order.OrderStore;
import toystore.order.SealedOrders;
import toystore.raft.core.SnapshotChunk;
import toystore.replication.OrderBook;

/**
 * Pieces of the state as it was at a position: orders are never changed nor removed, so those up to
 * an index are the snapshot of that index, at any time later, and its pieces are those between two
 * indexes.
 */
final class Snapshots {
  private static final int ROWS = 4_000;
  private static final String SELECT = "SELECT number, key, toy, quantity, idx FROM orders"
      + " WHERE number >= ? AND idx <= ? ORDER BY number LIMIT ?";

  /** How many there are, from the last one: counting them would read them all, for each piece. */
  private static final String COUNT = "SELECT coalesce(max(number) + 1, 0) FROM orders";

  private static final String INDEX = "SELECT idx FROM orders WHERE number = ?";

  private final Database database;
  private final SealedOrders older;
  private final ReadAhead pieces = new ReadAhead(this::readNow);

  /** A piece, on the wire. */
  record Rows(List<OrderStore.OrderRow> rows) {
    Rows {
      Require.batch("rows", rows);
    }
  }

  /** @param older what is read must be as these say */
  Snapshots(Database database, SealedOrders older) {
    this.database = database;
    this.older = older;
  }

  /** Reads a piece; {@code result} is called on any thread, on this one if it is read already. */
  void read(LogPosition state, long offset, BiConsumer<SnapshotChunk, Throwable> result) {
    pieces.read(state, offset).whenComplete(result);
  }

  private CompletableFuture<SnapshotChunk> readNow(LogPosition state, long offset) {
    CompletableFuture<SnapshotChunk> chunk = new CompletableFuture<>();
    database.readAsync(
        session -> chunk(state, offset, rows(session, state, offset)), (read, failure) -> {
          if (failure == null) {
            chunk.complete(read);
          } else {
            chunk.completeExceptionally(failure);
          }
        });
    return chunk;
  }

  private List<OrderStore.OrderRow> rows(DatabaseConnection session, LogPosition state, long offset)
      throws SQLException {
    PreparedStatement select = session.prepare(SELECT);
    select.setLong(1, firstBehind(session, offset));
    select.setLong(2, state.index());
    select.setInt(3, ROWS + 1);
    List<OrderStore.OrderRow> rows = new ArrayList<>();
    Chain chain = new Chain();
    try (ResultSet found = select.executeQuery()) {
      while (found.next()) {
        PurchaseRequest purchase =
            new PurchaseRequest(found.getString(2), found.getString(3), found.getInt(4));
        older.demandAsWritten(found.getLong(1), purchase, chain);
        rows.add(new OrderStore.OrderRow(found.getLong(1), purchase, found.getLong(5)));
      }
    }
    return rows;
  }

  /** Numbers have no gaps, and grow with the index: the first order behind one, or their count. */
  private static long firstBehind(DatabaseConnection session, long index) throws SQLException {
    long low = 0;
    long high = number(session.prepare(COUNT));
    while (low < high) {
      long middle = (low + high) / 2;
      PreparedStatement select = session.prepare(INDEX);
      select.setLong(1, middle);
      if (number(select) > index) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private static long number(PreparedStatement select) throws SQLException {
    try (ResultSet found = select.executeQuery()) {
      found.next();
      return found.getLong(1);
    }
  }

  private static SnapshotChunk chunk(
      LogPosition state, long offset, List<OrderStore.OrderRow> found) {
    boolean last = found.size() <= ROWS;
    List<OrderStore.OrderRow> rows = last ? found : found.subList(0, ROWS);
    String data = WireFormat.encode(new Rows(rows)).toString();
    long next = last ? state.index() : rows.get(ROWS - 1).index();
    return new SnapshotChunk(state, offset, next, data);
  }

  /**
   * Checks that the orders of a piece are whole, in order, of its part of the log, and go on where
   * this book ends or before.
   */
  static void requireFit(SnapshotChunk chunk, List<OrderStore.OrderRow> rows, OrderBook book) {
    long number = rows.isEmpty() ? book.count() : rows.get(0).number();
    long index = chunk.offset();
    Set<String> added = new HashSet<>();
    Require.that(number <= book.count(), "chunk number", number);
    for (OrderStore.OrderRow row : rows) {
      Require.that(row.number() == number, "chunk number", row.number());
      Require.that(row.index() > index && row.index() <= chunk.next(), "chunk index", row.index());
      String key = row.purchase().key();
      boolean isNew = number < book.count() || book.byKey(key).isEmpty() && added.add(key);
      Require.that(isNew, "chunk key", key);
      index = row.index();
      number++;
    }
  }

  /** @throws IllegalArgumentException when it is no piece */
  static List<OrderStore.OrderRow> rowsOf(SnapshotChunk chunk) {
    try {
      return WireFormat.decode(Buffer.buffer(chunk.data()), Rows.class).rows();
    } catch (StoreException e) {
      throw new IllegalArgumentException("chunk data: " + e.getMessage(), e);
    }
  }
}
