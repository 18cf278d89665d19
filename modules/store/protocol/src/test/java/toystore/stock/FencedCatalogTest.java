package toystore.stock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.model.Fenced;
import toystore.model.ReserveOutcome;
import toystore.model.StoreError;

/** Which leader the catalog obeys, and which holds it tells that one. */
class FencedCatalogTest {
  private final CoreRig rig = new CoreRig();

  @Test
  void aReservationBelowTheFenceIsRefusedWhole() {
    rig.askFence(7);
    rig.commit();

    assertEquals(StoreError.FENCED, rig.refusal(rig.askReserve(6, "a", "Tux", 1)));

    assertEquals(100, rig.newest("Tux").stock());
    assertTrue(rig.isAnswered(rig.askReserve(7, "b", "Nix", 1)));
  }

  @Test
  void aHigherEpochOfAReservationDoesNotRaiseTheFence() {
    rig.askReserve(9, "a", "Tux", 1);

    long older = rig.askReserve(3, "b", "Tux", 1);
    rig.commit();

    assertEquals(ReserveOutcome.HELD, rig.outcome(older));
  }

  @Test
  void theFenceHoldsFromItsRequestAndIsAnsweredWhenDurable() {
    long fence = rig.askFence(7);
    assertFalse(rig.isAnswered(fence));
    assertEquals(StoreError.FENCED, rig.refusal(rig.askReserve(6, "a", "Tux", 1)));

    rig.commit();
    assertTrue(rig.isAnswered(fence));

    rig.restart();
    assertEquals(StoreError.FENCED, rig.refusal(rig.askReserve(6, "a", "Tux", 1)));
  }

  @Test
  void anEqualFenceIsAnsweredAgainAndALowerOneRefused() {
    rig.askFence(7);
    long again = rig.askFence(7);
    assertFalse(rig.isAnswered(again));
    rig.commit();

    assertTrue(rig.isAnswered(again));
    assertTrue(rig.isAnswered(rig.askFence(7)));
    Fenced refused = (Fenced) rig.answer(rig.askFence(6));
    assertFalse(refused.accepted());
    assertEquals(7, refused.fence());
    assertEquals(
        StoreError.FENCED,
        rig.refusal(rig.ask((it, now) -> rig.core.holds(it, rig.claim(6), 0, now))));
  }

  @Test
  void theFenceAnswersAllHoldsAndNoSalesOrRejections() {
    rig.reserve("a", "Tux", 1);
    rig.reserve("b", "Tux", 1);
    rig.reserve("c", "Tux", 100);
    rig.askReserve("d", "Tux", 1);
    rig.askSettle("a");

    long fence = rig.askFence(7);
    rig.commit();

    assertEquals(List.of("b", "d"), rig.heldKeys(fence));
  }

  @Test
  void holdsAreFoundByAgeAndSurviveARestart() {
    rig.reserve("a", "Tux", 1);
    rig.tick(500);
    rig.reserve("b", "Tux", 1);

    assertEquals(List.of("a"), rig.heldKeys(rig.askHolds(500)));
    assertEquals(List.of("a", "b"), rig.heldKeys(rig.askHolds(0)));
    rig.restart();
    rig.tick(CoreRig.OPTIONS.leases().sessionMs());
    assertEquals(List.of("a", "b"), rig.heldKeys(rig.askHolds(500)));
  }

  @Test
  void aHoldThatIsNotDurableIsNotToldYet() {
    rig.askReserve("a", "Tux", 1);
    long holds = rig.askHolds(0);
    assertFalse(rig.isAnswered(holds));

    rig.commit();

    assertEquals(List.of("a"), rig.heldKeys(holds));
  }
}
