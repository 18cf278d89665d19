package toystore.frontend;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import toystore.edge.Address;
import toystore.edge.Batcher;
import toystore.edge.Leg;
import toystore.edge.LegTimes;
import toystore.edge.Loop;
import toystore.edge.Metrics;
import toystore.edge.NotLeaderException;
import toystore.edge.RequestTrail;
import toystore.edge.ServiceClient;
import toystore.edge.Tls;
import toystore.edge.Token;
import toystore.model.KnownLeader;
import toystore.model.PurchaseRequest;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.purchase.OrderMessages.Buy;
import toystore.purchase.OrderMessages.BuyOutcome;
import toystore.purchase.OrderMessages.BuyOutcomes;
import toystore.purchase.OrderMessages.OrderQuery;
import toystore.purchase.OrderMessages.QueryOutcome;
import toystore.purchase.OrderMessages.QueryOutcomes;

/** Purchases and queries to one order replica, in batches. Owned by one event loop. */
final class ReplicaLink implements OrderLine {
  private static final int MAX_BATCH = 512;
  private static final int BATCHES_IN_FLIGHT = 2;
  /** Sixteen share what a trip costs; more of them would save little, and wait. */
  private static final int ENOUGH_PURCHASES = 16;

  private final Vertx vertx;
  private final Address address;
  private final Token token;
  private final Optional<Tls> tls;
  private final Duration timeout;
  private final int maxWaiting;
  private final RequestTrail trail;
  private final LegTimes waits;
  private final LegTimes calls;
  private ServiceClient forPurchases;
  private ServiceClient forQueries;
  private Batcher<Wanted, BuyOutcome> purchases;
  private Batcher<Long, QueryAnswer> queries;

  ReplicaLink(
      Vertx vertx, FrontEndConfig config, RequestTrail trail, Metrics metrics, int replica) {
    this.trail = trail;
    this.waits = metrics.leg(Leg.BUY_WAIT);
    this.calls = metrics.leg(Leg.BUY_CALL);
    this.vertx = vertx;
    this.address = config.services().replicas().get(replica);
    this.token = config.services().token();
    this.tls = config.services().tls();
    this.timeout = config.times().call();
    this.maxWaiting = config.capacity().waiting();
    openPurchases();
    openQueries();
  }

  @Override
  public Future<BuyOutcome> buy(PurchaseRequest request, long seenMs) {
    return purchases.add(new Wanted(request, seenMs, System.nanoTime()));
  }

  @Override
  public Future<QueryOutcome> find(long number) {
    return queries
        .add(number)
        .compose(found -> found.outcome().error() == StoreError.NOT_LEADER
            ? Future.failedFuture(
                new NotLeaderException(found.leader(), address + " does not lead"))
            : Future.succeededFuture(found.outcome()));
  }

  @Override
  public void abandon() {
    abandonPurchases();
    if (queries.pending() > 0) {
      closeQueries();
      openQueries();
    }
  }

  @Override
  public void abandonPurchases() {
    if (purchases.pending() > 0) {
      closePurchases();
      openPurchases();
    }
  }

  @Override
  public void close() {
    closePurchases();
    closeQueries();
  }

  private void closePurchases() {
    // First the connections, so that what is retried cannot meet its earlier copy in the queue.
    forPurchases.close();
    purchases.close(lost());
  }

  private void closeQueries() {
    forQueries.close();
    queries.close(lost());
  }

  private StoreException lost() {
    return new StoreException(StoreError.UNAVAILABLE, address + " was given up");
  }

  private void openPurchases() {
    ServiceClient opened = new ServiceClient(vertx, address, token, tls, BATCHES_IN_FLIGHT);
    forPurchases = opened;
    purchases = new Batcher<Wanted, BuyOutcome>(
            MAX_BATCH, BATCHES_IN_FLIGHT, maxWaiting, batch -> buy(opened, batch))
        .gathering(Loop.current(vertx), ENOUGH_PURCHASES);
  }

  private void openQueries() {
    ServiceClient opened = new ServiceClient(vertx, address, token, tls, BATCHES_IN_FLIGHT);
    forQueries = opened;
    queries = new Batcher<>(MAX_BATCH, BATCHES_IN_FLIGHT, maxWaiting, batch -> find(opened, batch));
  }

  private Future<List<BuyOutcome>> buy(ServiceClient to, List<Wanted> batch) {
    Buy buy = new Buy(
        batch.stream().map(Wanted::request).toList(),
        batch.stream().map(Wanted::seenMs).toList());
    long leftNanos = System.nanoTime();
    batch.forEach(wanted -> waits.record(leftNanos - wanted.cameNanos));
    return to.post("/buy", buy, BuyOutcomes.class, timeout, trail.header(buy.requests()))
        .onSuccess(done -> calls.record(batch.size(), System.nanoTime() - leftNanos))
        .map(BuyOutcomes::outcomes);
  }

  private Future<List<QueryAnswer>> find(ServiceClient to, List<Long> batch) {
    return to.post("/query", new OrderQuery(batch), QueryOutcomes.class, timeout)
        .map(answer -> answer.outcomes().stream()
            .map(outcome -> new QueryAnswer(outcome, answer.leader()))
            .toList());
  }

  /** A purchase, a reading of the catalog's clock of before it came, and when it came here. */
  private record Wanted(PurchaseRequest request, long seenMs, long cameNanos) {}

  /** What came of a query, and who leads as far as the one that answered knows. */
  private record QueryAnswer(QueryOutcome outcome, KnownLeader leader) {}
}
