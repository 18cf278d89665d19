package toystore.catalog;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import toystore.edge.Address;
import toystore.edge.InternalServer;
import toystore.edge.RequestTrail;
import toystore.model.StoreError;
import toystore.model.StoreException;
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
  private final CatalogStore store;
  private final CatalogLegs legs;
  private final RequestTrail trail = RequestTrail.ofThisProcess();

  CatalogApi(CatalogService service, CatalogStore store, CatalogLegs legs) {
    this.service = service;
    this.store = store;
    this.legs = legs;
  }

  void addTo(InternalServer server) {
    server
        .post("/hello", Hello.class, this::hello)
        .post("/renew", Renew.class, renew -> service.renew(renew.session()))
        .post("/read", Read.class, service::read)
        .post("/read-all", ReadAll.class, all -> service.readAll())
        .post("/reserve", Reserve.class, this::reserve)
        .post("/settle", Settle.class, service::settle)
        .post("/fence", Fence.class, fence -> service.fence(fence.epoch(), fence.office()))
        .post("/verify", Verify.class, service::verify)
        .post("/holds", FindHolds.class, service::holds)
        .get("/audit", this::audit)
        .get("/glance", () -> Future.succeededFuture(service.glance()));
  }

  private Future<Object> hello(Hello hello) {
    requireAddress(hello.address());
    return service.hello(hello);
  }

  private Future<?> reserve(Reserve reserve, String requests) {
    if (trail.isOn()) {
      trail.read(requests, reserve.requests());
      reserve
          .requests()
          .forEach(wanted -> trail.tell("service=catalog reserve=" + wanted.name(), wanted.key()));
    }
    return legs.timed(reserve, service::reserve);
  }

  /** It is called later, when nobody could be told that it is wrong. */
  private static void requireAddress(String address) {
    try {
      Address.parse(address);
    } catch (IllegalArgumentException e) {
      throw new StoreException(StoreError.BAD_REQUEST, "address " + e.getMessage());
    }
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
