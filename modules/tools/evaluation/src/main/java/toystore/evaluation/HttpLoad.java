package toystore.evaluation;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.List;

/**
 * The leanest load that Vert.x allows: so many connections, each with one request at a time, on one
 * event loop, without pool, retry or look into the body. Used once.
 *
 * <p>It is not {@link toystore.api.StoreClient}: it loads a bare server as well as a store, and
 * what a client spends on reading answers would be missing from both.
 */
final class HttpLoad {
  private static final int OK = 200;

  private final Vertx vertx;
  private final String host;
  private final int port;
  private final List<Shot> shots;

  HttpLoad(Vertx vertx, String host, int port, List<BenchRequest> requests) {
    this.vertx = vertx;
    this.host = host;
    this.port = port;
    this.shots = requests.stream().map(this::shot).toList();
  }

  private Shot shot(BenchRequest request) {
    RequestOptions options = new RequestOptions()
        .setMethod(request.method())
        .setHost(host)
        .setPort(port)
        .setURI(request.path());
    if (request.body() != null) {
      options.putHeader("Content-Type", "application/json");
    }
    return new Shot(options, request.body());
  }

  /**
   * Runs it.
   *
   * @param warmUp before what counts
   * @return fails when a connection cannot be made; a failed request counts as such
   */
  Future<Throughput> run(int connections, Duration warmUp, Duration load) {
    return new HttpLoops(vertx, host, port, new HttpClientOptions())
        .run(connections, warmUp, load, this::send);
  }

  /** One request of that turn, and whether the answer is good. */
  Future<Boolean> send(HttpClientConnection connection, int turn) {
    Shot shot = shots.get(turn % shots.size());
    return connection
        .request(shot.options())
        .compose(request -> send(request, shot.body()))
        .compose(response -> response.end().map(whole -> response.statusCode() == OK));
  }

  private static Future<HttpClientResponse> send(HttpClientRequest request, Buffer body) {
    return body == null ? request.send() : request.send(body);
  }

  /** A request as it is sent again and again. */
  private record Shot(RequestOptions options, Buffer body) {}
}
