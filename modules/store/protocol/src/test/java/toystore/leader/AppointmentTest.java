package toystore.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import toystore.leader.LeaderSelector.Action;
import toystore.model.Epochs;
import toystore.model.KnownLeader;
import toystore.model.ReplicaHealth;
import toystore.model.Role;

/** An appointed replica that does not come to serve. */
class AppointmentTest extends LeaderSelectorCase {
  @Test
  void aRefusedAppointmentLooksAgainAndGoesHigher() {
    appoint3();

    List<Action> actions = selector.appointed(nowMs, 1, E1, OTHERS);
    assertEquals(List.of(3, 2, 1), pings(actions));
    answer(health(1, Role.FOLLOWER, OTHERS));
    follower(2);

    assertEquals(appointments(Epochs.of(6, FRONT_END), 3), appoints(follower(3)));
  }

  @Test
  void aRefusalOfAnEarlierAppointmentIsOldNews() {
    lead3();

    assertEquals(List.of(), selector.appointed(nowMs, 1, E1, OTHERS));
    assertTrue(selector.leader().isPresent());
  }

  @Test
  void aCandidateThatDoesNotBecomeReadyIsPassedOver() {
    appoint3();
    for (int i = 0; i < 10; i++) {
      after(100);
      alive(1, 2);
      answer(health(3, Role.CANDIDATE, E1));
    }
    assertEquals(Optional.empty(), selector.leader());

    after(10);
    follower(1);
    follower(2);
    List<Action> actions = answer(health(3, Role.CANDIDATE, E1));

    assertEquals(appointments(E2, 2), appoints(actions));
  }

  @Test
  void aCandidateWhoseDiskIsStuckIsPassedOverAtOnce() {
    appoint3();
    answer(stuck(3, Role.CANDIDATE, E1));

    follower(1);
    follower(2);
    List<Action> actions = answer(stuck(3, Role.CANDIDATE, E1));

    assertEquals(appointments(E2, 2), appoints(actions));
  }

  @Test
  void whereAllDisksAreSlowTheCandidateIsWaitedFor() {
    appoint3();
    answer(stuck(2, Role.FOLLOWER, E1));
    answer(stuck(1, Role.FOLLOWER, E1));

    List<Action> actions = answer(stuck(3, Role.CANDIDATE, E1));
    actions.addAll(after(500));

    assertEquals(List.of(), appoints(actions));
    answer(leader(3, E1));
    assertEquals(Optional.of(new KnownLeader(3, E1)), selector.leader());
  }

  @Test
  void whoGaveUpForAStuckDiskIsNotAppointedUntilItWrites() {
    lead3();
    answer(stuck(3, Role.FOLLOWER, E1));
    follower(1);
    follower(2);
    assertEquals(appointments(E2, 2), appoints(answer(stuck(3, Role.FOLLOWER, E1))));
    selector.broken(nowMs, 2);
    follower(1);
    assertEquals(
        appointments(Epochs.of(3, FRONT_END), 1), appoints(answer(stuck(3, Role.FOLLOWER, E2))));
    selector.broken(nowMs, 1);
    after(10);
    assertEquals(List.of(), appoints(follower(2)));

    assertEquals(
        appointments(Epochs.of(4, FRONT_END), 3), appoints(answer(health(3, Role.FOLLOWER, E2))));
  }

  @Test
  void withoutTheCatalogACandidateHasAllTheTimeItNeeds() {
    appoint3();
    catalogIsDown();

    List<Action> actions = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      actions.addAll(after(100));
      alive(1, 2);
      actions.addAll(answer(health(3, Role.LEADER, E1)));
    }

    assertEquals(List.of(), appoints(actions));
  }

  @Test
  void aLeaderThatReportsNoServiceIsPassedOver() {
    lead3();
    idle3(300);
    assertTrue(selector.leader().isPresent());

    idle3(10);

    assertEquals(Optional.empty(), selector.leader());
    List<Action> actions = answer(says(3, Role.LEADER, E1, 3).ready(true).build());
    assertEquals(appointments(E2, 2), appoints(actions));
  }

  @Test
  void aLeaderWithoutTheCatalogKeepsOfficeWhenNobodyElseReachesItEither() {
    lead3();
    catalogIsDown();

    idle3(2_000);

    assertTrue(selector.leader().isPresent());
    assertFalse(selector.serving());
  }

  @Test
  void aLeaderHasTimeToFindTheCatalogThatIsBack() {
    lead3();
    catalogIsDown();
    idle3(2_000);
    catalogAnswers();

    idle3(300);
    assertTrue(selector.leader().isPresent());

    idle3(10);
    assertEquals(Optional.empty(), selector.leader());
  }

  @Test
  void aDoubtedLeaderIsLookedAtAndMayStay() {
    lead3();

    List<Action> actions = selector.doubted(nowMs, new KnownLeader(3, E1), KnownLeader.NONE);
    assertEquals(List.of(3, 2, 1), pings(actions));
    follower(1);
    follower(2);
    answer(leader(3, E1));

    assertEquals(Optional.of(new KnownLeader(3, E1)), selector.leader());
  }

  @Test
  void doubtAboutAFormerLeaderIsOldNews() {
    lead3();

    assertEquals(List.of(), selector.doubted(nowMs, new KnownLeader(2, E1), KnownLeader.NONE));
    assertTrue(selector.leader().isPresent());
  }

  private void catalogAnswers() {
    catalog.answered(0, 0);
    selector.catalogSeen(nowMs, catalog);
  }

  private ReplicaHealth stuck(int id, Role role, long promised) {
    return says(id, role, promised, 0).eligible(false).build();
  }
}
