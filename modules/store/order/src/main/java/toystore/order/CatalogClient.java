package toystore.order;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import toystore.edge.CallFailure;
import toystore.edge.ServiceClient;
import toystore.model.Fenced;
import toystore.model.ReserveOutcome;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.purchase.CatalogCall;
import toystore.purchase.Purchases;
import toystore.stock.CatalogMessages;

/** Carries calls to the catalog, and their ends back to the purchases. Owned by one event loop. */
final class CatalogClient {
  private static final Logger LOG = LoggerFactory.getLogger(CatalogClient.class);
  /** A catalog that is merely slow should not look lost to its leader. */
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(1);
  // Fence or holds, settle, probe: each has at most one call in flight.
  private static final int OTHER_CONNECTIONS = 4;

  private final ServiceClient client;
  private final Duration timeout;
  private String lastFailure = "none";

  CatalogClient(Vertx vertx, OrderConfig config) {
    this.timeout = config.catalogTimeout();
    this.client = new ServiceClient(
        vertx,
        config.catalog(),
        config.token(),
        config.tls(),
        config.reserveBatches() + OTHER_CONNECTIONS);
  }

  /** Makes the call; completes, always well, when the purchases know how it ended. */
  Future<Void> carryOut(CatalogCall call, Purchases purchases) {
    return send(call, purchases).recover(failure -> {
      if (failure instanceof StoreException expected) {
        failed(call, expected, purchases);
        return Future.succeededFuture();
      }
      return Future.failedFuture(failure);
    });
  }

  private Future<Void> send(CatalogCall call, Purchases purchases) {
    if (call instanceof CatalogCall.Reserve reserve) {
      return client
          .post(
              "/reserve",
              new CatalogMessages.Reserve(reserve.claim(), reserve.requests(), reserve.seenMs()),
              CatalogMessages.ReserveOutcomes.class,
              timeout)
          .map(answer -> {
            purchases.reserved(call.id(), outcomes(reserve, answer.outcomes()));
            return null;
          });
    }
    if (call instanceof CatalogCall.Fence fence) {
      Object body = new CatalogMessages.Fence(fence.epoch(), fence.office());
      return client.post("/fence", body, Fenced.class, timeout).map(answer -> {
        purchases.fenced(call.id(), answer);
        return null;
      });
    }
    if (call instanceof CatalogCall.Verify verify) {
      Object body = new CatalogMessages.Verify(verify.claim(), verify.orders());
      return client
          .post("/verify", body, CatalogMessages.Verified.class, timeout)
          .map(answer -> {
            purchases.verified(call.id(), answer.known());
            return null;
          });
    }
    if (call instanceof CatalogCall.Holds holds) {
      Object body = new CatalogMessages.FindHolds(holds.claim(), holds.olderThanMs());
      return client.post("/holds", body, CatalogMessages.Holds.class, timeout).map(answer -> {
        purchases.catalogClock(answer.clockMs());
        purchases.holds(call.id(), answer.holds());
        return null;
      });
    }
    if (call instanceof CatalogCall.Settle settle) {
      Object body = new CatalogMessages.Settle(settle.claim(), settle.keys());
      return client
          .post("/settle", body, CatalogMessages.Done.class, timeout)
          .map(done -> end(call, purchases));
    }
    if (call instanceof CatalogCall.Probe) {
      return client
          .get("/ready", CatalogMessages.Done.class, PROBE_TIMEOUT)
          .map(ready -> end(call, purchases));
    }
    throw new AssertionError(call);
  }

  private static Void end(CatalogCall call, Purchases purchases) {
    purchases.done(call.id());
    return null;
  }

  private static List<ReserveOutcome> outcomes(
      CatalogCall.Reserve reserve, List<ReserveOutcome> answered) {
    if (answered.size() != reserve.requests().size()) {
      throw new StoreException(
          StoreError.UNAVAILABLE,
          answered.size() + " outcomes for " + reserve.requests().size() + " reservations");
    }
    return answered;
  }

  private void failed(CatalogCall call, StoreException failure, Purchases purchases) {
    LOG.debug("call={} failed: {}", call, failure.getMessage());
    lastFailure = failure.getMessage();
    if (failure.error() == StoreError.FENCED) {
      purchases.fencedOff(call.id());
    } else if (failure.error() == StoreError.UNVERIFIED) {
      purchases.unverified(call.id());
    } else if (failure instanceof CallFailure unanswered
        && unanswered.kind() == CallFailure.Kind.SILENT) {
      purchases.silent(call.id());
    } else {
      purchases.unreachable(call.id());
    }
  }

  /** Why the last call failed, for the log. */
  String lastFailure() {
    return lastFailure;
  }

  Future<Void> close() {
    return client.close();
  }
}
