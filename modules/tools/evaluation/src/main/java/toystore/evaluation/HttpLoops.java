package toystore.evaluation;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnectOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * So many connections of HTTP to one place, each with one request at a time, on one event loop,
 * without pool or retry.
 */
final class HttpLoops {
  private static final int CONNECT_TIMEOUT_MS = 5_000;
  private static final int IDLE_TIMEOUT_S = 15;

  private final Vertx vertx;
  private final HttpClientOptions options;
  private final HttpConnectOptions where;

  /** @param options which HTTP it speaks; they are changed here */
  HttpLoops(Vertx vertx, String host, int port, HttpClientOptions options) {
    this.vertx = vertx;
    this.where = new HttpConnectOptions().setHost(host).setPort(port);
    this.options = options
        .setConnectTimeout(CONNECT_TIMEOUT_MS)
        .setIdleTimeout(IDLE_TIMEOUT_S)
        .setIdleTimeoutUnit(TimeUnit.SECONDS);
  }

  /** A request and its answer. */
  @FunctionalInterface
  interface Exchange {
    /**
     * Sends a request.
     *
     * @param turn its number among those of the connection, see {@link ClosedLoops}
     * @return whether the answer is good; fails when the connection is of no use any more
     */
    Future<Boolean> send(HttpClientConnection connection, int turn);
  }

  /**
   * Runs it.
   *
   * @param warmUp before what counts
   * @return fails when a connection cannot be made; a failed request counts as such
   */
  Future<Throughput> run(int connections, Duration warmUp, Duration load, Exchange exchange) {
    Promise<Throughput> end = Promise.promise();
    Context loop = vertx.getOrCreateContext();
    loop.runOnContext(start -> {
      HttpClientAgent client = vertx.createHttpClient(options);
      connect(client, connections)
          .compose(open -> new ClosedLoops(warmUp, load)
              .run(open.stream().map(each -> loaded(each, exchange)).toList()))
          .eventually(client::close)
          .onComplete(end);
    });
    return end.future();
  }

  private Future<List<HttpClientConnection>> connect(HttpClientAgent client, int count) {
    List<Future<HttpClientConnection>> connections = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      connections.add(client.connect(where));
    }
    return Future.all(connections).map(all -> all.list());
  }

  private static ClosedLoops.LoadedConnection loaded(
      HttpClientConnection connection, Exchange exchange) {
    return turn -> exchange.send(connection, turn);
  }
}
