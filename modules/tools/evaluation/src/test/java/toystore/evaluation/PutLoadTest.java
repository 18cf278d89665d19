package toystore.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a server that answers as gRPC does. */
class PutLoadTest {
  private static final Buffer DONE = Buffer.buffer(new byte[] {0, 0, 0, 0, 0});

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  @Test
  void everyPutThatEtcdCallsDoneIsCounted() throws Exception {
    Queue<Buffer> puts = new ConcurrentLinkedQueue<>();
    Set<Object> connections = ConcurrentHashMap.newKeySet();
    Set<String> kinds = ConcurrentHashMap.newKeySet();

    Throughput measured = load(request -> {
      connections.add(request.connection());
      kinds.add(request.version() + " " + request.method() + " " + request.path() + " "
          + request.getHeader("content-type") + " " + request.getHeader("te"));
      request.body().onSuccess(body -> {
        puts.add(body);
        done(request.response());
      });
    });

    assertEquals(3, connections.size());
    assertEquals(
        Set.of(HttpVersion.HTTP_2 + " POST /etcdserverpb.KV/Put application/grpc trailers"), kinds);
    assertEquals(puts.size(), measured.answered());
    assertEquals(0, measured.failures());
    assertTrue(measured.perSecond() > 0);
    assertEquals(puts.size(), puts.stream().distinct().count());
    assertTrue(puts.stream().allMatch(put -> put.toString().endsWith(PutLoad.VALUE)));
  }

  @Test
  void aPutThatFailedIsNoneThoughItsAnswerIs200() throws Exception {
    AtomicInteger turn = new AtomicInteger();

    Throughput measured = load(request -> request.body().onSuccess(body -> {
      HttpServerResponse response =
          request.response().putHeader("content-type", "application/grpc");
      switch (turn.getAndIncrement() % 4) {
        case 0 -> response.setChunked(true).putTrailer("grpc-status", "8").end(DONE);
        case 1 -> response.putHeader("grpc-status", "14").end();
        case 2 -> response.end(DONE);
        default -> response.setStatusCode(503).putHeader("grpc-status", "0").end();
      }
    }));

    assertEquals(0, measured.answered());
    assertEquals(turn.get(), measured.failures());
    assertTrue(turn.get() >= 4);
  }

  @Test
  void aConnectionThatBreaksIsAFailure() throws Exception {
    Throughput measured = load(request -> request.connection().close());

    assertEquals(0, measured.answered());
    assertEquals(3, measured.failures());
  }

  @Test
  void whereNobodyListensThereIsNoLoad() throws Exception {
    int port = await(vertx.createHttpServer().requestHandler(request -> {}).listen(0, "127.0.0.1"))
        .actualPort();
    await(vertx.close());
    Vertx another = Vertx.vertx();

    Future<Throughput> load =
        new PutLoad(another, "127.0.0.1", port).run(1, Duration.ZERO, Duration.ofMillis(100));

    assertThrows(ExecutionException.class, () -> await(load));
    await(another.close());
  }

  private Throughput load(Handler<HttpServerRequest> etcd) throws Exception {
    int port = await(vertx.createHttpServer().requestHandler(etcd).listen(0, "127.0.0.1"))
        .actualPort();
    return await(
        new PutLoad(vertx, "127.0.0.1", port).run(3, Duration.ZERO, Duration.ofMillis(300)));
  }

  private static void done(HttpServerResponse response) {
    response
        .setChunked(true)
        .putHeader("content-type", "application/grpc")
        .putTrailer("grpc-status", "0")
        .end(DONE);
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get();
  }
}
