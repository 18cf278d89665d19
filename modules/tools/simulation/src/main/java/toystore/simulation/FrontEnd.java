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
import toystore.edge.Address;
import toystore.edge.Loop;
import toystore.frontend.LeaderWatch;
import toystore.frontend.Orders;
import toystore.frontend.Products;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.stock.CatalogMessages.ToyState;

/** A front-end: its own shells for the leader, for orders, and for products on each event loop. */
final class FrontEnd extends VirtualService {
  /** One place less than there are toys. */
  private static final int CAPACITY = 1;

  final int id;
  private final List<Products<List<ToyState>>> loops = new ArrayList<>();
  private final Set<Promise<?>> told = new LinkedHashSet<>();
  private LeaderWatch watch;
  private Orders orders;

  FrontEnd(World world, int index, int id) {
    super(world, index, "front-end-" + id);
    this.id = id;
  }

  @Override
  protected void started() {
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
    orders = new Orders(loop, Times.WAITS, watch, new LinkedHashMap<>(lines));
    watch.start(orders::leaderChanged, orders::tick);
    loops.clear();
    for (int number = 0; number < world.plan.loops(); number++) {
      open(number, loop);
    }
  }

  /** As the store does: the first event loop's view of the catalog is that of the front-end. */
  private void open(int number, Loop loop) {
    Products<List<ToyState>> products = new Products<>(
        loop,
        Times.products(id, world.plan.cached(), world.chance.between(CAPACITY, 2)),
        new CatalogLine(this),
        toy -> List.of(toy),
        toys -> toys,
        fact -> world.trace.note(this, "loop " + number + " " + fact));
    loops.add(products);
    products.start(address(number), () -> {
      if (number == 0) {
        watch.catalogSeen(products.catalogWatch());
      }
    });
  }

  /** Whoever waits here learns nothing. */
  @Override
  protected void stopped() {
    List<Promise<?>> lost = List.copyOf(told);
    told.clear();
    lost.forEach(promise -> promise.fail(new StoreException(StoreError.UNAVAILABLE, "crashed")));
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

  /** A product, or all of them, at any of its event loops. */
  Future<List<ToyState>> read(String toy, boolean all) {
    Products<List<ToyState>> products = loops.get(world.chance.below(loops.size()));
    List<ToyState> kept = all ? null : products.cached(toy);
    if (kept != null) {
      world.trace.note(this, () -> "has in its cache " + kept);
      return Future.succeededFuture(kept);
    }
    return whileUp(all ? products.all() : products.load(toy));
  }

  /** Where the catalog tells one event loop of changes. */
  private Address address(int loop) {
    return new Address(Integer.toString(id), loop + 1);
  }

  Products<List<ToyState>> at(Address listener) {
    return loops.get(listener.port() - 1);
  }
}
