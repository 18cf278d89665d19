package toystore.postgres;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import toystore.desk.DeskStatus;
import toystore.edge.Address;
import toystore.edge.InternalServer;
import toystore.model.Epochs;
import toystore.model.KnownLeader;
import toystore.model.LogPosition;
import toystore.model.ReplicaHealth;
import toystore.model.Role;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.purchase.OrderMessages.Appointed;
import toystore.purchase.OrderMessages.Appointment;
import toystore.purchase.OrderMessages.Buy;
import toystore.purchase.OrderMessages.BuyOutcome;
import toystore.purchase.OrderMessages.BuyOutcomes;
import toystore.purchase.OrderMessages.OrderQuery;
import toystore.purchase.OrderMessages.QueryOutcome;
import toystore.purchase.OrderMessages.QueryOutcomes;
import toystore.stock.CatalogMessages.Hello;
import toystore.stock.CatalogMessages.Read;
import toystore.stock.CatalogMessages.ReadAll;
import toystore.stock.CatalogMessages.Renew;

/**
 * A desk's calls: those of an order replica and those of the catalog. To a front-end it is a
 * replica that elects its leader, and the one in office is the leader. Owned by one event loop.
 */
final class DeskApi {
  /** As {@link ReplicaHealth#engine()}. */
  static final String ENGINE = "postgres";

  private final int id;
  private final String durability;
  private final DeskService service;

  /** @param durability that it demands of the database */
  DeskApi(int id, String durability, DeskService service) {
    this.id = id;
    this.durability = durability;
    this.service = service;
  }

  void addTo(InternalServer server) {
    server
        .post("/buy", Buy.class, this::buy)
        .post("/query", OrderQuery.class, this::query)
        .post("/appoint", Appointment.class, this::appoint)
        .post("/hello", Hello.class, this::hello)
        .post("/renew", Renew.class, renew -> service.renew(renew.session()))
        .post("/read", Read.class, read -> service.read(read.session(), read.names()))
        .post("/read-all", ReadAll.class, all -> service.readAll())
        .get("/shelves", () -> Future.succeededFuture(shelves()));
  }

  /**
   * What a front-end asks the catalog for otherwise.
   *
   * @param durability replicated, or single where one machine is enough
   * @param trouble of the database, null for none
   */
  record ShelvesHealth(boolean active, String durability, String trouble, long restockInMs) {}

  private ShelvesHealth shelves() {
    DeskStatus status = service.status();
    return new ShelvesHealth(status.isActive(), durability, status.trouble(), status.restockInMs());
  }

  private Future<BuyOutcomes> buy(Buy buy) {
    List<Future<BuyOutcome>> outcomes = new ArrayList<>(buy.requests().size());
    for (int i = 0; i < buy.requests().size(); i++) {
      outcomes.add(service
          .buy(buy.requests().get(i), buy.seenMs().get(i))
          .map(BuyOutcome::ordered)
          .recover(DeskApi::outcome));
    }
    return Future.all(outcomes).map(all -> new BuyOutcomes(all.<BuyOutcome>list()));
  }

  /** Each purchase has its own outcome; that this desk is not in office concerns them all. */
  private static Future<BuyOutcome> outcome(Throwable failure) {
    return failure instanceof StoreException refusal && refusal.error() != StoreError.NOT_LEADER
        ? Future.succeededFuture(BuyOutcome.failed(refusal.error(), refusal.getMessage()))
        : Future.failedFuture(failure);
  }

  private Future<QueryOutcomes> query(OrderQuery query) {
    List<Future<QueryOutcome>> outcomes = query.numbers().stream()
        .map(number -> service.find(number).map(QueryOutcome::found).recover(DeskApi::absent))
        .toList();
    return Future.all(outcomes)
        .map(all -> new QueryOutcomes(all.<QueryOutcome>list(), known(service.status())));
  }

  private static Future<QueryOutcome> absent(Throwable failure) {
    return failure instanceof StoreException refusal
        ? Future.succeededFuture(QueryOutcome.failed(refusal.error()))
        : Future.failedFuture(failure);
  }

  private Future<Appointed> appoint(Appointment appoint) {
    KnownLeader known = known(service.status());
    return Future.succeededFuture(new Appointed(false, known.epoch(), known.id()));
  }

  private Future<?> hello(Hello hello) {
    try {
      Address.parse(hello.address());
    } catch (IllegalArgumentException e) {
      throw new StoreException(StoreError.BAD_REQUEST, "address " + e.getMessage());
    }
    return service.hello(hello.frontEnd(), hello.address());
  }

  private KnownLeader known(DeskStatus status) {
    return "standby".equals(status.role()) || status.epoch() == 0
        ? KnownLeader.NONE
        : new KnownLeader(id, Epochs.of(status.epoch(), 0));
  }

  boolean isServing() {
    return isServing(service.status());
  }

  private static boolean isServing(DeskStatus status) {
    return status.isActive() && status.connected() && status.trouble() == null;
  }

  ReplicaHealth health() {
    DeskStatus status = service.status();
    KnownLeader known = known(status);
    Role role = known.id() == 0 ? Role.FOLLOWER : status.isActive() ? Role.LEADER : Role.CANDIDATE;
    return new ReplicaHealth(
        "desk-" + id,
        id,
        ENGINE,
        true,
        role,
        known.epoch(),
        known.id(),
        LogPosition.START.epoch(),
        LogPosition.START.index(),
        0,
        // Nobody appoints a desk: the database's row decides.
        false,
        false,
        status.isActive(),
        isServing(status),
        status.trouble(),
        status.clockMs());
  }
}
