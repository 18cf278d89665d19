package toystore.drill;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import toystore.api.Answer;
import toystore.api.StoreAddress;
import toystore.api.StoreClient;
import toystore.api.ToyAvailability;
import toystore.client.LoadVertx;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.operations.OperationFailed;

/** All clients of a store, on one event loop of their own. Methods may be called by one thread. */
final class Crowd implements AutoCloseable {
  /** Wanted more than the catalog can restock: refusals and restocks all the time. */
  private static final List<String> SCARCE = List.of("Tux", "Fox", "Python");

  /** Always there. */
  private static final List<String> AMPLE = List.of("Whale", "Elephant", "Teddy Bear");

  /** Beyond the store's own deadline of 10 s: what takes longer hangs. */
  private static final Duration UNTIL_HUNG = Duration.ofSeconds(13);

  private static final double SCARCE_BUYS = 0.4;
  private static final double AMPLE_BUYS = 0.06;
  private static final int SCARCE_MOST = 3;
  private static final int PAUSE_MS = 30;

  private final Vertx vertx = LoadVertx.of(1);
  private final Context context = vertx.getOrCreateContext();
  private final List<StoreClient> shops;
  private final int clientsPerToy;
  private final Random chance;
  private final List<Shopper> shoppers = new ArrayList<>();
  private int lastId;

  Crowd(URI store, int clientsPerToy, long seed) {
    this(List.of(StoreAddress.parse(store.toString(), "")), clientsPerToy, seed);
  }

  /**
   * Of a store with these front-ends; the clients of each toy use them in turn.
   *
   * @param seed of all that is left to chance
   */
  Crowd(List<StoreAddress> frontEnds, int clientsPerToy, long seed) {
    this.clientsPerToy = clientsPerToy;
    this.chance = new Random(seed);
    this.shops = frontEnds.stream()
        .map(address -> new StoreClient(vertx, address, clientsPerToy * toys().size(), UNTIL_HUNG))
        .toList();
  }

  static List<String> toys() {
    List<String> toys = new ArrayList<>(SCARCE);
    toys.addAll(AMPLE);
    return toys;
  }

  void start(Journal journal) {
    shoppers.clear();
    for (int i = 0; i < clientsPerToy; i++) {
      int frontEnd = i % shops.size();
      SCARCE.forEach(toy ->
          add(new Shopper.Habits(toy, SCARCE_BUYS, SCARCE_MOST, PAUSE_MS, frontEnd), journal));
      AMPLE.forEach(
          toy -> add(new Shopper.Habits(toy, AMPLE_BUYS, 1, PAUSE_MS, frontEnd), journal));
    }
    context.runOnContext(none -> shoppers.forEach(Shopper::start));
  }

  private void add(Shopper.Habits habits, Journal journal) {
    shoppers.add(new Shopper(
        vertx, shops.get(habits.frontEnd()), ++lastId, habits, chance.nextLong(), journal));
  }

  /**
   * Ends all clients.
   *
   * @return false when the outcome of some purchase did not become known within the limit
   */
  boolean stop(Duration limit) {
    if (await(() -> Future.join(shoppers.stream().map(Shopper::close).toList()), limit)) {
      return true;
    }
    context.runOnContext(none -> shoppers.forEach(Shopper::giveUp));
    await(
        () -> Future.join(shoppers.stream().map(Shopper::close).toList()),
        UNTIL_HUNG.plusSeconds(2));
    return false;
  }

  /** Looks each of these orders up at each front-end, a few at a time; says what is wrong. */
  List<String> lookUp(Iterable<Order> orders, Duration limit) {
    List<String> findings = new ArrayList<>();
    for (StoreClient shop : shops) {
      PromiseCheck lookUps = new PromiseCheck(shop, orders.iterator());
      if (!await(lookUps::run, limit)) {
        return List.of("the orders could not all be looked up within " + limit.toSeconds() + " s");
      }
      findings.addAll(lookUps.findings());
    }
    return findings;
  }

  private boolean await(Supplier<Future<?>> work, Duration limit) {
    CountDownLatch over = new CountDownLatch(1);
    context.runOnContext(none -> work.get().onComplete(ended -> over.countDown()));
    try {
      return over.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OperationFailed("interrupted", e);
    }
  }

  /** One product query, outside of any history. */
  Answer<ToyAvailability> product(String toy) {
    return one(() -> shops.get(0).product(toy));
  }

  /** One purchase, outside of any history. */
  Answer<Long> buy(PurchaseRequest request) {
    return one(() -> shops.get(0).buy(request));
  }

  private <T> Answer<T> one(Supplier<Future<Answer<T>>> call) {
    Promise<Answer<T>> answer = Promise.promise();
    context.runOnContext(none -> call.get().onComplete(answer));
    return answer.future().await();
  }

  @Override
  public void close() {
    vertx.close();
  }
}
