package toystore.leader;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import toystore.model.Role;

/** When requests wait for a leader, and when they are refused. */
class ServiceGateTest extends LeaderSelectorCase {
  @Test
  void requestsWaitForALostMajorityForTheGraceOnly() {
    lead3();
    selector.broken(nowMs, 1);
    selector.broken(nowMs, 2);
    answer(says(3, Role.LEADER, E1, 3).ready(true).build());

    assertFalse(selector.refusesPurchases(nowMs + 499));
    assertTrue(selector.refusesPurchases(nowMs + 500));
    assertTrue(selector.refusesQueries(nowMs + 500));

    follower(2);
    answer(leader(3, E1));
    assertFalse(selector.refusesPurchases(nowMs + 500));
  }

  @Test
  void whileOneMajorityAnswersRequestsWaitForTheNextLeader() {
    lead3();
    selector.broken(nowMs, 3);
    follower(1);
    follower(2);

    assertFalse(selector.refusesPurchases(nowMs + 9_999));
    assertTrue(selector.refusesPurchases(nowMs + 10_000), "but not for ever");
  }

  @Test
  void withoutTheCatalogPurchasesAreRefusedAndProofsAreNot() {
    lead3();
    catalogIsDown();
    answer(says(3, Role.LEADER, E1, 3).ready(true).build());

    assertTrue(selector.refusesPurchases(nowMs + 500));
    assertFalse(selector.refusesQueries(nowMs + 60_000));
  }

  @Test
  void aServingLeaderIsTrustedThoughThisFrontEndSeesNobodyElse() {
    lead3();
    selector.broken(nowMs, 1);
    selector.broken(nowMs, 2);

    assertFalse(selector.refusesPurchases(nowMs + 60_000));
    assertTrue(selector.leader().isPresent());
  }
}
