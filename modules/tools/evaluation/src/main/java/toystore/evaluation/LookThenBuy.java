package toystore.evaluation;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Customers who look at a toy and then buy it, one after the other. So a toy is in the cache when
 * it is bought, and a purchase has all its legs. Used once, on one event loop.
 */
final class LookThenBuy {
  private static final int DIGITS = 3;

  private final HttpLoops loops;
  private final HttpLoad looks;
  private final HttpLoad purchases;
  private final Histogram purchaseNs = new Histogram(DIGITS);

  LookThenBuy(Vertx vertx, Target target, List<String> toys) {
    loops = new HttpLoops(vertx, target.host(), target.port(), new HttpClientOptions());
    looks = load(vertx, target, toys.stream().map(BenchRequest::product).toList());
    purchases = load(vertx, target, toys.stream().map(BenchRequest::purchase).toList());
  }

  private static HttpLoad load(Vertx vertx, Target target, List<BenchRequest> requests) {
    return new HttpLoad(vertx, target.host(), target.port(), requests);
  }

  /**
   * Runs it.
   *
   * @return its purchases, timed without the look before each
   */
  Future<Bought> run(int connections, Duration load) {
    return loops
        .run(connections, Duration.ZERO, load, this::lookThenBuy)
        .map(pairs -> new Bought(pairs, LegHistogram.of(purchaseNs)));
  }

  private Future<Boolean> lookThenBuy(HttpClientConnection connection, int turn) {
    return looks.send(connection, turn).compose(seen -> {
      long startNs = System.nanoTime();
      return purchases.send(connection, turn).map(bought -> {
        if (bought) {
          purchaseNs.recordValue(System.nanoTime() - startNs);
        }
        return seen && bought;
      });
    });
  }

  /**
   * What came of it.
   *
   * @param pairs of a look and a purchase
   * @param purchases alone, as the clients saw them
   */
  record Bought(Throughput pairs, LegHistogram purchases) {}
}
