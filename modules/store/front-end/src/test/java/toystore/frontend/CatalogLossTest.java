package toystore.frontend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The cache is fresh or silent, whatever happens to the catalog. */
@Timeout(60)
class CatalogLossTest {
  @TempDir
  private Path folder;

  private FakeStore store;

  @BeforeEach
  void start() {
    start(2_000);
  }

  private void start(int requestTimeoutMs) {
    store = new FakeStore(folder, json -> json.put("healthCheckMs", 20)
        .put("graceMs", 1)
        .put("requestTimeoutMs", requestTimeoutMs));
    store.awaitServing();
    FakeStore.awaitThat(() -> store.catalog.sessions() == 1);
    FakeStore.awaitThat(this::tuxIsCached);
  }

  @AfterEach
  void stop() {
    store.close();
  }

  @Test
  void anAcknowledgedChangeIsSeenAtOnce() {
    for (int quantity = 99; quantity > 60; quantity--) {
      FakeStore.await(store.catalog.change("Tux", quantity));

      assertQuantity(quantity, store.get("/products/Tux"));
      assertQuantity(quantity, store.get("/products/Tux"));
    }
  }

  @Test
  void aFillThatAnInvalidationOvertookIsNotKept() {
    FakeStore.await(store.catalog.change("Tux", 99));
    store.catalog.holdReads();
    CompletableFuture<HttpResponse<String>> early = store.getLater("/products/Tux");
    FakeStore.awaitThat(() -> store.catalog.held() == 1);

    FakeStore.await(store.catalog.change("Tux", 98));
    store.catalog.releaseReads();
    FakeStore.await(early);

    assertQuantity(98, store.get("/products/Tux"));
  }

  @Test
  void aRequestDoesNotJoinAFillThatWasSentBeforeItCame() {
    FakeStore.await(store.catalog.change("Tux", 99));
    store.catalog.holdReads();
    CompletableFuture<HttpResponse<String>> early = store.getLater("/products/Tux");
    FakeStore.awaitThat(() -> store.catalog.held() == 1);

    // Acknowledged before the second request begins: it must not get what the first read.
    FakeStore.await(store.catalog.change("Tux", 98));
    CompletableFuture<HttpResponse<String>> late = store.getLater("/products/Tux");
    store.catalog.releaseReads();

    assertQuantity(99, FakeStore.await(early));
    assertQuantity(98, FakeStore.await(late));
  }

  @Test
  void aNewSessionFindsTheCacheEmpty() {
    store.catalog.forgetSessions();
    // Nobody invalidates this change: the session is gone.
    FakeStore.await(store.catalog.change("Tux", 55));
    FakeStore.awaitThat(() -> store.catalog.sessions() == 1);

    FakeStore.awaitThat(() -> store.get("/products/Tux").body().contains(":55}"));
    assertQuantity(55, store.get("/products/Tux"));
  }

  @Test
  void cutOffTheCacheServesUntilItsLeaseEndsAndIsSilentAfterwards() {
    store.catalog.setSilent(true);
    assertQuantity(100, store.get("/products/Tux"));

    FakeStore.awaitThat(() -> store.get("/products/Tux").statusCode() == 503);

    HttpResponse<String> refused = store.get("/products/Tux");
    assertEquals(503, refused.statusCode());
    assertEquals("1", refused.headers().firstValue("Retry-After").orElseThrow());
  }

  /** That is all that can be seen of one that is slow. */
  @Test
  void aCatalogThatIsSilentIsWaitedForAsLongAsARequestMayTake() {
    store.close();
    start(20_000);
    store.catalog.setSilent(true);
    store.replicas.setCatalogGone(true);
    FakeStore.awaitThat(() -> store.get("/status").body().contains("\"catalog\":\"silent\""));
    FakeStore.awaitThat(() -> store.get("/status").body().contains("\"serving\":false"));

    CompletableFuture<HttpResponse<String>> reader = store.getLater("/products/Whale");
    CompletableFuture<HttpResponse<String>> buyer =
        store.buyLater("k", "{\"name\":\"Tux\",\"quantity\":1}");
    // Both were sent before these, and a refusal of either would be there by now.
    for (int i = 0; i < 20; i++) {
      assertEquals(200, store.get("/status").statusCode());
    }
    store.catalog.setSilent(false);
    store.replicas.setCatalogGone(false);

    assertEquals(200, FakeStore.await(reader).statusCode());
    assertEquals(200, FakeStore.await(buyer).statusCode());
  }

  @Test
  void withoutTheCatalogRefusalsAreQuickAndOrdersAreStillFound() {
    store.buy("k", "{\"name\":\"Tux\",\"quantity\":1}");
    FakeStore.await(store.catalog.stop());
    store.replicas.setCatalogGone(true);
    FakeStore.awaitThat(() -> store.get("/products/Tux").statusCode() == 503);
    FakeStore.awaitThat(
        () -> store.buy("l", "{\"name\":\"Tux\",\"quantity\":1}").statusCode() == 503);

    long before = System.nanoTime();
    assertEquals(503, store.get("/products").statusCode());
    assertEquals(503, store.get("/products/Tux").statusCode());
    assertEquals(503, store.buy("m", "{\"name\":\"Tux\",\"quantity\":1}").statusCode());
    assertEquals(200, store.get("/orders/0").statusCode());
    assertEquals(404, store.get("/orders/1").statusCode());
    assertEquals(200, store.get("/healthz").statusCode(), "orders are still found");
    long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
    assertTrue(tookMs < 2_000, () -> tookMs + " ms");

    FakeStore.await(store.catalog.start());
    store.replicas.setCatalogGone(false);
    FakeStore.awaitThat(() -> store.get("/products/Tux").statusCode() == 200);
    FakeStore.awaitThat(
        () -> store.buy("m", "{\"name\":\"Tux\",\"quantity\":1}").statusCode() == 200);
  }

  @Test
  void aCatalogThatReturnsWithinTheGraceIsWaitedFor() {
    store.close();
    store = new FakeStore(folder);
    store.awaitServing();
    FakeStore.await(store.catalog.stop());
    CompletableFuture<HttpResponse<String>> waiting = store.getLater("/products/Whale");
    FakeStore.await(store.catalog.start());

    assertEquals(200, FakeStore.await(waiting).statusCode());
  }

  /** As when an operator restarts it: longer than a crash would be waited for. */
  @Test
  void aCatalogWhoseAbsenceIsAnnouncedIsWaitedFor() {
    FakeStore.await(store.announceCatalogAbsence(30_000));
    FakeStore.await(store.catalog.stop());
    FakeStore.awaitThat(() -> store.get("/status").body().contains("\"catalog\":\"silent\""));
    CompletableFuture<HttpResponse<String>> waiting = store.getLater("/products/Whale");
    // It was sent before these, and a refusal would be there by now.
    for (int i = 0; i < 20; i++) {
      assertEquals(200, store.get("/status").statusCode());
    }
    FakeStore.await(store.catalog.start());

    assertEquals(200, FakeStore.await(waiting).statusCode());
  }

  @Test
  void anAbsenceThatIsOverIsACrashAgain() {
    FakeStore.await(store.announceCatalogAbsence(30_000));
    FakeStore.await(store.announceCatalogAbsence(0));
    FakeStore.await(store.catalog.stop());

    FakeStore.awaitThat(() -> store.get("/status").body().contains("\"catalog\":\"down\""));
    assertEquals(503, store.get("/products/Whale").statusCode());
  }

  private boolean tuxIsCached() {
    int reads = store.catalog.reads();
    return store.get("/products/Tux").statusCode() == 200 && store.catalog.reads() == reads;
  }

  private static void assertQuantity(int quantity, HttpResponse<String> answer) {
    assertTrue(answer.body().contains("\"quantity\":" + quantity + "}"), answer.body());
  }
}
