package toystore.order;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import toystore.disk.DataFolderException;
import toystore.disk.Database;
import toystore.disk.DatabaseConnection;
import toystore.disk.SealedRows;
import toystore.edge.Loop;
import toystore.model.Chain;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.replication.OlderOrders;
import toystore.replication.OrderBook;
import toystore.replication.OrderBook.PlacedOrder;
import toystore.replication.OrderTable;

/**
 * The orders that are sealed: found through {@link SealedRows}, and read from the database. Each
 * order that is read must follow from the link of the chain before it; one that does not was
 * changed on the disk, and the replica ends.
 *
 * <p>Any thread may ask; one at a time seals.
 */
public final class SealedOrders implements OlderOrders {
  private static final String SELECT = "SELECT key, toy, quantity FROM orders WHERE number = ?";

  private final Database database;
  private final SealedRows sealed;
  private final Consumer<Throwable> onDamage;

  /** @param onDamage told, on any thread, of an order that is not as it was written */
  public SealedOrders(Database database, SealedRows sealed, Consumer<Throwable> onDamage) {
    this.database = database;
    this.sealed = sealed;
    this.onDamage = onDamage;
  }

  @Override
  public long count() {
    return sealed.count();
  }

  @Override
  public long link(long number) {
    return sealed.link(number);
  }

  @Override
  public Map<String, Long> sold() {
    return SoldUnits.read(sealed.state());
  }

  /**
   * The order of this key, read on the calling thread, which may be the event loop's: to apply a
   * purchase again would be wrong, and to wait for another thread would put the entries behind it
   * in disorder. It is rare: a key that was sold so long ago, or another key with the same 32 bits
   * of hash, which a new key meets once in 430 times beside ten million orders. One row is read by
   * its number, some 20 microseconds where the system has it in memory.
   */
  @Override
  public Optional<PlacedOrder> byKey(String key) {
    AtomicReference<PlacedOrder> found = new AtomicReference<>();
    sealed.find(key, number -> {
      PurchaseRequest purchase = purchase(number);
      boolean isIt = purchase.key().equals(key);
      if (isIt) {
        found.set(new PlacedOrder(number, purchase));
      }
      return isIt;
    });
    return Optional.ofNullable(found.get());
  }

  /** Read on the calling thread. */
  @Override
  public PurchaseRequest purchase(long number) {
    try {
      return database.lookUp(session -> read(session, number, new Chain()));
    } catch (DataFolderException damage) {
      onDamage.accept(damage);
      throw damage;
    }
  }

  /** Reads orders on another thread, all at once; the future ends on this loop. */
  Future<List<Order>> read(List<Long> numbers, Loop loop) {
    Promise<List<Order>> read = Promise.promise();
    database.<List<Order>>readAsync(
        session -> {
          Chain chain = new Chain();
          List<Order> orders = new ArrayList<>(numbers.size());
          for (long number : numbers) {
            orders.add(new PlacedOrder(number, read(session, number, chain)).order());
          }
          return orders;
        },
        (orders, failure) -> {
          if (failure != null) {
            onDamage.accept(failure);
          }
          loop.execute(() -> {
            if (failure == null) {
              read.complete(orders);
            } else {
              read.fail(failure);
            }
          });
        });
    return read.future();
  }

  private PurchaseRequest read(DatabaseConnection session, long number, Chain chain)
      throws SQLException {
    PreparedStatement select = session.prepare(SELECT);
    select.setLong(1, number);
    try (ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        throw damaged("order " + number + " is not in it any more", null);
      }
      PurchaseRequest purchase =
          new PurchaseRequest(row.getString(1), row.getString(2), row.getInt(3));
      demandAsWritten(number, purchase, chain);
      return purchase;
    } catch (IllegalArgumentException | NullPointerException e) {
      // What a purchase cannot be, such as one without a key.
      throw damaged("order " + number + " is no order any more: " + e.getMessage(), e);
    }
  }

  /**
   * Demands of an order that somebody has read that it is as it was written; nothing is known of
   * one that is not sealed.
   *
   * @throws DataFolderException when it is not
   */
  public void demandAsWritten(long number, PurchaseRequest purchase, Chain chain) {
    if (number < count()
        && OrderBook.link(chain, markAt(number).link(), number, purchase) != link(number)) {
      throw damaged("order " + number + " is not as it was written", null);
    }
  }

  /** The next start reads all orders then, and says which of both is damaged. */
  private DataFolderException damaged(String what, Throwable cause) {
    sealed.distrust();
    return DataFolderException.damaged(database.file(), what, cause);
  }

  /**
   * Seals the next orders, which must be durable in the database.
   *
   * @param digest the sum of the digests of their rows
   */
  void seal(OrderTable table, long digest) throws IOException {
    SortedMap<String, Long> sold = new TreeMap<>();
    table.addSoldTo(sold);
    byte[] state = SoldUnits.plus(sealed.state(), sold);
    long[] links = LongStream.range(table.first(), table.end()).map(table::link).toArray();
    sealed.seal(new SealedRows.Added(table.first(), keys(table), links, digest, state));
  }

  /** Made when they are asked for: all at once would be a megabyte. */
  private static List<String> keys(OrderTable table) {
    return new AbstractList<>() {
      @Override
      public String get(int index) {
        return table.key(table.first() + index);
      }

      @Override
      public int size() {
        return table.size();
      }
    };
  }
}
