package toystore.postgres;

import static toystore.postgres.DatabaseBooks.await;

import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import toystore.model.PurchaseRequest;
import toystore.stock.ToyRow;

/**
 * Fills empty books with those of another store, in one transaction: the same key keeps the same
 * number. No desk may be in office meanwhile; one that was finds its epoch over. Owned by one
 * thread.
 */
public final class BooksImport implements AutoCloseable {
  private static final int BATCH = 10_000;

  private static final String DESK = "select * from toystore.desk for update";
  private static final String IS_EMPTY =
      "select not exists (select from toystore.orders) and not exists (select from toystore.toy)";
  private static final String TOYS =
      """
      insert into toystore.toy (name, position, price_cents, initial, restocked, stock, sold)
      select name, position, price, initial, restocked, stock, initial + restocked - stock
      from unnest($1::text[], $2::int[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[])
        as t (name, position, price, initial, restocked, stock)
      """;
  private static final String ROOM = "select toystore.make_room($1)";
  private static final String ORDERS =
      """
      with keyed as (
        insert into toystore.order_key (key, number)
        select key, $1 + place - 1 from unnest($2::text[]) with ordinality as k (key, place))
      insert into toystore.orders (number, key, toy, quantity)
      select $1 + place - 1, key, toy, quantity
      from unnest($2::text[], $3::text[], $4::int[]) with ordinality as o (key, toy, quantity, place)
      """;
  private static final String END =
      "update toystore.desk set epoch = epoch + 1, next_number = $1, clock_ms = $2";

  private final PgConnection connection;
  private final Transaction transaction;
  private final List<ToyRow> toys = new ArrayList<>();
  private final List<PurchaseRequest> orders = new ArrayList<>();
  private long written;

  BooksImport(PgConnection connection) {
    this.connection = connection;
    transaction = await(connection.begin());
    await(connection.query(DESK).execute());
    Row empty = await(connection.query(IS_EMPTY).execute()).iterator().next();
    if (!empty.getBoolean(0)) {
      close();
      throw new DatabaseBooks.UnreadableBooks("there is a store in it already");
    }
  }

  /** The next toy by position. */
  public void toy(ToyRow toy) {
    toys.add(toy);
  }

  /** The next order by number. */
  public void order(PurchaseRequest purchase) {
    orders.add(purchase);
    if (orders.size() == BATCH) {
      write();
    }
  }

  private void write() {
    Tuple values = Tuple.tuple()
        .addLong(written)
        .addArrayOfString(orders.stream().map(PurchaseRequest::key).toArray(String[]::new))
        .addArrayOfString(orders.stream().map(PurchaseRequest::name).toArray(String[]::new))
        .addArrayOfInteger(orders.stream().map(PurchaseRequest::quantity).toArray(Integer[]::new));
    await(connection.preparedQuery(ROOM).execute(Tuple.of(written + orders.size())));
    await(connection.preparedQuery(ORDERS).execute(values));
    written += orders.size();
    orders.clear();
  }

  /**
   * All were given. The books are there when this returns.
   *
   * @param clockMs no request that was seen earlier is decided
   */
  public void finish(long clockMs) {
    write();
    Tuple values = Tuple.tuple()
        .addArrayOfString(toys.stream().map(ToyRow::name).toArray(String[]::new))
        .addArrayOfInteger(toys.stream().map(ToyRow::position).toArray(Integer[]::new))
        .addArrayOfLong(toys.stream().map(ToyRow::priceCents).toArray(Long[]::new))
        .addArrayOfLong(toys.stream().map(ToyRow::initial).toArray(Long[]::new))
        .addArrayOfLong(toys.stream().map(ToyRow::restocked).toArray(Long[]::new))
        .addArrayOfLong(toys.stream().map(ToyRow::stock).toArray(Long[]::new));
    await(connection.preparedQuery(TOYS).execute(values));
    await(connection.preparedQuery(END).execute(Tuple.of(written, clockMs)));
    await(transaction.commit());
  }

  /** Takes back what was not finished. */
  @Override
  public void close() {
    // That it is over already, as after a commit, is no failure.
    await(transaction.rollback().otherwiseEmpty());
  }
}
