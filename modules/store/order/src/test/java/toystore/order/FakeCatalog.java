package toystore.order;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import toystore.edge.InternalServer;
import toystore.edge.Metrics;
import toystore.edge.Token;
import toystore.model.Fenced;
import toystore.model.Mark;
import toystore.model.PurchaseRequest;
import toystore.model.ReserveOutcome;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.stock.CatalogMessages;

/** A catalog in memory, over real HTTP. Owned by one event loop, but for the volatile figures. */
final class FakeCatalog {
  private static final long RUN = 5;

  private final Map<String, Integer> stock = new HashMap<>();
  private final Map<String, ReserveOutcome> ledger = new HashMap<>();
  private final Map<String, PurchaseRequest> held = new LinkedHashMap<>();
  private final Set<String> sold = new HashSet<>();
  private InternalServer server;
  private volatile long fence;
  private volatile Mark mark = Mark.NONE;
  private volatile int heldCount;
  private volatile int soldCount;

  FakeCatalog() {
    stock.put("Tux", 1_000_000);
    stock.put("Fox", 3);
  }

  Future<Integer> listen(Vertx vertx, Token token, int port) {
    server = new InternalServer(vertx, token, Optional.empty())
        .observe(() -> Map.of(), () -> true, () -> Map.of(), Metrics.ofService("catalog"))
        .post("/reserve", CatalogMessages.Reserve.class, this::reserve)
        .post("/settle", CatalogMessages.Settle.class, this::settle)
        .post("/fence", CatalogMessages.Fence.class, this::raiseFence)
        .post("/verify", CatalogMessages.Verify.class, this::verify)
        .post("/holds", CatalogMessages.FindHolds.class, holds -> findHolds());
    return server.listen("127.0.0.1", port);
  }

  Future<Void> stop() {
    return server.shutdown();
  }

  int heldCount() {
    return heldCount;
  }

  int soldCount() {
    return soldCount;
  }

  /** Holds a purchase that no leader appended, as one that crashed leaves it. */
  void leaveHold(PurchaseRequest request) {
    reserve(request);
  }

  private Future<CatalogMessages.ReserveOutcomes> reserve(CatalogMessages.Reserve reserve) {
    if (reserve.claim().epoch() < fence) {
      return Future.failedFuture(new StoreException(StoreError.FENCED, "fence=" + fence));
    }
    List<ReserveOutcome> outcomes = new ArrayList<>();
    reserve.requests().forEach(request -> outcomes.add(reserve(request)));
    return Future.succeededFuture(new CatalogMessages.ReserveOutcomes(outcomes));
  }

  private ReserveOutcome reserve(PurchaseRequest request) {
    return ledger.computeIfAbsent(request.key(), key -> {
      Integer left = stock.get(request.name());
      if (left == null) {
        return ReserveOutcome.TOY_NOT_FOUND;
      }
      if (left < request.quantity()) {
        return ReserveOutcome.OUT_OF_STOCK;
      }
      stock.put(request.name(), left - request.quantity());
      held.put(key, request);
      heldCount = held.size();
      return ReserveOutcome.HELD;
    });
  }

  private Future<CatalogMessages.Done> settle(CatalogMessages.Settle settle) {
    for (String key : settle.keys()) {
      if (held.remove(key) != null) {
        sold.add(key);
      }
    }
    heldCount = held.size();
    soldCount = sold.size();
    return Future.succeededFuture(new CatalogMessages.Done());
  }

  private Future<Fenced> raiseFence(CatalogMessages.Fence raised) {
    boolean accepted = raised.epoch() >= fence;
    fence = Math.max(fence, raised.epoch());
    return Future.succeededFuture(
        new Fenced(accepted, fence, RUN, mark, List.copyOf(held.values())));
  }

  /** Whoever leads in an earlier epoch is over. */
  void obeys(long epoch) {
    fence = epoch;
  }

  /** Whoever led before has told of so many orders. */
  void wasToldOf(Mark told) {
    mark = told;
  }

  private Future<CatalogMessages.Verified> verify(CatalogMessages.Verify verify) {
    long known = verify.orders().stream()
        .takeWhile(order -> ledger.get(order.key()) == ReserveOutcome.HELD)
        .count();
    return Future.succeededFuture(new CatalogMessages.Verified((int) known));
  }

  private Future<CatalogMessages.Holds> findHolds() {
    return Future.succeededFuture(new CatalogMessages.Holds(List.copyOf(held.values()), 1));
  }
}
