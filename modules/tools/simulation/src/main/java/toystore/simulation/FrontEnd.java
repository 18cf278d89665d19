package toystore.simulation;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import toystore.edge.Loop;
import toystore.frontend.LeaderWatch;
import toystore.frontend.Orders;
import toystore.leader.HealthWatch;
import toystore.leader.OwnTime;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.simulation.Call.Failure;
import toystore.stock.FrontEndMessages.ToyChange;

/** A front-end: its own shells for the leader and for orders, and a cache for each event loop. */
final class FrontEnd extends VirtualService {
  final int id;
  private final List<ProductLoop> loops = new ArrayList<>();
  private final Set<Promise<?>> told = new LinkedHashSet<>();
  private LeaderWatch watch;
  private Orders orders;
  private OwnTime time;
  private HealthWatch catalogWatch;
  private long nextCheckMs;

  FrontEnd(World world, int index, int id) {
    super(world, index, "front-end-" + id);
    this.id = id;
  }

  @Override
  void started() {
    Loop loop = new VirtualLoop(this);
    Map<Integer, ReplicaLine> lines = new LinkedHashMap<>();
    world.members.forEach(
        replica -> lines.put(replica, new ReplicaLine(this, world.replica(replica))));
    watch = new LeaderWatch(
        loop,
        Times.selector(id, world.members, world.plan.handOver()),
        Duration.ofMillis(Times.PAUSE_MS),
        new LinkedHashMap<>(lines),
        fact -> world.trace.note(this, fact));
    orders = new Orders(loop, Times.ORDERS, watch, new LinkedHashMap<>(lines));
    time = new OwnTime(Times.FRONT_END_TICK_MS);
    catalogWatch = new HealthWatch(Times.SILENCE_MS);
    nextCheckMs = 0;
    loops.clear();
    for (int number = 0; number < world.plan.loops(); number++) {
      loops.add(new ProductLoop(this, number));
    }
    watch.start(orders::leaderChanged, () -> {
      checkCatalog();
      loops.forEach(ProductLoop::tick);
      orders.tick();
    });
  }

  /** Whoever waits here learns nothing. */
  @Override
  void stopped() {
    List<Promise<?>> lost = List.copyOf(told);
    told.clear();
    lost.forEach(promise -> promise.fail(new StoreException(StoreError.UNAVAILABLE, "crashed")));
    loops.forEach(ProductLoop::lost);
  }

  Future<Long> buy(PurchaseRequest purchase) {
    return whileUp(orders.buy(purchase));
  }

  Future<Order> find(long number) {
    return whileUp(orders.find(number));
  }

  private <A> Future<A> whileUp(Future<A> answer) {
    Promise<A> promise = Promise.promise();
    told.add(promise);
    answer.onComplete(done -> {
      if (told.remove(promise)) {
        promise.handle(done);
      }
    });
    return promise.future();
  }

  ProductLoop anyLoop() {
    return loops.get(world.chance.below(loops.size()));
  }

  private void checkCatalog() {
    time.tick(clockMs());
    long nowMs = time.at(clockMs());
    if (nowMs >= nextCheckMs) {
      nextCheckMs = nowMs + Times.CHECK_MS;
      catalogWatch.ask(nowMs);
      world.network.<Object>call(
          this,
          world.catalog,
          "Health",
          Times.PING_TIMEOUT_MS,
          call -> call.answer("well"),
          (answer, failure) -> {
            if (answer != null) {
              catalogWatch.answered(time.at(clockMs()), nowMs);
            } else if (failure != Failure.SILENT) {
              catalogWatch.broken();
            }
          });
    }
    catalogWatch.review(nowMs);
    watch.catalogSeen(catalogWatch);
  }

  void invalidate(int loop, ToyChange change) {
    loops.get(loop).invalidate(change);
  }
}
