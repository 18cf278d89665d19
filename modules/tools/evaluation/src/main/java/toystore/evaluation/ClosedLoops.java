package toystore.evaluation;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Loads something over connections: each sends its next request when the former is answered. Used
 * once, on one event loop.
 */
final class ClosedLoops {
  private static final int SIGNIFICANT_DIGITS = 3;
  private static final double NS_PER_S = 1e9;

  private final Histogram latenciesNs = new Histogram(SIGNIFICANT_DIGITS);
  private final long loadNs;
  private final long measureFromNs;
  private final long endNs;
  private long failures;
  private long answered;

  /** Begins now. The warm-up does not count. */
  ClosedLoops(Duration warmUp, Duration load) {
    loadNs = load.toNanos();
    measureFromNs = System.nanoTime() + warmUp.toNanos();
    endNs = measureFromNs + loadNs;
  }

  /** A connection. */
  @FunctionalInterface
  interface LoadedConnection {
    /**
     * Sends a request.
     *
     * @param turn its number, of those of this connection one more each time
     * @return whether the answer is good; fails when the connection is of no use any more
     */
    Future<Boolean> send(int turn);
  }

  /** Loads them until the time is over. Each begins with a turn of its own: 0, 1, 2 and so on. */
  Future<Throughput> run(List<? extends LoadedConnection> connections) {
    List<Future<Void>> loops = new ArrayList<>();
    for (int i = 0; i < connections.size(); i++) {
      Promise<Void> end = Promise.promise();
      next(connections.get(i), i, end);
      loops.add(end.future());
    }
    return Future.all(loops)
        .map(done -> Throughput.of(latenciesNs, loadNs / NS_PER_S, failures, answered));
  }

  private void next(LoadedConnection connection, int turn, Promise<Void> end) {
    long startNs = System.nanoTime();
    if (startNs >= endNs) {
      end.complete();
      return;
    }
    connection
        .send(turn)
        .onSuccess(good -> {
          count(good, startNs);
          next(connection, turn + 1, end);
        })
        .onFailure(broken -> {
          failures++;
          end.complete();
        });
  }

  private void count(boolean good, long startNs) {
    long nowNs = System.nanoTime();
    if (!good) {
      failures++;
      return;
    }
    answered++;
    if (nowNs >= measureFromNs && nowNs <= endNs) {
      latenciesNs.recordValue(nowNs - startNs);
    }
  }
}
