package toystore.order;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import toystore.edge.Batcher;
import toystore.edge.NotLeaderException;
import toystore.edge.OrderMessages;
import toystore.edge.OrderMessages.KnownLeader;
import toystore.edge.OrderMessages.QueryOutcome;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.replication.Epochs;
import toystore.replication.Input;
import toystore.replication.OrderBook;
import toystore.replication.Purchases;
import toystore.replication.ReplicaCore;
import toystore.replication.Role;

/** What a replica is asked, but for replication. Owned by one event loop. */
final class OrderService {
  private static final int MAX_PROOF_BATCH = 10_000;

  private final String name;
  private final String engine;
  private final ReplicaShell replica;
  private final PurchaseShell purchases;
  private final OrderBook book;
  private final Batcher<Boolean, Boolean> proofs;

  OrderService(
      String name, String engine, ReplicaShell replica, PurchaseShell purchases, OrderBook book) {
    this.name = name;
    this.engine = engine;
    this.replica = replica;
    this.purchases = purchases;
    this.book = book;
    this.proofs = new Batcher<>(MAX_PROOF_BATCH, 2, MAX_PROOF_BATCH, this::prove);
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
    ReplicaCore.Status status = replica.status();
    return new KnownLeader(status.leader(), status.promised());
  }

  /** Any replica answers what it knows committed; that an order is absent needs proof. */
  Future<OrderMessages.QueryOutcomes> query(OrderMessages.Query query) {
    List<QueryOutcome> outcomes = look(query.numbers(), StoreError.NOT_LEADER);
    boolean allFound = outcomes.stream().allMatch(outcome -> outcome.error() == null);
    if (allFound || replica.status().role() != Role.LEADER) {
      return Future.succeededFuture(new OrderMessages.QueryOutcomes(outcomes, leader()));
    }
    return absence()
        .map(error -> new OrderMessages.QueryOutcomes(look(query.numbers(), error), leader()));
  }

  /** What to say of an order that is not in the book once this is known. */
  private Future<StoreError> absence() {
    if (purchases.status().majorityLost()) {
      return Future.succeededFuture(StoreError.UNAVAILABLE);
    }
    return proofs
        .add(Boolean.TRUE)
        .map(proven -> proven ? StoreError.ORDER_NOT_FOUND : StoreError.NOT_LEADER)
        .recover(failure -> failure instanceof StoreException expected
            ? Future.succeededFuture(expected.error())
            : Future.failedFuture(failure));
  }

  private Future<List<Boolean>> prove(List<Boolean> asked) {
    return replica.prove().map(proven -> Collections.nCopies(asked.size(), proven));
  }

  private List<QueryOutcome> look(List<Long> numbers, StoreError absent) {
    List<QueryOutcome> outcomes = new ArrayList<>(numbers.size());
    for (long number : numbers) {
      outcomes.add(book.byNumber(number)
          .map(QueryOutcome::found)
          .orElseGet(() -> QueryOutcome.failed(absent)));
    }
    return outcomes;
  }

  Future<OrderMessages.Appointed> appoint(OrderMessages.Appoint appoint) {
    return replica
        .stepDurably(new Input.Appoint(appoint.epoch(), appoint.leader()))
        .map(none -> {
          ReplicaCore.Status status = replica.status();
          boolean accepted =
              status.promised() == appoint.epoch() && status.leader() == appoint.leader();
          return new OrderMessages.Appointed(accepted, status.promised(), status.leader());
        });
  }

  OrderMessages.Health health() {
    ReplicaCore.Status status = replica.status();
    return new OrderMessages.Health(
        name,
        status.id(),
        engine,
        status.role(),
        status.promised(),
        status.leader(),
        status.last().epoch(),
        status.last().index(),
        status.committed(),
        status.role() != Role.REBUILDING && !status.diskStuck(),
        status.diskStuck(),
        isReady(),
        isServing(),
        purchases.status().trouble(),
        purchases.catalogClock());
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

  State state() {
    ReplicaCore.Status status = replica.status();
    Purchases.Status bought = purchases.status();
    return new State(
        name,
        engine,
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
        bought.trouble());
  }

  /**
   * What {@code status} shows.
   *
   * @param lastOrder highest order number, -1 for none
   * @param diskStuck its disk has ended no write for too long
   * @param leftOver holds that the last sweep found
   * @param trouble what is wrong here and what to do about it, or null
   */
  record State(
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
