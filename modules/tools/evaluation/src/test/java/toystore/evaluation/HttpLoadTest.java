package toystore.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpLoadTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  @Test
  void everyGoodAnswerIsCountedAndEveryOtherIsAFailure() throws Exception {
    AtomicLong good = new AtomicLong();
    AtomicLong bad = new AtomicLong();
    Set<Object> connections = ConcurrentHashMap.newKeySet();
    int port = await(vertx
            .createHttpServer()
            .requestHandler(request -> {
              connections.add(request.connection());
              boolean fails = request.path().equals("/products/Yo%20Yo");
              (fails ? bad : good).incrementAndGet();
              answer(request, fails ? 503 : 200);
            })
            .listen(0, "127.0.0.1"))
        .actualPort();

    Throughput measured = await(new HttpLoad(
            vertx,
            "127.0.0.1",
            port,
            List.of(
                BenchRequest.product("Tux"),
                BenchRequest.product("Yo Yo"),
                BenchRequest.purchase("Tux")))
        .run(3, Duration.ZERO, Duration.ofSeconds(1)));

    assertEquals(good.get(), measured.answered());
    assertEquals(bad.get(), measured.failures());
    assertTrue(measured.perSecond() > 0 && measured.p99Ms() >= measured.p50Ms());
    assertEquals(3, connections.size());
  }

  @Test
  void aRecordedAnswerSurvivesItsWayToTheCeiling() throws Exception {
    RecordedAnswer recorded = new RecordedAnswer(
        "GET", "/products/Tux", Map.of("content-type", "application/json"), "{\"data\":\"ü\"}\n");

    assertEquals(recorded, RecordedAnswer.decode(recorded.encode()));
    assertEquals(1, recorded.encode().lines().count());
  }

  private static void answer(HttpServerRequest request, int status) {
    request.body().onSuccess(body -> request.response().setStatusCode(status).end("{}"));
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get();
  }
}
