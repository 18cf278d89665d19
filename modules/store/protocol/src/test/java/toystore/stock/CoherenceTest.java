package toystore.stock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.model.ReserveOutcome;
import toystore.model.StoreError;
import toystore.stock.CatalogOptions.CatalogBounds;
import toystore.stock.CatalogOptions.Leases;
import toystore.stock.CatalogOptions.Remembering;
import toystore.stock.CatalogOptions.Restocking;

/**
 * When a change may be known: sessions, what they may keep, and whom a change waits for
 * (docs/design.md, "The cache").
 */
class CoherenceTest {
  private static final long SESSION_MS = 1_000 + 100; // Lease and margin.

  private final CoreRig rig = new CoreRig();

  @Test
  void aSessionIdIsNeverReused() {
    long first = rig.hello();
    rig.restart();
    long second = rig.hello();
    rig.tick(10 * SESSION_MS);
    long third = rig.hello();

    assertTrue(0 < first && first < second && second < third);
  }

  @Test
  void aWriteOnDiskSaysNothingOfTheNextOne() {
    long reserve = rig.askReserve("a", "Tux", 1);
    long hello = rig.ask((it, now) -> rig.core.hello(it, 1, "127.0.0.1:1", now));
    rig.commitOne();
    assertTrue(rig.isAnswered(reserve));
    assertFalse(rig.isAnswered(hello));

    rig.commitOne();

    assertTrue(rig.isAnswered(hello));
  }

  @Test
  void aSessionIsGrantedWhenItsIdIsDurable() {
    long token = rig.ask((it, now) -> rig.core.hello(it, 1, "127.0.0.1:1", now));
    assertFalse(rig.isAnswered(token));

    rig.commit();

    assertTrue(rig.isAnswered(token));
  }

  @Test
  void aRenewedSessionLivesAndOneThatIsOverIsRefused() {
    long session = rig.hello();
    rig.tick(SESSION_MS - 1);
    assertTrue(rig.isAnswered(rig.askRenew(session)));
    rig.tick(SESSION_MS - 1);
    rig.answer(rig.askRenew(session));
    rig.tick(SESSION_MS);

    assertEquals(StoreError.SESSION_EXPIRED, rig.refusal(rig.askRenew(session)));
    assertEquals(StoreError.SESSION_EXPIRED, rig.refusal(rig.askRenew(session + 1)));
  }

  @Test
  void onlyALiveSessionMayKeepACopy() {
    long session = rig.hello();

    assertTrue(rig.read(session, "Tux").cacheable());
    assertFalse(rig.read(0, "Tux").cacheable());
    assertFalse(rig.read(session + 1, "Tux").cacheable());
    rig.nowMs += SESSION_MS;
    assertFalse(rig.read(session, "Tux").cacheable());
  }

  @Test
  void aChangeWaitsForEachCopyToBeDroppedAndReadersSeeTheOldState() {
    long one = rig.hello();
    long two = rig.hello();
    rig.read(one, "Tux");
    rig.read(two, "Tux");
    rig.hello(); // Has no copy, and is not asked.

    long token = rig.askReserve("a", "Tux", 1);
    assertEquals(2, rig.pushes.size());
    rig.commit();
    rig.acknowledge(one, "Tux", 2);

    assertFalse(rig.isAnswered(token));
    assertEquals(100, rig.read(0, "Tux").quantity());
    rig.acknowledge(two, "Tux", 2);
    assertEquals(ReserveOutcome.HELD, rig.outcome(token));
    assertEquals(99, rig.read(0, "Tux").quantity());
  }

  @Test
  void invalidationsLeaveBeforeTheDiskIsDone() {
    long session = rig.hello();
    rig.read(session, "Tux");

    rig.askReserve("a", "Tux", 1);
    rig.acknowledge(session, "Tux", 2);

    assertEquals(List.of(new Invalidation(session, "127.0.0.1:8180", "Tux", 2)), rig.pushes);
    assertEquals(100, rig.read(0, "Tux").quantity());
    rig.commit();
    assertEquals(99, rig.read(0, "Tux").quantity());
  }

  @Test
  void nothingIsCacheableWhileAChangeIsPending() {
    long session = rig.hello();
    rig.askReserve("a", "Tux", 1);

    assertFalse(rig.read(session, "Tux").cacheable());
    assertTrue(rig.read(session, "Fox").cacheable());

    rig.commit();
    assertTrue(rig.read(session, "Tux").cacheable());
  }

  @Test
  void oneAcknowledgementServesAllChangesBehindIt() {
    long session = rig.hello();
    rig.read(session, "Tux");
    rig.askReserve("a", "Tux", 1);
    long second = rig.askReserve("b", "Tux", 1);
    rig.commit();
    assertEquals(1, rig.pushes.size());

    rig.acknowledge(session, "Tux", 2);

    assertTrue(rig.isAnswered(second));
    assertEquals(98, rig.read(0, "Tux").quantity());
  }

  @Test
  void changesBecomeVisibleInVersionOrder() {
    rig.askReserve("a", "Tux", 1);
    long second = rig.askReserve("b", "Tux", 2);

    rig.commitOne();
    assertEquals(99, rig.read(0, "Tux").quantity());
    assertFalse(rig.isAnswered(second));
    rig.commitOne();

    assertEquals(97, rig.read(0, "Tux").quantity());
  }

  @Test
  void aSilentSessionIsWaitedForUntilItsLeaseAndMarginEnd() {
    long session = rig.hello();
    rig.read(session, "Tux");
    long token = rig.askReserve("a", "Tux", 1);
    rig.commit();

    rig.tick(SESSION_MS - 1);
    assertFalse(rig.isAnswered(token));
    assertEquals(rig.nowMs + 1, rig.core.nextTickMs());
    rig.tick(1);

    assertTrue(rig.isAnswered(token));
  }

  @Test
  void aSessionThatIsOverIsWaitedForNoMore() {
    long session = rig.hello();
    rig.read(session, "Tux");
    rig.tick(SESSION_MS);

    assertEquals(ReserveOutcome.HELD, rig.reserve("a", "Tux", 1));

    assertEquals(List.of(), rig.pushes);
  }

  @Test
  void aLostInvalidationIsRepeated() {
    long session = rig.hello();
    rig.read(session, "Tux");
    rig.askReserve("a", "Tux", 1);
    rig.tick(CoreRig.OPTIONS.leases().repushMs() - 1);
    assertEquals(1, rig.pushes.size());
    assertEquals(rig.nowMs + 1, rig.core.nextTickMs());

    rig.tick(1);

    assertEquals(2, rig.pushes.size());
    assertEquals(rig.pushes.get(0), rig.pushes.get(1));
  }

  @Test
  void aLateAcknowledgementSaysNothingOfANewerCopy() {
    long session = rig.hello();
    rig.read(session, "Tux");
    rig.askReserve("a", "Tux", 1);
    rig.commit();
    rig.acknowledge(session, "Tux", 2);
    assertTrue(rig.read(session, "Tux").cacheable());
    rig.acknowledge(session, "Tux", 2); // The answer to a repeated invalidation.

    long token = rig.askReserve("b", "Tux", 1);
    rig.commit();
    rig.acknowledge(session, "Tux", 2);

    assertFalse(rig.isAnswered(token));
    rig.acknowledge(session, "Tux", 3);
    assertTrue(rig.isAnswered(token));
  }

  @Test
  void aRefusalWaitsForEveryEarlierChangeOfItsToy() {
    long session = rig.hello();
    rig.read(session, "Tux");
    rig.askReserve("a", "Tux", 100);
    long refusal = rig.askReserve("b", "Tux", 1);
    rig.commit();
    assertFalse(rig.isAnswered(refusal));

    rig.acknowledge(session, "Tux", 2);

    assertEquals(ReserveOutcome.OUT_OF_STOCK, rig.outcome(refusal));
  }

  @Test
  void aRefusalIsAnsweredWhenItIsDurable() {
    rig.reserve("a", "Tux", 1);
    long refusal = rig.askReserve("b", "Tux", 100);
    assertFalse(rig.isAnswered(refusal));

    rig.commit();

    assertEquals(ReserveOutcome.OUT_OF_STOCK, rig.outcome(refusal));
  }

  @Test
  void aRepeatedRefusalWaitsLikeTheFirst() {
    long session = rig.hello();
    rig.read(session, "Tux");
    rig.askReserve("a", "Tux", 100);
    rig.askReserve("b", "Tux", 1);
    rig.commit();

    long repeated = rig.askReserve("b", "Tux", 1);

    assertFalse(rig.isAnswered(repeated));
    rig.acknowledge(session, "Tux", 2);
    assertEquals(ReserveOutcome.OUT_OF_STOCK, rig.outcome(repeated));
  }

  @Test
  void changesOfOtherToysAreNotWaitedFor() {
    long session = rig.hello();
    rig.read(session, "Tux");
    rig.askReserve("a", "Tux", 1);

    assertEquals(ReserveOutcome.HELD, rig.reserve("b", "Fox", 1));
    assertEquals(ReserveOutcome.OUT_OF_STOCK, rig.reserve("c", "Fox", 100));
  }

  @Test
  void aRestockWaitsLikeAnyChange() {
    long session = rig.hello();
    rig.reserve("a", "Tux", 100);
    while (rig.newest("Tux").stock() == 0) {
      rig.tick(SESSION_MS - 1);
      rig.askRenew(session);
      rig.read(session, "Tux");
    }
    rig.commit();
    assertEquals(0, rig.read(session, "Tux").quantity());

    rig.acknowledge(session, "Tux", 3);

    assertEquals(100, rig.read(session, "Tux").quantity());
  }

  @Test
  void aHoldIsToldToALeaderWhenItsChangeMayBeKnown() {
    long session = rig.hello();
    rig.read(session, "Tux");
    rig.askReserve("a", "Tux", 1);
    long fence = rig.askFence(7);
    long holds = rig.askHolds(0);
    rig.commit();
    assertFalse(rig.isAnswered(fence));
    assertFalse(rig.isAnswered(holds));

    rig.acknowledge(session, "Tux", 2);

    assertEquals(List.of("a"), rig.heldKeys(fence));
    assertEquals(List.of("a"), rig.heldKeys(holds));
  }

  @Test
  void afterARestartNothingIsToldUntilOldSessionsHaveEnded() {
    rig.reserve("a", "Tux", 1);
    rig.reserve("no", "Tux", 100);
    rig.restart();

    List<Long> tokens = List.of(
        rig.askRead(0, "Tux"),
        rig.ask(rig.core::readAll),
        rig.askReserve("a", "Tux", 1),
        rig.askReserve("no", "Tux", 100),
        rig.askReserve("b", "Tux", 1),
        rig.askReserve("c", "Tux", 100),
        rig.askReserve("a", "Fox", 1),
        rig.askFence(7),
        rig.askHolds(0));
    rig.commit();
    rig.tick(SESSION_MS - 1);
    tokens.forEach(token -> assertFalse(rig.isAnswered(token)));
    assertEquals(rig.nowMs + 1, rig.core.nextTickMs());
    rig.tick(1);

    tokens.forEach(token -> assertTrue(rig.isAnswered(token)));
    assertEquals(99, rig.view(tokens.get(0)).quantity());
  }

  @Test
  void duringTheGraceSessionsOpenAndAnEmptyFenceIsAnswered() {
    rig.restart();

    long session = rig.hello();
    long fence = rig.askFence(7);
    rig.commit();

    assertTrue(rig.isAnswered(rig.askRenew(session)));
    assertEquals(List.of(), rig.heldKeys(fence));
  }

  @Test
  void aBrandNewCatalogNeedsNoGrace() {
    assertEquals(100, rig.read(0, "Tux").quantity());
  }

  @Test
  void theGraceIsThatOfTheLeasesThatWereGranted() {
    rig.options = new CatalogOptions(
        new Leases(10, 10, 200),
        new Restocking(100, 10_000),
        Remembering.USUAL,
        new CatalogBounds(1_000, 10, Long.MAX_VALUE),
        50,
        42);
    rig.restart();
    rig.commit();
    rig.tick(100);
    rig.restart(); // Twice: the long leases are not forgotten with the first.
    long early = rig.askRead(0, "Tux");
    rig.tick(SESSION_MS - 1);
    assertFalse(rig.isAnswered(early));
    rig.tick(1);
    assertTrue(rig.isAnswered(early));
    rig.commit();

    rig.restart();
    long later = rig.askRead(0, "Tux");
    rig.tick(20);

    assertTrue(rig.isAnswered(later));
  }
}
