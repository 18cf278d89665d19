package toystore.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import toystore.leader.LeaderSelector.Action;
import toystore.model.Epochs;
import toystore.model.KnownLeader;
import toystore.model.Role;

/** Whom a front-end appoints, or finds in office. */
class LeaderSelectorTest extends LeaderSelectorCase {
  @Test
  void pingsAllAtOnceFromTheHighestIdDown() {
    assertEquals(List.of(3, 2, 1), pings(tick()));
  }

  @Test
  void appointsTheHighestIdAsSoonAsAllHaveAnswered() {
    tick();
    follower(1);
    follower(2);

    List<Action> actions = follower(3);

    assertEquals(appointments(E1, 3), appoints(actions));
    assertEquals(Optional.empty(), selector.leader());
  }

  @Test
  void anAppointmentGoesToAllReplicasThatAreDownToo() {
    tick();
    follower(1);
    follower(2);

    List<Action> actions = selector.broken(nowMs, 3);

    assertEquals(appointments(E1, 2), appoints(actions));
  }

  @Test
  void waitsForTheSlowShortlyAndNoLonger() {
    lead3();
    answer(health(3, Role.FOLLOWER, E1)); // It has given up; all are asked.
    answer(health(3, Role.FOLLOWER, E1));
    follower(1);

    assertEquals(List.of(), appoints(after(90)));
    assertEquals(appointments(E2, 3), appoints(after(10)));
  }

  @Test
  void atTheStartWaitsForEachReplicaUntilItCountsAsSilent() {
    tick();
    follower(1);
    follower(2);
    List<Action> actions = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      actions.addAll(after(100));
      alive(1, 2);
    }
    assertEquals(List.of(), appoints(actions));

    assertEquals(appointments(E1, 2), appoints(after(100)));
  }

  @Test
  void aLeaderGetsTrafficOnlyWhenItIsReady() {
    appoint3();

    answer(health(3, Role.CANDIDATE, E1));
    assertEquals(Optional.empty(), selector.leader());

    answer(leader(3, E1));
    assertEquals(Optional.of(new KnownLeader(3, E1)), selector.leader());
    assertTrue(selector.serving());
  }

  @Test
  void looksAtAnAppointedReplicaEveryTenMilliseconds() {
    appoint3();
    answer(health(3, Role.CANDIDATE, E1));

    assertEquals(List.of(), pings(after(5)));
    assertEquals(List.of(3), pings(after(5)));
    assertEquals(List.of(), pings(after(10)), "one look under way at most");
    assertEquals(List.of(3), pings(answer(health(3, Role.CANDIDATE, E1))));
  }

  @Test
  void looksAtAnAppointedReplicaAsSoonAsItHasAccepted() {
    appoint3();

    assertEquals(List.of(3), pings(selector.appointed(nowMs, 3, E1, E1)));
  }

  @Test
  void anEpochIsAboveEveryEpochSeen() {
    tick();
    answer(health(1, Role.FOLLOWER, OTHERS));
    follower(2);

    List<Action> actions = follower(3);

    assertEquals(appointments(Epochs.of(6, FRONT_END), 3), appoints(actions));
  }

  @Test
  void adoptsAReadyLeaderThatStands() {
    tick();
    answer(health(3, Role.FOLLOWER, OTHERS));
    answer(leader(1, OTHERS));

    List<Action> actions = answer(health(2, Role.FOLLOWER, OTHERS));

    assertEquals(List.of(), appoints(actions));
    assertEquals(Optional.of(new KnownLeader(1, OTHERS)), selector.leader());
  }

  @Test
  void aLeaderOfTheHighestEpochEverSeenIsAdoptedWithoutWaitingForTheSlow() {
    tick();
    answer(health(3, Role.FOLLOWER, OTHERS));

    answer(leader(1, OTHERS));

    assertEquals(Optional.of(new KnownLeader(1, OTHERS)), selector.leader());
  }

  @Test
  void doesNotAdoptALeaderWhoseEpochWasSurpassed() {
    tick();
    answer(leader(1, E1));
    answer(health(2, Role.FOLLOWER, OTHERS));

    List<Action> actions = follower(3);

    assertEquals(appointments(Epochs.of(6, FRONT_END), 3), appoints(actions));
  }

  @Test
  void waitsForALeaderThatAnotherFrontEndHasJustNamed() {
    tick();
    answer(health(1, Role.CANDIDATE, OTHERS));
    answer(health(2, Role.FOLLOWER, OTHERS));

    assertEquals(List.of(), appoints(answer(health(3, Role.FOLLOWER, OTHERS))));
    answer(leader(1, OTHERS));

    assertEquals(Optional.of(new KnownLeader(1, OTHERS)), selector.leader());
  }

  @Test
  void withoutAMajorityNobodyIsAppointed() {
    tick();
    selector.broken(nowMs, 1);
    selector.broken(nowMs, 2);

    assertEquals(List.of(), appoints(follower(3)));
    assertEquals(List.of(), appoints(after(500)));
  }

  @Test
  void appointsAsSoonAsAMajorityIsBack() {
    tick();
    selector.broken(nowMs, 1);
    selector.broken(nowMs, 2);
    follower(3);
    after(200);

    assertEquals(appointments(E1, 3), appoints(follower(1)));
  }

  @Test
  void aReplicaThatIsBeingRebuiltIsNotAppointed() {
    tick();
    follower(1);
    follower(2);

    List<Action> actions = answer(says(3, Role.REBUILDING, 0, 0).eligible(false).build());

    assertEquals(appointments(E1, 2), appoints(actions));
  }
}
