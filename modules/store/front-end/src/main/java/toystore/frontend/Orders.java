package toystore.frontend;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import toystore.edge.CallFailure;
import toystore.edge.NotLeaderException;
import toystore.edge.OrderMessages.BuyOutcome;
import toystore.edge.OrderMessages.QueryOutcome;
import toystore.leader.LeaderSelector;
import toystore.model.KnownLeader;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.purchase.RequestAge;

/**
 * Buys and looks up orders at the leader, and survives its loss: what waited for it is sent to the
 * next one, with the same key. Owned by one event loop.
 */
final class Orders implements OrderDesk {
  private static final StoreException NO_LEADER =
      new StoreException(StoreError.UNAVAILABLE, "no leader at the moment");

  private final LeaderWatch watch;
  private final LeaderSelector selector;
  private final Map<Integer, ReplicaLink> links = new LinkedHashMap<>();
  private final RequestAge age;
  private final PatientCalls purchases;
  private final PatientCalls queries;
  private Optional<KnownLeader> lastLeader = Optional.empty();
  private boolean refused;

  Orders(Vertx vertx, FrontEndConfig config, LeaderWatch watch) {
    this.watch = watch;
    this.selector = watch.selector();
    this.age = watch.requestAge();
    config
        .services()
        .replicas()
        .keySet()
        .forEach(id -> links.put(id, new ReplicaLink(vertx, config, id)));
    long timeoutMs = config.times().request().toMillis();
    this.purchases = new PatientCalls(
        MonotonicClock::millis,
        timeoutMs,
        0,
        config.capacity().waiting(),
        () -> selector.refusesPurchases(MonotonicClock.millis()));
    // A query is worth asking even then: any replica may know the order.
    this.queries = new PatientCalls(
        MonotonicClock::millis,
        timeoutMs,
        Math.max(1, config.times().grace().toMillis()),
        config.capacity().waiting(),
        () -> selector.refusesQueries(MonotonicClock.millis()));
  }

  @Override
  public Future<Long> buy(PurchaseRequest request) {
    long cameAtMs = age.cameAt(MonotonicClock.millis());
    return purchases
        .call(
            () -> atLeader(link -> link.buy(request, age.seenMs(cameAtMs)).compose(Orders::number)))
        .recover(this::explained);
  }

  @Override
  public Future<Order> find(long number) {
    return queries
        .call(() -> selector.leader().isPresent()
            ? atLeader(link -> link.find(number).compose(Orders::order))
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
  void leaderChanged() {
    Optional<KnownLeader> leader = selector.leader();
    if (leader.isPresent()) {
      // Until then the former leader may still answer; now nothing can come of it.
      lastLeader
          .filter(former -> !former.equals(leader.get()))
          .ifPresent(former -> links.get(former.id()).abandon());
      lastLeader = leader;
      tryAgain();
    }
  }

  /** Time goes on. */
  void tick() {
    List<Integer> live = selector.live();
    links.forEach((id, link) -> {
      if (!live.contains(id)) {
        link.abandon();
      }
    });
    boolean refusesNow = selector.refusesPurchases(MonotonicClock.millis());
    purchases.review();
    queries.review();
    if (refusesNow && !refused) {
      // What the leader has not been sent yet shall not be bought after its refusal.
      links.values().forEach(ReplicaLink::abandonPurchases);
    }
    refused = refusesNow;
    tryAgain();
  }

  void close() {
    links.values().forEach(ReplicaLink::close);
  }

  int waiting() {
    return purchases.size() + queries.size();
  }

  private void tryAgain() {
    purchases.again();
    queries.again();
  }

  private <A> Future<A> atLeader(Function<ReplicaLink, Future<A>> ask) {
    Optional<KnownLeader> leader = selector.leader();
    if (leader.isEmpty()) {
      return Future.failedFuture(NO_LEADER);
    }
    return ask.apply(links.get(leader.get().id())).onFailure(failure -> {
      if (isDoubt(failure)) {
        watch.doubted(leader.get(), named(failure));
      }
    });
  }

  private static boolean isDoubt(Throwable failure) {
    if (failure instanceof CallFailure call) {
      return call.kind() != CallFailure.Kind.SILENT; // Silence is for the pings to judge.
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
      found = found.recover(failure -> links
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
