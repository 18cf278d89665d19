package toystore.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import toystore.cache.ProductCache.Ticket;

class ProductCacheTest {
  private static final long NOW = 1_000;
  private static final long LEASE_END = 2_000;

  private final ProductCache<String> cache = new ProductCache<>(2);

  @BeforeEach
  void startSession() {
    cache.startSession(7, LEASE_END);
  }

  @Test
  void servesWhatItWasGiven() {
    store("Tux", 1);

    assertEquals("Tux@1", cache.find("Tux", NOW));
    assertNull(cache.find("Whale", NOW));
    assertEquals(1, cache.hits());
    assertEquals(1, cache.misses());
  }

  @Test
  void servesNothingOnceTheLeaseIsOver() {
    store("Tux", 1);

    assertEquals("Tux@1", cache.find("Tux", LEASE_END - 1));
    assertNull(cache.find("Tux", LEASE_END));
  }

  @Test
  void servesAgainWhenTheSameSessionIsProlonged() {
    store("Tux", 1);

    cache.extendLease(LEASE_END + 500);

    assertEquals("Tux@1", cache.find("Tux", LEASE_END + 499));
  }

  @Test
  void aLeaseNeverBecomesShorter() {
    cache.extendLease(LEASE_END - 500);

    assertTrue(cache.leased(LEASE_END - 1));
  }

  @Test
  void theClockMayWrapAround() {
    cache.startSession(8, Long.MIN_VALUE + 10);
    store("Tux", 1);

    assertEquals("Tux@1", cache.find("Tux", Long.MAX_VALUE - 10));
    assertNull(cache.find("Tux", Long.MIN_VALUE + 10));
  }

  @Test
  void evictsTheLeastRecentlyUsedNotTheOldest() {
    store("Tux", 1);
    store("Whale", 1);
    cache.find("Tux", NOW);

    store("Fox", 1);

    assertEquals("Tux@1", cache.find("Tux", NOW));
    assertNull(cache.find("Whale", NOW));
    assertEquals("Fox@1", cache.find("Fox", NOW));
    assertEquals(2, cache.size());
    assertEquals(1, cache.evictions());
  }

  @Test
  void anInvalidationDropsTheToyAndNoOther() {
    store("Tux", 1);
    store("Whale", 1);

    cache.invalidate("Tux", 2);

    assertNull(cache.find("Tux", NOW));
    assertEquals("Whale@1", cache.find("Whale", NOW));
  }

  @Test
  void anInvalidationThatOvertakesAFillWins() {
    Ticket ticket = cache.beginLoad("Tux");
    cache.invalidate("Tux", 2);

    assertFalse(cache.finishLoad(ticket, 1, true, "Tux@1"));
    assertNull(cache.find("Tux", NOW));
  }

  @Test
  void anInvalidationVoidsAFillInFlightWhateverItsVersion() {
    Ticket ticket = cache.beginLoad("Tux");
    cache.invalidate("Tux", 2);

    assertFalse(cache.finishLoad(ticket, 2, true, "Tux@2"));
  }

  @Test
  void aFillSentAfterTheInvalidationIsStored() {
    cache.invalidate("Tux", 2);
    Ticket ticket = cache.beginLoad("Tux");

    assertTrue(cache.finishLoad(ticket, 2, true, "Tux@2"));
    assertEquals("Tux@2", cache.find("Tux", NOW));
  }

  @Test
  void refusesAVersionBelowTheHighestKnown() {
    cache.invalidate("Tux", 5);
    Ticket ticket = cache.beginLoad("Tux");

    assertFalse(cache.finishLoad(ticket, 4, true, "Tux@4"));
    assertNull(cache.find("Tux", NOW));
  }

  @Test
  void refusesWhatIsOlderThanAnotherFillBrought() {
    Ticket older = cache.beginLoad("Tux");
    store("Tux", 3);

    assertFalse(cache.finishLoad(older, 2, true, "Tux@2"));
    assertEquals("Tux@3", cache.find("Tux", NOW));
  }

  @Test
  void keepsNothingThatTheCatalogWillNotInvalidate() {
    Ticket ticket = cache.beginLoad("Tux");

    assertFalse(cache.finishLoad(ticket, 1, false, "Tux@1"));
    assertNull(cache.find("Tux", NOW));
  }

  @Test
  void aNewSessionStartsEmpty() {
    store("Tux", 1);

    cache.startSession(8, LEASE_END);

    assertNull(cache.find("Tux", NOW));
    assertEquals(0, cache.size());
  }

  @Test
  void aFillOfAnOlderSessionIsRefused() {
    Ticket ticket = cache.beginLoad("Tux");

    cache.startSession(8, LEASE_END);

    assertFalse(cache.finishLoad(ticket, 1, true, "Tux@1"));
  }

  @Test
  void withoutASessionNothingIsKeptOrServed() {
    store("Tux", 1);
    cache.endSession();

    Ticket ticket = cache.beginLoad("Tux");

    assertFalse(cache.finishLoad(ticket, 1, true, "Tux@1"));
    assertNull(cache.find("Tux", NOW));
    assertEquals(0, cache.leaseLeftNanos(NOW));
  }

  @Test
  void capacityIsAtLeastOne() {
    assertThrows(IllegalArgumentException.class, () -> new ProductCache<String>(0));
  }

  private void store(String name, long version) {
    assertTrue(cache.finishLoad(cache.beginLoad(name), version, true, name + "@" + version));
  }
}
