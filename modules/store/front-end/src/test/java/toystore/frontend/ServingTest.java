package toystore.frontend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What configuration changes about serving, and how serving ends. */
class ServingTest {
  private static final String TUX = "{\"name\":\"Tux\",\"quantity\":1}";

  @TempDir
  private Path folder;

  @Test
  void withoutACacheEachQueryAsksTheCatalogAndTheAnswersAreTheSame() {
    try (FakeStore store =
        new FakeStore(folder, json -> json.put("cache", new JsonObject().put("enabled", false)))) {
      store.awaitServing();
      int reads = store.catalog.reads();

      for (int i = 0; i < 3; i++) {
        assertEquals(
            "{\"data\":{\"name\":\"Tux\",\"price\":15.99,\"quantity\":100}}",
            store.get("/products/Tux").body());
      }

      assertEquals(reads + 3, store.catalog.reads());
      assertEquals(0, store.catalog.sessions());
      assertTrue(store.get("/status").body().contains("\"cache\":{\"enabled\":false"));
    }
  }

  @Test
  void eachEventLoopHasASessionAndAllAreInvalidated() throws IOException {
    try (FakeStore store = new FakeStore(folder, json -> json.put("eventLoops", 3))) {
      store.awaitServing();
      FakeStore.awaitThat(() -> store.catalog.sessions() == 3);
      List<RawHttp> connections = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        connections.add(new RawHttp(store.port()));
      }

      for (int quantity = 99; quantity > 80; quantity--) {
        FakeStore.await(store.catalog.change("Tux", quantity));
        for (RawHttp http : connections) {
          http.send("GET /products/Tux HTTP/1.1\r\nHost: toys\r\n\r\n");
          String body = http.read().body();
          assertTrue(body.contains("\"quantity\":" + quantity + "}"), body);
        }
      }
      for (RawHttp http : connections) {
        http.send("POST /orders HTTP/1.1\r\nHost: toys\r\nContent-Length: " + TUX.length()
            + "\r\n\r\n" + TUX);
        assertEquals(200, http.read().status());
        assertEquals(
            200, http.send("GET /status HTTP/1.1\r\nHost: t\r\n\r\n").read().status());
        assertEquals(
            404, http.send("GET /orders/99 HTTP/1.1\r\nHost: t\r\n\r\n").read().status());
        http.close();
      }
      assertEquals(12, store.replicas.orders().size());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aHeadThatDripsEndsInBoundedTimeAndAnIdleConnectionDoesNot(boolean tls) throws Exception {
    TestCertificate certificate = new TestCertificate(folder);
    JsonObject section = certificate.section();
    try (FakeStore store = new FakeStore(folder, json -> {
          json.put("receiveTimeoutMs", 300);
          if (tls) {
            json.put("publicTls", section);
          }
        });
        RawHttp slow =
            tls ? new RawHttp(certificate.connect(store.port())) : new RawHttp(store.port());
        RawHttp idle =
            tls ? new RawHttp(certificate.connect(store.port())) : new RawHttp(store.port())) {
      String request = "GET /nothing HTTP/1.1\r\nHost: toys\r\n\r\n";
      assertEquals(404, slow.send(request).read().status());
      assertEquals(404, idle.send(request).read().status());

      int sent = 0;
      do {
        assertTrue(sent++ < 500, "the connection outlives its limit");
        slow.send(sent == 1 ? "GET / HTTP/1.1\r\nX: " : "x");
      } while (!slow.comesWithin(20));

      RawHttp.Answer answer = slow.read();
      assertEquals(408, answer.status());
      assertTrue(answer.body().contains("the head of the request took too long"), answer.body());
      assertTrue(slow.ends());
      assertEquals(404, idle.send(request).read().status());
    }
  }

  @Test
  void aStopAnswersWhatIsUnderWay() {
    try (FakeStore store = new FakeStore(folder)) {
      store.awaitServing();
      store.catalog.holdReads();
      CompletableFuture<HttpResponse<String>> underWay = store.getLater("/products/Whale");
      FakeStore.awaitThat(() -> store.catalog.held() > 0);

      Future<Void> stopped = store.undeploy();
      assertFalse(stopped.isComplete());
      store.catalog.releaseReads();

      assertEquals(200, FakeStore.await(underWay).statusCode());
      FakeStore.await(stopped);
    }
  }

  @Test
  void tooManyThatWaitAreRefusedAtOnce() {
    try (FakeStore store = new FakeStore(folder, json -> json.put("maxWaiting", 2))) {
      store.awaitServing();
      store.replicas.loseAnswers();
      CompletableFuture<HttpResponse<String>> first = store.buyLater("a", TUX);
      CompletableFuture<HttpResponse<String>> second = store.buyLater("b", TUX);
      FakeStore.awaitThat(() -> store.replicas.keysSeen().containsAll(List.of("a", "b")));

      HttpResponse<String> third = store.buy("c", TUX);

      assertEquals(503, third.statusCode());
      assertEquals("1", third.headers().firstValue("Retry-After").orElseThrow());
      store.replicas.answerAgain();
      assertEquals(200, FakeStore.await(first).statusCode());
      assertEquals(200, FakeStore.await(second).statusCode());
      assertEquals(2, store.replicas.orders().size());
    }
  }

  @Test
  void aDeadlineIsADeadline() {
    try (FakeStore store = new FakeStore(folder, json -> json.put("requestTimeoutMs", 700))) {
      store.awaitServing();
      store.replicas.loseAnswers();

      HttpResponse<String> late = store.buy("a", TUX);

      assertEquals(503, late.statusCode());
      assertEquals("1", late.headers().firstValue("Retry-After").orElseThrow());
      assertEquals("a", late.headers().firstValue("Idempotency-Key").orElseThrow());
      store.replicas.answerAgain();
      assertEquals("{\"data\":{\"order_number\":0}}", store.buy("a", TUX).body());
    }
  }
}
