package toystore.frontend;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import toystore.edge.Address;
import toystore.edge.InternalServer;
import toystore.edge.ServiceClient;
import toystore.edge.Token;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.stock.CatalogMessages.Done;
import toystore.stock.CatalogMessages.Hello;
import toystore.stock.CatalogMessages.Lease;
import toystore.stock.CatalogMessages.Read;
import toystore.stock.CatalogMessages.ReadAll;
import toystore.stock.CatalogMessages.Renew;
import toystore.stock.CatalogMessages.ToyState;
import toystore.stock.CatalogMessages.Toys;
import toystore.stock.FrontEndMessages.Invalidate;
import toystore.stock.FrontEndMessages.ToyChange;

/** Speaks the catalog's part of the internal protocol, as far as a front-end sees it. */
final class FakeCatalog {
  /** So short that a test can wait for its end. */
  static final long SHORT_LEASE_MS = 300;

  /** Of what {@code /health} says: when it next restocks. */
  private record Restock(long restockInMs) {}

  private final Vertx vertx;
  private final Token token;
  private final long leaseMs;
  private final Map<String, ToyState> toys = new LinkedHashMap<>();
  private final Map<Long, Address> sessions = new LinkedHashMap<>();
  private final List<Promise<Void>> heldReads = new ArrayList<>();
  private final Context loop;
  private InternalServer server;
  private int port;
  private long lastSession;
  private int reads;
  private boolean silent;
  private boolean holding;

  FakeCatalog(Vertx vertx, Token token, long leaseMs) {
    this.vertx = vertx;
    this.token = token;
    this.leaseMs = leaseMs;
    this.loop = vertx.getOrCreateContext();
    put("Tux", 1599, 100);
    put("Whale", 2050, 0);
    put("Kärcher/50 % + more", 500, 7);
  }

  Future<Integer> start() {
    server = new InternalServer(vertx, token, Optional.empty())
        .get("/health", () -> unlessSilent(() -> Future.succeededFuture(new Restock(7_000))))
        .post("/hello", Hello.class, hello -> unlessSilent(() -> hello(hello)))
        .post("/renew", Renew.class, renew -> unlessSilent(() -> renew(renew)))
        .post("/read", Read.class, read -> unlessSilent(() -> read(read)))
        .post("/read-all", ReadAll.class, read -> unlessSilent(this::readAll));
    return server.listen("127.0.0.1", port).onSuccess(found -> port = found);
  }

  Future<Void> stop() {
    return server.shutdown();
  }

  int port() {
    return port;
  }

  synchronized void put(String name, long priceCents, long quantity) {
    long version = toys.containsKey(name) ? toys.get(name).version() + 1 : 1;
    toys.put(name, new ToyState(name, priceCents, quantity, version, true));
  }

  /** Changes a toy's stock and ends when every session has acknowledged. */
  Future<Void> change(String name, long quantity) {
    Promise<Void> acknowledged = Promise.promise();
    // Clients belong to an event loop, and a test's thread is none.
    loop.runOnContext(go -> push(name, quantity).onComplete(acknowledged));
    return acknowledged.future();
  }

  private synchronized Future<Void> push(String name, long quantity) {
    put(name, toys.get(name).priceCents(), quantity);
    List<ToyChange> changes = List.of(new ToyChange(name, toys.get(name).version()));
    List<Future<Done>> acknowledged = new ArrayList<>();
    sessions.forEach((id, address) ->
        acknowledged.add(new ServiceClient(vertx, address, token, Optional.empty(), 1)
            .post("/invalidate", new Invalidate(id, changes), Done.class, FakeStore.TIMEOUT)));
    return Future.all(acknowledged).mapEmpty();
  }

  /** From now on reads are answered with what they found, but only on {@link #releaseReads}. */
  synchronized void holdReads() {
    holding = true;
  }

  void releaseReads() {
    List<Promise<Void>> held;
    synchronized (this) {
      holding = false;
      held = new ArrayList<>(heldReads);
      heldReads.clear();
    }
    held.forEach(Promise::complete);
  }

  synchronized void setSilent(boolean wanted) {
    silent = wanted;
  }

  synchronized void forgetSessions() {
    sessions.clear();
  }

  /** Caches that said HELLO; a repeated HELLO makes no second cache. */
  synchronized int sessions() {
    return Set.copyOf(sessions.values()).size();
  }

  synchronized int reads() {
    return reads;
  }

  synchronized int held() {
    return heldReads.size();
  }

  private <T> Future<T> unlessSilent(Supplier<Future<T>> action) {
    synchronized (this) {
      return silent ? Promise.<T>promise().future() : action.get();
    }
  }

  private Future<Lease> hello(Hello hello) {
    sessions.put(++lastSession, Address.parse(hello.address()));
    return Future.succeededFuture(new Lease(lastSession, leaseMs));
  }

  private Future<Lease> renew(Renew renew) {
    return sessions.containsKey(renew.session())
        ? Future.succeededFuture(new Lease(renew.session(), leaseMs))
        : Future.failedFuture(new StoreException(StoreError.SESSION_EXPIRED, "over"));
  }

  private Future<Toys> read(Read read) {
    reads++;
    List<ToyState> found = new ArrayList<>();
    for (String name : read.names()) {
      ToyState toy = toys.get(name);
      found.add(
          toy == null || sessions.containsKey(read.session())
              ? toy
              : new ToyState(toy.name(), toy.priceCents(), toy.quantity(), toy.version(), false));
    }
    if (!holding) {
      return Future.succeededFuture(new Toys(found));
    }
    Promise<Void> released = Promise.promise();
    heldReads.add(released);
    return released.future().map(go -> new Toys(found));
  }

  private Future<Toys> readAll() {
    return Future.succeededFuture(new Toys(new ArrayList<>(toys.values())));
  }
}
