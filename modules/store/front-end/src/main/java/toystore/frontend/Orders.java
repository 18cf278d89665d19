package toystore.frontend;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import toystore.edge.CallFailure;
import toystore.edge.Loop;
import toystore.edge.NotLeaderException;
import toystore.leader.LeaderSelector;
import toystore.model.KnownLeader;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.purchase.OrderMessages.BuyOutcome;
import toystore.purchase.OrderMessages.QueryOutcome;
import toystore.purchase.RequestAge;

/**
 * Buys and looks up orders at the leader, and survives its loss: what waited for it is sent to the
 * next one, with the same key. Owned by one event loop.
 */
public final class Orders implements OrderDesk {
  private static final StoreException NO_LEADER =
      new StoreException(StoreError.UNAVAILABLE, "no leader at the moment");

  private final Loop loop;
  private final LeaderWatch watch;
  private final LeaderSelector selector;
  private final Map<Integer, OrderLine> lines;
  private final RequestAge age;
  private final PatientCalls purchases;
  private final PatientCalls queries;
  private Optional<KnownLeader> lastLeader = Optional.empty();
  private boolean refused;

  /**
   * How long requests wait, and how many.
   *
   * @param timeout of a request, all tries together
   * @param grace queries have at least so long when hope is given up
   * @param maxWaiting purchases under way at a time, and queries
   */
  public record Waits(Duration timeout, Duration grace, int maxWaiting) {}

  /** @param lines to each replica, by its id */
  public Orders(Loop loop, Waits waits, LeaderWatch watch, Map<Integer, OrderLine> lines) {
    this.loop = loop;
    this.watch = watch;
    this.selector = watch.selector();
    this.lines = lines;
    this.age = watch.requestAge();
    this.purchases = new PatientCalls(
        loop::millis,
        waits.timeout().toMillis(),
        0,
        waits.maxWaiting(),
        () -> selector.refusesPurchases(loop.millis()));
    // A query is worth asking even then: any replica may know the order.
    this.queries = new PatientCalls(
        loop::millis,
        waits.timeout().toMillis(),
        Math.max(1, waits.grace().toMillis()),
        waits.maxWaiting(),
        () -> selector.refusesQueries(loop.millis()));
  }

  @Override
  public Future<Long> buy(PurchaseRequest request) {
    long cameAtMs = age.cameAt(loop.millis());
    return purchases
        .call(
            () -> atLeader(line -> line.buy(request, age.seenMs(cameAtMs)).compose(Orders::number)))
        .recover(this::explained);
  }

  @Override
  public Future<Order> find(long number) {
    return queries
        .call(() -> selector.leader().isPresent()
            ? atLeader(line -> line.find(number).compose(Orders::order))
            : anywhere(selector.live(), number))
        .recover(this::explained);
  }

  /** Where a replica knows what is wrong, and what to do about it, people are told. */
  private <A> Future<A> explained(Throwable failure) {
    boolean unavailable =
        failure instanceof StoreException expected && expected.error() == StoreError.UNAVAILABLE;
    return Future.failedFuture(
        unavailable
            ? selector
                .trouble()
                .<Throwable>map(words -> new TroubleException(words, failure))
                .orElse(failure)
            : failure);
  }

  /** There is another leader, or none any more. */
  public void leaderChanged() {
    Optional<KnownLeader> leader = selector.leader();
    if (leader.isPresent()) {
      // Until then the former leader may still answer; now nothing can come of it.
      lastLeader
          .filter(former -> !former.equals(leader.get()))
          .ifPresent(former -> lines.get(former.id()).abandon());
      lastLeader = leader;
      tryAgain();
    }
  }

  /** Time goes on. */
  public void tick() {
    List<Integer> live = selector.live();
    lines.forEach((id, line) -> {
      if (!live.contains(id)) {
        line.abandon();
      }
    });
    boolean refusesNow = selector.refusesPurchases(loop.millis());
    purchases.review();
    queries.review();
    if (refusesNow && !refused) {
      // What the leader has not been sent yet shall not be bought after its refusal.
      lines.values().forEach(OrderLine::abandonPurchases);
    }
    refused = refusesNow;
    tryAgain();
  }

  void close() {
    lines.values().forEach(OrderLine::close);
  }

  int waiting() {
    return purchases.size() + queries.size();
  }

  private void tryAgain() {
    purchases.again();
    queries.again();
  }

  private <A> Future<A> atLeader(Function<OrderLine, Future<A>> ask) {
    Optional<KnownLeader> leader = selector.leader();
    if (leader.isEmpty()) {
      return Future.failedFuture(NO_LEADER);
    }
    return ask.apply(lines.get(leader.get().id())).onFailure(failure -> {
      if (isDoubt(failure)) {
        watch.doubted(leader.get(), named(failure));
      }
    });
  }

  private static boolean isDoubt(Throwable failure) {
    if (failure instanceof CallFailure call) {
      return call.kind() != CallFailure.FailureCause.SILENT; // Silence is for the pings to judge.
    }
    return failure instanceof StoreException expected
        && (expected.error() == StoreError.NOT_LEADER || expected.error() == StoreError.FENCED);
  }

  /** Whom a replica that does not lead named instead. */
  private static KnownLeader named(Throwable failure) {
    return failure instanceof NotLeaderException refusal ? refusal.leader() : KnownLeader.NONE;
  }

  /** Any replica may answer an order that it knows committed; none of them can prove absence. */
  private Future<Order> anywhere(List<Integer> replicas, long number) {
    Future<Order> found = Future.failedFuture(NO_LEADER);
    for (int replica : replicas) {
      found = found.recover(failure -> lines
          .get(replica)
          .find(number)
          .compose(outcome -> outcome.order() != null
              ? Future.succeededFuture(outcome.order())
              : Future.failedFuture(NO_LEADER)));
    }
    return found;
  }

  private static Future<Long> number(BuyOutcome outcome) {
    return outcome.error() == null
        ? Future.succeededFuture(outcome.number())
        : Future.failedFuture(
            new StoreException(outcome.error(), String.valueOf(outcome.message())));
  }

  private static Future<Order> order(QueryOutcome outcome) {
    return outcome.error() == null
        ? Future.succeededFuture(outcome.order())
        : Future.failedFuture(new StoreException(outcome.error(), "order not found"));
  }
}
