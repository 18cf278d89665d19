package toystore.stock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.model.StoreError;
import toystore.stock.CatalogOptions.CatalogBounds;
import toystore.stock.CatalogOptions.Leases;
import toystore.stock.CatalogOptions.Remembering;
import toystore.stock.CatalogOptions.Restocking;

/** Sessions, and the grace in which those of an earlier run end. */
class SessionGraceTest {
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
