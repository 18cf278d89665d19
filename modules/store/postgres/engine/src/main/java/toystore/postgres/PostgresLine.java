package toystore.postgres;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import toystore.desk.DatabaseTask.DeskRow;
import toystore.desk.DatabaseTask.TakenOffice;
import toystore.desk.DeskTurn;
import toystore.desk.DeskTurn.Decided;
import toystore.desk.DeskTurn.Outcome;
import toystore.desk.DeskTurn.ToyLine;
import toystore.desk.DeskTurn.Verdict;
import toystore.model.Order;
import toystore.model.PurchaseRequest;

/**
 * The one connection of a desk. Each call is one statement, which PostgreSQL commits before it says
 * that it is done. Owned by one event loop.
 */
final class PostgresLine implements DatabasePort {
  private static final String TURN =
      "select * from toystore.turn($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15)";
  private static final String TAKE_OFFICE = "select * from toystore.take_office($1,$2,$3,$4,$5)";
  private static final String OFFER = "select toystore.offer_toys($1,$2,$3,$4,$5,$6,$7,$8)";

  private final Vertx vertx;
  private final DatabaseChoice choice;
  private final Offer offer;
  private final long sessionMs;
  private final String application;
  private final String lockTimeout;
  private PgConnection connection;
  // Invariant: a connection that was asked for earlier than the last one is not used.
  private int attempt;

  /**
   * @param sessionMs how long a cache may be served that this desk allows
   * @param lockMs how long a turn waits for an earlier one that nobody waits for any more
   */
  PostgresLine(
      Vertx vertx,
      DatabaseChoice choice,
      Offer offer,
      long sessionMs,
      String application,
      long lockMs) {
    this.vertx = vertx;
    this.choice = choice;
    this.offer = offer;
    this.sessionMs = sessionMs;
    this.application = application;
    this.lockTimeout = "set lock_timeout = " + lockMs;
  }

  @Override
  public Future<Void> connect(int address) {
    disconnect();
    int mine = attempt;
    return PgConnection.connect(vertx, choice.options(address, application))
        .compose(opened -> prepare(opened)
            .compose(ready -> mine == attempt
                ? Future.succeededFuture(ready)
                : Future.failedFuture(new IllegalStateException("it came too late")))
            .onSuccess(ready -> connection = opened)
            .onFailure(failure -> opened.close()));
  }

  private Future<Void> prepare(PgConnection opened) {
    return opened
        .query("select pg_is_in_recovery()")
        .execute()
        .compose(rows -> rows.iterator().next().getBoolean(0)
            ? Future.failedFuture(new StandbyException())
            : Migrations.apply(opened))
        .compose(done -> opened.query(lockTimeout).execute())
        .mapEmpty();
  }

  @Override
  public void disconnect() {
    attempt++;
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }

  @Override
  public Future<DeskRow> look() {
    return ask("select * from toystore.look()", Tuple.tuple()).map(rows -> {
      Row row = rows.iterator().next();
      return new DeskRow(row.getLong(0), row.getLong(1), row.getLong(2), row.getBoolean(3));
    });
  }

  @Override
  public Future<TakenOffice> takeOffice(DeskRow expected, DeskTurn.Pass pass) {
    Tuple values =
        Tuple.of(expected.epoch(), expected.beat(), pass.orders(), sessionMs, choice.durability());
    return ask(TAKE_OFFICE, values).map(rows -> {
      if (rows.size() == 0) {
        return null;
      }
      Row row = rows.iterator().next();
      return new TakenOffice(
          row.getLong(0),
          row.getLong(1),
          row.getLong(2),
          row.getLong(3),
          row.getLong(4),
          offer.digest().equals(row.getString(5)));
    });
  }

  @Override
  public Future<Void> offer(DeskTurn.Pass pass) {
    Tuple values = Tuple.tuple()
        .addLong(pass.epoch())
        .addLong(pass.line())
        .addLong(pass.orders())
        .addString(choice.durability())
        .addString(offer.digest())
        .addArrayOfString(offer.names())
        .addArrayOfLong(offer.prices())
        .addLong(offer.stock());
    return ask(OFFER, values).mapEmpty();
  }

  @Override
  public Future<Outcome> turn(DeskTurn turn) {
    List<PurchaseRequest> wanted = turn.purchases();
    Tuple values = Tuple.tuple()
        .addLong(turn.pass().epoch())
        .addLong(turn.pass().line())
        .addLong(turn.pass().orders())
        .addString(choice.durability())
        .addLong(turn.clockMs())
        .addArrayOfString(texts(wanted.stream().map(PurchaseRequest::key).toList()))
        .addArrayOfString(texts(wanted.stream().map(PurchaseRequest::name).toList()))
        .addArrayOfInteger(wanted.stream().map(PurchaseRequest::quantity).toArray(Integer[]::new))
        .addArrayOfLong(numbers(turn.seenMs()))
        .addArrayOfLong(numbers(turn.numbers()))
        .addArrayOfString(texts(turn.names()))
        .addBoolean(turn.allToys())
        .addArrayOfString(texts(turn.restock()))
        .addLong(offer.stock())
        .addBoolean(turn.wantsSoldOut());
    return ask(TURN, values).map(rows -> outcome(turn, rows.iterator().next()));
  }

  private Future<RowSet<Row>> ask(String sql, Tuple values) {
    if (connection == null) {
      return Future.failedFuture(new IllegalStateException("there is no connection"));
    }
    return connection.preparedQuery(sql).execute(values);
  }

  private static Outcome outcome(DeskTurn turn, Row row) {
    String[] verdicts = row.getArrayOfStrings(2);
    Long[] numbers = row.getArrayOfLongs(3);
    List<Decided> decided = new ArrayList<>();
    for (int i = 0; i < turn.purchases().size(); i++) {
      decided.add(new Decided(Verdict.valueOf(verdicts[i]), numbers[i]));
    }
    String[] soldOut = row.getArrayOfStrings(9);
    return new Outcome(
        row.getLong(0),
        row.getLong(1),
        decided,
        orders(turn, row),
        toys(row),
        soldOut == null ? List.of() : List.of(soldOut));
  }

  private static List<Order> orders(DeskTurn turn, Row row) {
    String[] toys = row.getArrayOfStrings(4);
    Integer[] quantities = row.getArrayOfIntegers(5);
    List<Order> orders = new ArrayList<>();
    for (int i = 0; i < turn.numbers().size(); i++) {
      orders.add(toys[i] == null ? null : new Order(turn.numbers().get(i), toys[i], quantities[i]));
    }
    return orders;
  }

  private static List<ToyLine> toys(Row row) {
    String[] names = row.getArrayOfStrings(6);
    Long[] prices = row.getArrayOfLongs(7);
    Long[] stocks = row.getArrayOfLongs(8);
    List<ToyLine> toys = new ArrayList<>();
    for (int i = 0; names != null && i < names.length; i++) {
      toys.add(new ToyLine(names[i], prices[i], stocks[i]));
    }
    return toys;
  }

  private static String[] texts(List<String> texts) {
    return texts.toArray(String[]::new);
  }

  private static Long[] numbers(List<Long> numbers) {
    return numbers.toArray(Long[]::new);
  }
}
