package toystore.order;

import io.vertx.core.Future;
import java.util.Locale;
import toystore.edge.NotLeaderException;
import toystore.model.EngineName;
import toystore.model.Epochs;
import toystore.model.KnownLeader;
import toystore.model.PurchaseRequest;
import toystore.model.ReplicaHealth;
import toystore.model.Role;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.purchase.OrderMessages;
import toystore.purchase.Purchases;
import toystore.replication.Entry;
import toystore.replication.Input;
import toystore.replication.LogGlance;
import toystore.replication.OrderBook;
import toystore.replication.ReplicaCore;

/** What a replica is asked, but for replication. Owned by one event loop. */
final class OrderService {
  /** Of the log, on a console. */
  private static final int LINES_SHOWN = 30;

  private static final String WAITS_FOR_THE_CATALOG =
      "it has just started, and waits for the catalog to say who led last; until then it answers"
          + " the orders that it knows, and nothing else: see that the catalog runs";

  private final String name;
  private final EngineName engine;
  private final ReplicaShell replica;
  private final PurchaseShell purchases;
  private final OrderBook book;
  private final OrderQueries queries;

  OrderService(
      String name,
      EngineName engine,
      ReplicaShell replica,
      PurchaseShell purchases,
      OrderBook book,
      OrderQueries.OldOrders old) {
    this.name = name;
    this.engine = engine;
    this.replica = replica;
    this.purchases = purchases;
    this.book = book;
    this.queries = new OrderQueries(
        book, old, replica::status, () -> purchases.status().majorityLost(), replica::prove);
  }

  Future<OrderMessages.BuyOutcomes> buy(OrderMessages.Buy buy) {
    return purchases
        .buy(buy.requests(), buy.seenMs())
        .map(OrderMessages.BuyOutcomes::new)
        .recover(failure -> Future.failedFuture(naming(failure)));
  }

  /** Who is told that this replica does not lead is told as well who does. */
  private Throwable naming(Throwable failure) {
    return failure instanceof StoreException expected && expected.error() == StoreError.NOT_LEADER
        ? new NotLeaderException(leader(), failure.getMessage())
        : failure;
  }

  private KnownLeader leader() {
    ReplicaCore.ReplicaStatus status = replica.status();
    return new KnownLeader(status.leader(), status.promised());
  }

  Future<OrderMessages.QueryOutcomes> query(OrderMessages.OrderQuery query) {
    return queries
        .find(query.numbers())
        .map(outcomes -> new OrderMessages.QueryOutcomes(outcomes, leader()));
  }

  Future<OrderMessages.Appointed> appoint(OrderMessages.Appointment appoint) {
    return replica
        .stepDurably(new Input.Appoint(appoint.epoch(), appoint.leader()))
        .map(none -> {
          ReplicaCore.ReplicaStatus status = replica.status();
          boolean accepted =
              status.promised() == appoint.epoch() && status.leader() == appoint.leader();
          return new OrderMessages.Appointed(accepted, status.promised(), status.leader());
        });
  }

  ReplicaHealth health() {
    ReplicaCore.ReplicaStatus status = replica.status();
    return ReplicaHealth.of(status.id(), engine, status.role())
        .knows(status.leader(), status.promised())
        .log(status.last(), status.committed())
        .eligible(replica.knowsFence() && status.role() != Role.REBUILDING && !status.diskStuck())
        .diskStuck(status.diskStuck())
        .ready(isReady())
        .serving(isServing())
        .trouble(trouble())
        .catalogClockMs(purchases.catalogClock())
        .build();
  }

  private String trouble() {
    Purchases.PurchaseStatus bought = purchases.status();
    boolean waits = !replica.knowsFence() && !bought.catalogReachable();
    return bought.trouble() == null && waits ? WAITS_FOR_THE_CATALOG : bought.trouble();
  }

  boolean leads() {
    return replica.status().role() == Role.LEADER;
  }

  private boolean isReady() {
    return purchases.status().ready();
  }

  boolean isServing() {
    return isReady() && replica.status().quorate() && purchases.status().catalogReachable();
  }

  Future<OrderMessages.Summary> summary() {
    return Future.succeededFuture(
        new OrderMessages.Summary(book.count(), book.digest(), book.sold()));
  }

  /** What a console shows of this replica. */
  Future<LogGlance> glance() {
    ReplicaCore.ReplicaStatus status = replica.status();
    ReplicaCore.LogEnd tail = replica.tail(LINES_SHOWN);
    return Future.succeededFuture(new LogGlance(
        status.role(),
        status.promised(),
        status.committed(),
        status.known(),
        tail.durable(),
        status.last().index(),
        tail.entries().stream().map(this::line).toList()));
  }

  private LogGlance.LogLine line(Entry entry) {
    PurchaseRequest purchase = entry.purchase();
    return purchase == null
        ? new LogGlance.LogLine(entry.index(), entry.epoch(), null, null, 0)
        : new LogGlance.LogLine(
            entry.index(),
            entry.epoch(),
            book.byKey(purchase.key()).map(OrderBook.PlacedOrder::number).orElse(null),
            purchase.name(),
            purchase.quantity());
  }

  OrderView state() {
    ReplicaCore.ReplicaStatus status = replica.status();
    Purchases.PurchaseStatus bought = purchases.status();
    return new OrderView(
        name,
        engine.toString(),
        status.role().name().toLowerCase(Locale.ROOT),
        status.leader(),
        Epochs.text(status.promised()),
        book.count() - 1,
        status.committed(),
        status.known() - status.committed(),
        book.digest(),
        bought.ready(),
        isServing(),
        bought.catalogReachable(),
        status.diskStuck(),
        bought.underWay(),
        bought.toSettle(),
        bought.leftOver(),
        trouble());
  }

  /**
   * What {@code status} shows.
   *
   * @param lastOrder highest order number, -1 for none
   * @param diskStuck its disk has ended no write for too long
   * @param leftOver holds that the last sweep found
   * @param trouble what is wrong here and what to do about it, or null
   */
  record OrderView(
      String service,
      String engine,
      String role,
      int leader,
      String epoch,
      long lastOrder,
      long committed,
      long behindBy,
      String digest,
      boolean ready,
      boolean serving,
      boolean catalogReachable,
      boolean diskStuck,
      int underWay,
      int toSettle,
      int leftOver,
      String trouble) {}
}
