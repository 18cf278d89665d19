package toystore.catalog;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import toystore.edge.CatalogMessages.Audit;
import toystore.edge.CatalogMessages.Fence;
import toystore.edge.CatalogMessages.FindHolds;
import toystore.edge.CatalogMessages.Hello;
import toystore.edge.CatalogMessages.Read;
import toystore.edge.CatalogMessages.ReadAll;
import toystore.edge.CatalogMessages.Renew;
import toystore.edge.CatalogMessages.Reserve;
import toystore.edge.CatalogMessages.Settle;
import toystore.edge.CatalogMessages.Verify;
import toystore.edge.InternalServer;

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
    return service.ask(
        (token, nowMs) -> core.hello(token, hello.frontEnd(), hello.address(), nowMs));
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
