package toystore.order;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import toystore.edge.PlannedAbsence;
import toystore.edge.RequestTrail;
import toystore.edge.ServiceClient;
import toystore.model.Fenced;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.purchase.CatalogCall;
import toystore.stock.CatalogMessages;
import toystore.stock.CatalogMessages.Fence;
import toystore.stock.CatalogMessages.FindHolds;
import toystore.stock.CatalogMessages.Reserve;
import toystore.stock.CatalogMessages.ReserveOutcomes;
import toystore.stock.CatalogMessages.Settle;
import toystore.stock.CatalogMessages.Verify;

/** Carries calls to the catalog over HTTP. Owned by one event loop. */
final class CatalogClient implements CatalogPort {
  /** A catalog that is merely slow should not look lost to its leader. */
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(1);
  // Fence or holds, settle, probe: each has at most one call in flight.
  private static final int OTHER_CONNECTIONS = 4;

  private final ServiceClient client;
  private final Duration timeout;
  private final RequestTrail trail;

  /** @param absence of the catalog, as operators announce it */
  CatalogClient(Vertx vertx, OrderConfig config, PlannedAbsence absence, RequestTrail trail) {
    this.trail = trail;
    this.timeout = config.catalogTimeout();
    this.client = new ServiceClient(
        vertx,
        config.catalog(),
        config.token(),
        config.tls(),
        config.reserveBatches() + OTHER_CONNECTIONS,
        absence);
  }

  @Override
  public Future<?> ask(CatalogCall<?> call) {
    Object question = call.question();
    if (question instanceof Reserve reserve) {
      return client
          .post(
              "/reserve", reserve, ReserveOutcomes.class, timeout, trail.header(reserve.requests()))
          .map(answer -> oneForEach(reserve, answer));
    }
    if (question instanceof Fence) {
      return client.post("/fence", question, Fenced.class, timeout);
    }
    if (question instanceof Verify) {
      return client.post("/verify", question, CatalogMessages.Verified.class, timeout);
    }
    if (question instanceof FindHolds) {
      return client.post("/holds", question, CatalogMessages.Holds.class, timeout);
    }
    if (question instanceof Settle) {
      return client.post("/settle", question, CatalogMessages.Done.class, timeout);
    }
    if (question instanceof CatalogCall.Probe) {
      return client.get("/ready", CatalogMessages.Done.class, PROBE_TIMEOUT);
    }
    throw new AssertionError(call);
  }

  private static ReserveOutcomes oneForEach(Reserve reserve, ReserveOutcomes answer) {
    if (answer.outcomes().size() != reserve.requests().size()) {
      throw new StoreException(
          StoreError.UNAVAILABLE,
          answer.outcomes().size() + " outcomes for " + reserve.requests().size()
              + " reservations");
    }
    return answer;
  }

  Future<Void> close() {
    return client.close();
  }
}
