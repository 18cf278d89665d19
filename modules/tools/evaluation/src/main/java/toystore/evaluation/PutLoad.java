package toystore.evaluation;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/**
 * Plain puts of etcd, in its own protocol, gRPC: over each connection one after the other, each of
 * a key that is new and as long as an idempotency key, with a value as large as an order.
 */
final class PutLoad {
  /** An order as the public API shows it. */
  static final String VALUE = "{\"number\":1000000,\"name\":\"Tux\",\"quantity\":1}";

  private static final byte[] VALUE_BYTES = VALUE.getBytes(StandardCharsets.UTF_8);
  private static final int OK = 200;
  private static final String STATUS = "grpc-status";
  private static final String NO_ERROR = "0";

  private final HttpLoops loops;
  private final RequestOptions put;

  PutLoad(Vertx vertx, String host, int port) {
    // Both know that it is HTTP/2: nothing is upgraded.
    loops = new HttpLoops(
        vertx,
        host,
        port,
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setHttp2ClearTextUpgrade(false));
    put = new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setHost(host)
        .setPort(port)
        .setURI("/etcdserverpb.KV/Put")
        .putHeader("content-type", "application/grpc")
        .putHeader("te", "trailers");
  }

  /**
   * Runs it.
   *
   * @param warmUp before what counts
   * @return fails when a connection cannot be made; a put that etcd refused counts as failed
   */
  Future<Throughput> run(int connections, Duration warmUp, Duration load) {
    return loops.run(connections, warmUp, load, this::send);
  }

  private Future<Boolean> send(HttpClientConnection connection, int turn) {
    byte[] key = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
    return connection
        .request(put)
        .compose(request -> request.send(PutMessage.encode(key, VALUE_BYTES)))
        .compose(response -> response.end().map(whole -> isDone(response)));
  }

  /** gRPC answers 200 to what failed, too: its own status comes last, or first if it is alone. */
  private static boolean isDone(HttpClientResponse response) {
    return response.statusCode() == OK
        && (saysNoError(response.trailers()) || saysNoError(response.headers()));
  }

  private static boolean saysNoError(MultiMap fields) {
    return NO_ERROR.equals(fields.get(STATUS));
  }
}
