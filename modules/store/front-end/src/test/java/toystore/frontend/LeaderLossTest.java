package toystore.frontend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replica, or a majority of them, is lost: slower answers, or quick clear refusals. */
class LeaderLossTest {
  private static final String TUX = "{\"name\":\"Tux\",\"quantity\":1}";

  @TempDir
  private Path folder;

  private FakeStore store;

  @BeforeEach
  void start() {
    store = new FakeStore(folder);
    store.awaitServing();
  }

  @AfterEach
  void stop() {
    store.close();
  }

  @Test
  void aLeaderThatRefusesConnectionsIsReplaced() {
    int former = store.replicas.leader();
    FakeStore.await(store.replicas.kill(former));

    assertEquals(200, store.buy("k", TUX).statusCode());
    assertTrue(store.replicas.leader() != former);
    assertEquals(1, store.replicas.orders().size());
  }

  @Test
  void aSilentLeaderIsReplacedAndWhatItHoldsIsSentOnWithTheSameKey() {
    store.replicas.loseAnswers();
    CompletableFuture<HttpResponse<String>> bought = store.buyLater("the-key", TUX);
    FakeStore.awaitThat(() -> store.replicas.keysSeen().contains("the-key"));
    int former = store.replicas.leader();

    store.replicas.pause(former);
    store.replicas.answerAgain();

    assertEquals("{\"data\":{\"order_number\":0}}", FakeStore.await(bought).body());
    assertEquals(1, store.replicas.orders().size());
    assertTrue(store.replicas.keysSeen().stream().filter("the-key"::equals).count() >= 2);
    assertTrue(store.replicas.leader() != former);
  }

  @Test
  void aLeaderThatLeadsNoMoreIsReplaced() {
    int former = store.replicas.leader();
    store.replicas.depose(former);

    assertEquals("{\"data\":{\"order_number\":0}}", store.buy("k", TUX).body());
  }

  @Test
  void aReplicaThatReturnsDoesNotTakeOffice() {
    int former = store.replicas.leader();
    FakeStore.await(store.replicas.kill(former));
    store.buy("k", TUX);
    int successor = store.replicas.leader();

    FakeStore.await(store.replicas.start(former));
    FakeStore.awaitThat(() -> live() == 3);

    assertEquals(200, store.buy("l", TUX).statusCode());
    assertEquals(successor, store.replicas.leader());
  }

  @Test
  void withoutAMajorityPurchasesAreRefusedQuicklyAndKnownOrdersFound() {
    store.buy("k", TUX);
    int survivor = store.replicas.leader() == 1 ? 2 : 1;
    for (int id = 1; id <= 3; id++) {
      if (id != survivor) {
        FakeStore.await(store.replicas.kill(id));
      }
    }
    FakeStore.awaitThat(() -> store.buy("l", TUX).statusCode() == 503);

    long before = System.nanoTime();
    HttpResponse<String> refused = store.buy("m", TUX);
    HttpResponse<String> unknown = store.get("/orders/7");
    long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);

    assertUnavailable(refused);
    assertUnavailable(unknown);
    assertTrue(tookMs < 2_000, () -> tookMs + " ms");
    assertEquals(200, store.get("/orders/0").statusCode());

    FakeStore.await(store.replicas.start(3));
    FakeStore.awaitThat(() -> store.buy("m", TUX).statusCode() == 200);
    assertEquals(404, store.get("/orders/7").statusCode());
  }

  @Test
  void aPurchaseThatWaitsAtALeaderWithoutAMajorityIsRefusedToo() {
    int leader = store.replicas.leader();
    for (int id = 1; id <= 3; id++) {
      if (id != leader) {
        FakeStore.await(store.replicas.kill(id));
      }
    }

    long before = System.nanoTime();
    assertUnavailable(store.buy("k", TUX));
    long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);

    assertTrue(tookMs < 3_000, () -> tookMs + " ms");
  }

  @Test
  void aNewKeyThatTheCatalogHasNoRoomForIsRefusedAtOnceAndAnOldOneHasItsAnswer() {
    store.buy("old", TUX);
    store.replicas.setCatalogFull(true);

    assertUnavailable(store.buy("new", TUX));
    // Asked once: another try would find no room either, and the client can wait better himself.
    assertEquals(1, Collections.frequency(store.replicas.keysSeen(), "new"));
    assertEquals("{\"data\":{\"order_number\":0}}", store.buy("old", TUX).body());

    store.replicas.setCatalogFull(false);
    assertEquals(200, store.buy("new", TUX).statusCode());
  }

  private int live() {
    return store.get("/status").body().split("\"state\":\"live\"", -1).length - 1;
  }

  private static void assertUnavailable(HttpResponse<String> answer) {
    assertEquals(503, answer.statusCode());
    assertEquals("1", answer.headers().firstValue("Retry-After").orElseThrow());
    assertTrue(answer.body().startsWith("{\"error\":{\"code\":503,\"message\":\""));
  }
}
