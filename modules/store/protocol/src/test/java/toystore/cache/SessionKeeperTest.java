package toystore.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import toystore.cache.SessionKeeper.SessionRequest;

class SessionKeeperTest {
  private static final long MS = 1_000_000;

  private final ProductCache<String> cache = new ProductCache<>(10);
  private final SessionKeeper keeper = new SessionKeeper(cache, 100);

  @Test
  void saysHelloFirst() {
    assertEquals(SessionRequest.HELLO, keeper.tick(0));
  }

  @Test
  void hasOneRequestUnderWayAtMost() {
    keeper.tick(0);

    assertEquals(SessionRequest.NONE, keeper.tick(10_000 * MS));
  }

  @Test
  void theLeaseCountsFromTheSendingLessAMargin() {
    keeper.tick(100 * MS);

    // The answer came late: that makes the lease no longer.
    keeper.granted(7, 1_000);

    assertEquals(7, cache.session());
    assertTrue(cache.leased((100 + 950) * MS - 1));
    assertFalse(cache.leased((100 + 950) * MS));
  }

  @Test
  void renewsAfterAThirdOfTheLease() {
    keeper.tick(0);
    keeper.granted(7, 900);

    assertEquals(SessionRequest.NONE, keeper.tick(299 * MS));
    assertEquals(SessionRequest.RENEW, keeper.tick(300 * MS));
  }

  @Test
  void aRenewalProlongsFromItsOwnSending() {
    keeper.tick(0);
    keeper.granted(7, 1_000);
    keeper.tick(400 * MS);

    keeper.granted(7, 1_000);

    assertTrue(cache.leased(1_349 * MS));
    assertFalse(cache.leased(1_350 * MS));
  }

  @Test
  void aRefusedRenewalEmptiesTheCacheAndSaysHelloAtOnce() {
    keeper.tick(0);
    keeper.granted(7, 1_000);
    cache.finishLoad(cache.beginLoad("Tux"), 1, true, "Tux");
    keeper.tick(400 * MS);

    keeper.refused();

    assertEquals(0, cache.size());
    assertEquals(0, cache.session());
    assertEquals(SessionRequest.HELLO, keeper.tick(401 * MS));
  }

  @Test
  void anUnansweredRenewalIsRepeatedAndTheLeaseRunsOut() {
    keeper.tick(0);
    keeper.granted(7, 1_000);
    keeper.tick(400 * MS);

    keeper.unanswered();

    assertEquals(SessionRequest.NONE, keeper.tick(499 * MS));
    assertEquals(SessionRequest.RENEW, keeper.tick(500 * MS));
    assertFalse(cache.leased(950 * MS));
  }

  @Test
  void anUnansweredHelloIsRepeatedAsHello() {
    keeper.tick(0);

    keeper.unanswered();

    assertEquals(SessionRequest.HELLO, keeper.tick(100 * MS));
  }

  @Test
  void aNewSessionFindsTheCacheEmpty() {
    keeper.tick(0);
    keeper.granted(7, 1_000);
    cache.finishLoad(cache.beginLoad("Tux"), 1, true, "Tux");
    keeper.tick(400 * MS);
    keeper.refused();
    keeper.tick(400 * MS);

    keeper.granted(8, 1_000);

    assertEquals(8, cache.session());
    assertEquals(0, cache.size());
  }
}
