package toystore.stock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.model.ReserveOutcome;

/**
 * When a change may be known: sessions, what they may keep, and whom a change waits for
 * (docs/design.md, "The cache").
 */
class CoherenceTest {
  private static final long SESSION_MS = 1_000 + 100; // Lease and margin.

  private final CoreRig rig = new CoreRig();

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
}
