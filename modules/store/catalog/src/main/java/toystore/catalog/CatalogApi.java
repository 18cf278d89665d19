package toystore.catalog;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import toystore.edge.Address;
import toystore.edge.InternalServer;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.stock.CatalogCore;
import toystore.stock.CatalogMessages.Audit;
import toystore.stock.CatalogMessages.Fence;
import toystore.stock.CatalogMessages.FindHolds;
import toystore.stock.CatalogMessages.Hello;
import toystore.stock.CatalogMessages.Read;
import toystore.stock.CatalogMessages.ReadAll;
import toystore.stock.CatalogMessages.Renew;
import toystore.stock.CatalogMessages.Reserve;
import toystore.stock.CatalogMessages.Settle;
import toystore.stock.CatalogMessages.Verify;

/** The catalog's calls: each is one question to the core, or to the disk. */
final class CatalogApi {
  private final CatalogService service;
  private final CatalogCore core;
  private final CatalogStore store;

  CatalogApi(CatalogService service, CatalogCore core, CatalogStore store) {
    this.service = service;
    this.core = core;
    this.store = store;
  }

  void addTo(InternalServer server) {
    server
        .post("/hello", Hello.class, this::hello)
        .post(
            "/renew",
            Renew.class,
            renew -> service.ask((token, nowMs) -> core.renew(token, renew.session(), nowMs)))
        .post("/read", Read.class, this::read)
        .post("/read-all", ReadAll.class, all -> service.ask(core::readAll))
        .post("/reserve", Reserve.class, this::reserve)
        .post("/settle", Settle.class, this::settle)
        .post(
            "/fence",
            Fence.class,
            fence -> service.ask(
                (token, nowMs) -> core.fence(token, fence.epoch(), fence.office(), nowMs)))
        .post("/verify", Verify.class, this::verify)
        .post("/holds", FindHolds.class, this::holds)
        .get("/audit", this::audit);
  }

  private Future<Object> hello(Hello hello) {
    requireAddress(hello.address());
    return service.ask(
        (token, nowMs) -> core.hello(token, hello.frontEnd(), hello.address(), nowMs));
  }

  /** It is called later, when nobody could be told that it is wrong. */
  private static void requireAddress(String address) {
    try {
      Address.parse(address);
    } catch (IllegalArgumentException e) {
      throw new StoreException(StoreError.BAD_REQUEST, "address " + e.getMessage());
    }
  }

  private Future<Object> read(Read read) {
    return service.ask((token, nowMs) -> core.read(token, read.session(), read.names(), nowMs));
  }

  private Future<Object> reserve(Reserve reserve) {
    return service.ask((token, nowMs) ->
        core.reserve(token, reserve.claim(), reserve.requests(), reserve.seenMs(), nowMs));
  }

  private Future<Object> settle(Settle settle) {
    return service.ask((token, nowMs) -> core.settle(token, settle.claim(), settle.keys(), nowMs));
  }

  private Future<Object> verify(Verify verify) {
    return service.ask(
        (token, nowMs) -> core.verify(token, verify.claim(), verify.orders(), nowMs));
  }

  private Future<Object> holds(FindHolds find) {
    return service.ask(
        (token, nowMs) -> core.holds(token, find.claim(), find.olderThanMs(), nowMs));
  }

  private Future<Audit> audit() {
    Promise<Audit> promise = Promise.promise();
    store.audit((audit, failure) -> {
      if (failure == null) {
        promise.complete(audit);
      } else {
        promise.fail(failure);
      }
    });
    return promise.future();
  }
}
