package toystore.frontend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache is fresh or silent, whatever happens to the catalog. */
class CatalogLossTest {
  /** Longer than anything takes that is not waited for, however busy the machine is. */
  private static final int LONG_MS = 180_000;

  /** Longer than one answer from the cache takes, and short enough to wait for its end. */
  private static final int LEASE_MS = 10_000;

  @TempDir
  private Path folder;

  private FakeStore store;

  @BeforeEach
  void start() {
    start(LONG_MS, FakeCatalog.SHORT_LEASE_MS);
  }

  private void start(int requestTimeoutMs, long leaseMs) {
    store = new FakeStore(
        folder,
        json -> json.put("healthCheckMs", 20)
            .put("graceMs", 1)
            .put("requestTimeoutMs", requestTimeoutMs),
        replicas -> {},
        leaseMs);
    store.awaitServing();
    FakeStore.awaitThat(() -> store.catalog.sessions() == 1);
    FakeStore.awaitThat(this::tuxIsCached);
  }

  private void restart(int requestTimeoutMs, long leaseMs) {
    store.close();
    start(requestTimeoutMs, leaseMs);
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
    restart(LONG_MS, LONG_MS);
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
    restart(LONG_MS, LONG_MS);
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
    restart(2_000, LEASE_MS);
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

    // One that waited as long as a request may take would not come while this test waits for it.
    assertEquals(503, store.get("/products").statusCode());
    assertEquals(503, store.get("/products/Tux").statusCode());
    assertEquals(503, store.buy("m", "{\"name\":\"Tux\",\"quantity\":1}").statusCode());
    assertEquals(200, store.get("/orders/0").statusCode());
    assertEquals(404, store.get("/orders/1").statusCode());
    assertEquals(200, store.get("/healthz").statusCode(), "orders are still found");

    FakeStore.await(store.catalog.start());
    store.replicas.setCatalogGone(false);
    FakeStore.awaitThat(() -> store.get("/products/Tux").statusCode() == 200);
    FakeStore.awaitThat(
        () -> store.buy("m", "{\"name\":\"Tux\",\"quantity\":1}").statusCode() == 200);
  }

  @Test
  void aCatalogThatReturnsWithinTheGraceIsWaitedFor() {
    store.close();
    store = new FakeStore(folder, json -> json.put("graceMs", 60_000));
    store.awaitServing();
    FakeStore.await(store.catalog.stop());
    CompletableFuture<HttpResponse<String>> waiting = store.getLater("/products/Whale");
    FakeStore.await(store.catalog.start());

    assertEquals(200, FakeStore.await(waiting).statusCode());
  }

  /** As when an operator restarts it: longer than a crash would be waited for. */
  @Test
  void aCatalogWhoseAbsenceIsAnnouncedIsWaitedFor() {
    FakeStore.await(store.announceCatalogAbsence(60_000));
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
