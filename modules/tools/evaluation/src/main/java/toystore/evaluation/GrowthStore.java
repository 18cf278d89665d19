package toystore.evaluation;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import toystore.api.StoreAddress;
import toystore.backup.MadeUpOrders;
import toystore.model.EngineName;
import toystore.operations.LocalStore;
import toystore.operations.TemporaryStore;
import toystore.operations.UpOptions;

/** A store that is made with so many orders and toys, and may be started again and again. */
final class GrowthStore implements AutoCloseable {
  private static final double NS_PER_S = 1e9;

  private final TemporaryStore own;
  private final Vertx vertx;
  private final UpOptions options;
  private final List<String> toys;
  private final long made;
  private final List<Throughput> purchases = new ArrayList<>();
  private BenchStore store;

  private GrowthStore(
      TemporaryStore own, Vertx vertx, UpOptions options, List<String> toys, long made) {
    this.own = own;
    this.vertx = vertx;
    this.options = options;
    this.toys = toys;
    this.made = made;
  }

  /** Makes its files. It is not started. */
  static GrowthStore make(EngineName engine, long orders, int toyCount, boolean cache, Vertx vertx)
      throws IOException {
    TemporaryStore own = TemporaryStore.in(MeasuredStore.parent(), "toystore-measured-");
    boolean made = false;
    try {
      List<String> toys = IntStream.range(0, toyCount).mapToObj(i -> "toy " + i).toList();
      Path offered = own.folder().resolve("toys.json");
      Files.writeString(
          offered,
          toys.stream()
              .map(toy -> "{\"name\":\"" + toy + "\",\"price\":10.00}")
              .collect(Collectors.joining(",\n", "[\n", "\n]\n")));
      if (orders > 0) {
        own.store()
            .archive()
            .makeUp(new MadeUpOrders(toys, BenchPlan.STOCK, orders), engine, BenchPlan.STOCK);
      }
      UpOptions options = UpOptions.defaults()
          .withEngine(engine)
          .withCache(cache)
          .withStock(BenchPlan.STOCK)
          .withTailoring((service, conf) -> {
            if (conf.has("toys")) {
              conf.put("toys", offered.toString());
            }
          });
      made = true;
      return new GrowthStore(own, vertx, options, toys, orders);
    } finally {
      if (!made) {
        own.close();
      }
    }
  }

  /** Starts it; gives the seconds until it served. */
  double start() {
    long startNs = System.nanoTime();
    own.up(options);
    double seconds = (System.nanoTime() - startNs) / NS_PER_S;
    StoreAddress address = StoreAddress.parse(local().addresses().get(0).toString(), "");
    store = new BenchStore(new MeasuredStore(address, Optional.of(own)), vertx);
    return seconds;
  }

  void stop() {
    local().down();
  }

  LocalStore local() {
    return own.store();
  }

  List<String> toys() {
    return toys;
  }

  Throughput buy(int connections, Duration load) throws InterruptedException {
    Throughput bought = load(connections, load, Workload.PURCHASE.requests(toys));
    purchases.add(bought);
    return bought;
  }

  Throughput load(int connections, Duration load, List<BenchRequest> requests)
      throws InterruptedException {
    return store.target().load(vertx, requests, connections, Duration.ZERO, load);
  }

  long failures() {
    return purchases.stream().mapToLong(Throughput::failures).sum();
  }

  /** Growth counts only if nothing was lost for it. */
  void audit() {
    long bought = purchases.stream().mapToLong(Throughput::answered).sum();
    store.requireOrders(made + bought, purchases);
  }

  @Override
  public void close() {
    own.close();
  }
}
