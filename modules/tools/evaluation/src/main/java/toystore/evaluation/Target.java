package toystore.evaluation;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import toystore.operations.OperationFailed;

/** What is loaded: a store's front-end, or the ceiling. */
record Target(String host, int port) {
  static Target of(MeasuredStore store) {
    return new Target(
        store.address().address().host(), store.address().address().port());
  }

  /**
   * Loads it, from so many connections.
   *
   * @param warmUp before what counts
   */
  Throughput load(
      Vertx vertx, List<BenchRequest> requests, int connections, Duration warmUp, Duration load)
      throws InterruptedException {
    return awaited(new HttpLoad(vertx, host, port, requests).run(connections, warmUp, load));
  }

  /**
   * Waits for a load to end.
   *
   * @throws OperationFailed when there could be none
   */
  static <T> T awaited(Future<T> load) throws InterruptedException {
    try {
      return load.toCompletionStage().toCompletableFuture().get();
    } catch (ExecutionException e) {
      throw new OperationFailed("no load possible: " + e.getCause().getMessage(), e);
    }
  }
}
