package toystore.order;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import toystore.edge.ServiceClient;
import toystore.model.Fenced;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.purchase.CatalogCall;
import toystore.stock.CatalogMessages;

/** Carries calls to the catalog over HTTP. Owned by one event loop. */
final class CatalogClient implements CatalogPort {
  /** A catalog that is merely slow should not look lost to its leader. */
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(1);
  // Fence or holds, settle, probe: each has at most one call in flight.
  private static final int OTHER_CONNECTIONS = 4;

  private final ServiceClient client;
  private final Duration timeout;

  CatalogClient(Vertx vertx, OrderConfig config) {
    this.timeout = config.catalogTimeout();
    this.client = new ServiceClient(
        vertx,
        config.catalog(),
        config.token(),
        config.tls(),
        config.reserveBatches() + OTHER_CONNECTIONS);
  }

  @Override
  public Future<?> ask(CatalogCall call) {
    if (call instanceof CatalogCall.Reserve reserve) {
      Object body =
          new CatalogMessages.Reserve(reserve.claim(), reserve.requests(), reserve.seenMs());
      return client
          .post("/reserve", body, CatalogMessages.ReserveOutcomes.class, timeout)
          .map(answer -> oneForEach(reserve, answer));
    }
    if (call instanceof CatalogCall.Fence fence) {
      Object body = new CatalogMessages.Fence(fence.epoch(), fence.office());
      return client.post("/fence", body, Fenced.class, timeout);
    }
    if (call instanceof CatalogCall.Verify verify) {
      Object body = new CatalogMessages.Verify(verify.claim(), verify.orders());
      return client.post("/verify", body, CatalogMessages.Verified.class, timeout);
    }
    if (call instanceof CatalogCall.Holds holds) {
      Object body = new CatalogMessages.FindHolds(holds.claim(), holds.olderThanMs());
      return client.post("/holds", body, CatalogMessages.Holds.class, timeout);
    }
    if (call instanceof CatalogCall.Settle settle) {
      Object body = new CatalogMessages.Settle(settle.claim(), settle.keys());
      return client.post("/settle", body, CatalogMessages.Done.class, timeout);
    }
    if (call instanceof CatalogCall.Probe) {
      return client.get("/ready", CatalogMessages.Done.class, PROBE_TIMEOUT);
    }
    throw new AssertionError(call);
  }

  private static CatalogMessages.ReserveOutcomes oneForEach(
      CatalogCall.Reserve reserve, CatalogMessages.ReserveOutcomes answer) {
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
