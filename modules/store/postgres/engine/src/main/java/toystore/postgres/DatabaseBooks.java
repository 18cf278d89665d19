package toystore.postgres;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import toystore.edge.Settings;
import toystore.model.PurchaseRequest;
import toystore.stock.ToyRow;

/**
 * The books of a store in its database, as they are at one moment: for commands, beside the desks
 * or without them. Reads the primary only, and changes nothing. What it says of orders may go
 * beyond what is replicated, so nobody is answered from it. Calls wait for the database.
 */
public final class DatabaseBooks implements AutoCloseable {
  private static final String APPLICATION = "toystore command";
  private static final int PAGE = 10_000;

  private static final String MOMENT =
      "start transaction isolation level repeatable read, read only";
  private static final String ORDERS =
      """
      select count(*),
        (select count(*) from toystore.order_key join toystore.orders using (key, number)),
        coalesce(min(number), -1), coalesce(max(number), -1),
        coalesce(mod(sum(hashtextextended(number || ' ' || key || ' ' || quantity || toy, 0)::numeric),
          18446744073709551616), 0)::text
      from toystore.orders
      """;
  private static final String TOYS =
      "select name, initial, restocked, stock, sold from toystore.toy order by position";
  private static final String DESK =
      "select epoch, beat, next_number, clock_ms, session_ms from toystore.desk";
  private static final String SHELVES =
      """
      select position, name, price_cents, initial, restocked, stock from toystore.toy
      order by position
      """;
  private static final String SOLD =
      "select toy, sum(quantity)::bigint from toystore.orders group by toy";
  private static final String PAGES =
      """
      select number, toy, quantity, key from toystore.orders where number >= $1
      order by number limit $2
      """;

  private final Vertx vertx;
  private final PgConnection connection;

  private DatabaseBooks(Vertx vertx, PgConnection connection) {
    this.vertx = vertx;
    this.connection = connection;
  }

  /** Why the books cannot be read, in words for a person. */
  public static final class UnreadableBooks extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnreadableBooks(String words) {
      super(words);
    }

    UnreadableBooks(Throwable cause) {
      super(cause.getMessage(), cause);
    }
  }

  /**
   * A toy.
   *
   * @param sold units, by its own row
   */
  public record BookedToy(String name, long initial, long restocked, long stock, long sold) {}

  /** An order, and the key of the purchase that became it. */
  public record BookedOrder(long number, String toy, int quantity, String key) {}

  /**
   * The desk's row.
   *
   * @param beat number of turns
   * @param orders so many there are
   * @param clockMs by which requests have an age
   * @param sessionMs how long a cache may be served that a desk has allowed; 0 for none
   */
  public record BookedDesk(long epoch, long beat, long orders, long clockMs, long sessionMs) {}

  /** Takes all of the books: the desk's row, then toys by position, then orders by number. */
  public interface BooksTaker {
    void desk(BookedDesk desk);

    void toy(ToyRow toy);

    void order(long number, PurchaseRequest purchase);
  }

  /**
   * All in short.
   *
   * @param next number of the next order, as the desk's row has it
   * @param keys different ones that name their order
   * @param first lowest number, -1 for none
   * @param last highest number, -1 for none
   * @param digest equal exactly where the orders and their keys are
   * @param sold units by toy, by the orders
   */
  public record Summary(
      List<BookedToy> toys,
      long next,
      long orders,
      long keys,
      long first,
      long last,
      String digest,
      Map<String, Long> sold) {}

  /**
   * Opens those that a desk of this configuration works on.
   *
   * @throws UnreadableBooks where no primary answers
   */
  public static DatabaseBooks open(JsonObject deskConfiguration) {
    DatabaseChoice choice = DatabaseChoice.read(Settings.of(deskConfiguration));
    Vertx vertx = Vertx.vertx();
    try {
      PgConnection connection = await(primary(vertx, choice, 0));
      return new DatabaseBooks(vertx, connection);
    } catch (UnreadableBooks e) {
      vertx.close().await();
      throw e;
    }
  }

  /** How a desk of this configuration reaches the first of its addresses, for commands. */
  public static PgConnectOptions options(JsonObject deskConfiguration) {
    return DatabaseChoice.read(Settings.of(deskConfiguration)).options(0, APPLICATION);
  }

  private static Future<PgConnection> primary(Vertx vertx, DatabaseChoice choice, int address) {
    return PgConnection.connect(vertx, choice.options(address, APPLICATION))
        .compose(opened -> opened
            .query("select pg_is_in_recovery()")
            .execute()
            .compose(rows -> rows.iterator().next().getBoolean(0)
                ? Future.<PgConnection>failedFuture(new StandbyException())
                : Future.succeededFuture(opened))
            .onFailure(unfit -> opened.close()))
        .recover(failure -> address + 1 < choice.addresses().size()
            ? primary(vertx, choice, address + 1)
            : Future.failedFuture(failure));
  }

  /** All of it at one moment. */
  public Summary summary() {
    return await(atOneMoment(() -> query("select next_number from toystore.desk")
        .compose(desk -> query(ORDERS).compose(orders -> query(TOYS).compose(toys -> query(SOLD)
            .map(sold -> summary(desk.iterator().next(), orders, toys, sold)))))));
  }

  private static Summary summary(
      Row desk, RowSet<Row> orders, RowSet<Row> toys, RowSet<Row> soldByToy) {
    List<BookedToy> rows = new ArrayList<>();
    toys.forEach(row -> rows.add(new BookedToy(
        row.getString(0), row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4))));
    Map<String, Long> sold = new LinkedHashMap<>();
    soldByToy.forEach(row -> sold.put(row.getString(0), row.getLong(1)));
    Row counted = orders.iterator().next();
    return new Summary(
        rows,
        desk.getLong(0),
        counted.getLong(0),
        counted.getLong(1),
        counted.getLong(2),
        counted.getLong(3),
        counted.getString(4),
        sold);
  }

  /** Every order of one moment, in number order. */
  public void orders(Consumer<BookedOrder> use) {
    await(atOneMoment(() -> page(0, use)));
  }

  /** Gives all of one moment. */
  public void copy(BooksTaker taker) {
    await(atOneMoment(() -> query(DESK).compose(desk -> {
      BookedDesk row = desk(desk.iterator().next());
      taker.desk(row);
      return query(SHELVES).compose(toys -> {
        toys.forEach(toy -> taker.toy(shelf(toy, row.beat())));
        return page(
            0,
            order -> taker.order(
                order.number(), new PurchaseRequest(order.key(), order.toy(), order.quantity())));
      });
    })));
  }

  private static BookedDesk desk(Row row) {
    return new BookedDesk(
        row.getLong(0), row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
  }

  /** Its version is that of the last turn: all that was told of it had an earlier one. */
  private static ToyRow shelf(Row row, long version) {
    return new ToyRow(
        row.getInteger(0),
        row.getString(1),
        row.getLong(2),
        row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        version);
  }

  private Future<Void> page(long from, Consumer<BookedOrder> use) {
    return connection.preparedQuery(PAGES).execute(Tuple.of(from, PAGE)).compose(rows -> {
      long last = from;
      for (Row row : rows) {
        last = row.getLong(0);
        use.accept(new BookedOrder(last, row.getString(1), row.getInteger(2), row.getString(3)));
      }
      return rows.size() < PAGE ? Future.succeededFuture() : page(last + 1, use);
    });
  }

  /**
   * Makes the tables, and begins to fill them, which is all done or not at all.
   *
   * @throws UnreadableBooks where there are orders or toys already
   */
  public BooksImport begin() {
    await(Migrations.apply(connection));
    return new BooksImport(connection);
  }

  private <T> Future<T> atOneMoment(Supplier<Future<T>> work) {
    return query(MOMENT).compose(begun -> work.get()).compose(done -> query("commit")
        .map(done));
  }

  private Future<RowSet<Row>> query(String sql) {
    return connection.query(sql).execute();
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      throw new UnreadableBooks(e.getCause());
    }
  }

  @Override
  public void close() {
    await(connection.close());
    await(vertx.close());
  }
}
