package toystore.frontend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RateLimitTest {
  private final RateLimit limit = new RateLimit(4);

  @Test
  void aSecondsWorthMayComeAtOnceAndNoMore() {
    assertEquals(4, admitted("10.0.0.1", 10, 0));
  }

  @Test
  void whatIsLeftGrowsSteadilyUpToASecondsWorth() {
    admitted("10.0.0.1", 10, 0);

    assertFalse(limit.admits("10.0.0.1", 249));
    assertTrue(limit.admits("10.0.0.1", 250));
    assertFalse(limit.admits("10.0.0.1", 251));
    assertEquals(4, admitted("10.0.0.1", 10, 60_000));
  }

  @Test
  void oneClientTakesNothingFromAnother() {
    admitted("10.0.0.1", 10, 0);

    assertTrue(limit.admits("10.0.0.2", 0));
  }

  @Test
  void theAddressesOfOneNetworkAreOneClient() {
    admitted("2001:db8:0:1:0:0:0:1", 10, 0);

    assertFalse(limit.admits("2001:db8:0:1:9:9:9:9", 0));
    assertTrue(limit.admits("2001:db8:0:2:0:0:0:1", 0));
  }

  @Test
  void onlySoManyClientsAreRemembered() {
    IntStream.range(0, 30_000).forEach(i -> limit.admits("10.0." + i / 250 + "." + i % 250, i));

    assertEquals(10_000, limit.clients());
  }

  @Test
  void aClientThatAsksTooOftenIsToldWhenToComeAgain(@TempDir Path folder) {
    try (FakeStore store = new FakeStore(folder, json -> json.put("maxRequestsPerSecond", 1))) {
      HttpResponse<String> answer = store.get("/orders/first");
      while (answer.statusCode() == 400) {
        answer = store.get("/orders/first");
      }

      assertEquals(429, answer.statusCode());
      assertEquals("1", answer.headers().firstValue("Retry-After").orElseThrow());
      assertTrue(answer.body().startsWith("{\"error\":{\"code\":429,"), answer.body());
    }
  }

  @Test
  void behindAProxyOfOursEachClientHasItsOwnLimit(@TempDir Path folder) {
    try (FakeStore store = new FakeStore(folder, json -> json.put("maxRequestsPerSecond", 1)
        .put("trustedProxies", new JsonArray().add("127.0.0.0/8")))) {
      untilRefused(store, "1.1.1.1");

      assertEquals(400, statusFor(store, "1.1.1.2"));
      assertEquals(400, statusFor(store, "1.1.1.1, 1.1.1.3"), "only the last was a proxy's word");
    }
  }

  @Test
  void whoIsNoProxyOfOursGetsNothingByClaimingToBeOne(@TempDir Path folder) {
    try (FakeStore store = new FakeStore(folder, json -> json.put("maxRequestsPerSecond", 1))) {
      AtomicInteger tries = new AtomicInteger();
      while (statusFor(store, "1.1.1." + tries.incrementAndGet()) == 400) {
        continue;
      }

      assertTrue(tries.get() > 1);
    }
  }

  private static void untilRefused(FakeStore store, String client) {
    while (statusFor(store, client) == 400) {
      continue;
    }
  }

  private static int statusFor(FakeStore store, String forwarded) {
    return store
        .send(
            store.request("/orders/first").header("X-Forwarded-For", forwarded).GET())
        .statusCode();
  }

  private int admitted(String address, int requests, long nowMs) {
    return (int)
        IntStream.range(0, requests).filter(i -> limit.admits(address, nowMs)).count();
  }
}
