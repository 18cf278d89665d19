package toystore.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import toystore.leader.LeaderSelector.Action;
import toystore.model.KnownLeader;
import toystore.model.Role;

/** When a leader counts as lost, and which other one takes its place. */
class LostLeaderTest extends LeaderSelectorCase {
  @Test
  void aRefusedConnectionLosesTheLeaderAtOnce() {
    lead3();

    List<Action> actions = selector.broken(nowMs, 3);

    assertEquals(Optional.empty(), selector.leader());
    assertEquals(List.of(3, 2, 1), pings(actions));
    follower(1);
    assertEquals(appointments(E2, 2), appoints(follower(2)));
  }

  @Test
  void silenceLosesTheLeaderAfterThreeMissedChecks() {
    lead3();
    after(100); // The check that will be missed first.
    alive(1, 2);

    for (int missed = 1; missed <= 2; missed++) {
      after(100);
      alive(1, 2);
      assertTrue(selector.leader().isPresent(), "missed " + missed);
    }
    after(100);

    assertEquals(Optional.empty(), selector.leader());
    follower(1);
    assertEquals(appointments(E2, 2), appoints(follower(2)));
  }

  @Test
  void anAnswerClearsWhatWasMissed() {
    lead3();
    after(100);
    after(100);
    after(100);
    answer(leader(3, E1));
    after(100);
    after(100);

    assertTrue(selector.leader().isPresent());
  }

  @Test
  void whoWasLateItselfHasNoRightToJudge() {
    lead3();
    after(100);

    nowMs += 60_000; // This process slept, with a check under way.
    for (int inABurst = 0; inABurst < 1_000; inABurst++) {
      tick();
    }

    assertTrue(selector.leader().isPresent());
  }

  /** As when more threads want to run than there are processors. */
  @Test
  void whoRunsATenthOfTheTimeWaitsTenTimesAsLong() {
    lead3();
    after(100);

    for (int i = 0; i < 14; i++) {
      nowMs += 200;
      tick();
    }

    assertTrue(selector.leader().isPresent());
    nowMs += 200;
    tick();
    assertEquals(Optional.empty(), selector.leader(), "it does wait no longer");
  }

  @Test
  void whoAnswersSlowlyOfLateIsNotTakenToBeSilent() {
    lead3();
    slow3(200, 10);

    after(700);
    assertTrue(selector.leader().isPresent());

    after(200);
    assertEquals(Optional.empty(), selector.leader(), "four times as slow is silent");
  }

  @Test
  void whoWasSlowAndIsQuickAgainIsJudgedAsBefore() {
    lead3();
    slow3(200, 10);
    for (int i = 0; i < 20; i++) {
      after(100);
      answer(leader(3, E1));
      alive(1, 2);
    }

    after(400);

    assertEquals(Optional.empty(), selector.leader());
  }

  @Test
  void aBrokenConnectionCountsAtOnceThoughTheReplicaWasSlow() {
    lead3();
    slow3(200, 10);

    selector.broken(nowMs, 3);

    assertEquals(Optional.empty(), selector.leader());
  }

  @Test
  void aSlowCandidateHasLongerToBecomeReady() {
    lead3();
    slow3(200, 10);
    selector.appointed(nowMs, 1, E1, E1);
    answer(health(3, Role.CANDIDATE, E1));
    answer(health(3, Role.CANDIDATE, E1));
    List<Action> actions = new ArrayList<>(follower(1));
    actions.addAll(follower(2));

    for (int i = 0; i < 10; i++) {
      actions.addAll(after(200));
      actions.addAll(answer(health(3, Role.CANDIDATE, E1)));
      alive(1, 2);
    }

    assertEquals(List.of(), appoints(actions));
  }

  /** Else one of two front-ends that are slow would name another each time the first is silent. */
  @Test
  void whoIsSlowIsWaitedForBeforeAnotherIsNamed() {
    lead3();
    slow3(200, 10);
    List<Action> actions =
        new ArrayList<>(selector.doubted(nowMs, new KnownLeader(3, E1), KnownLeader.NONE));
    actions.addAll(follower(1));
    actions.addAll(follower(2));

    actions.addAll(after(200));
    actions.addAll(answer(leader(3, E1)));

    assertEquals(List.of(), appoints(actions));
    assertEquals(Optional.of(new KnownLeader(3, E1)), selector.leader());
  }

  @Test
  void aLeaderThatHasGivenUpIsReplaced() {
    lead3();

    answer(health(3, Role.FOLLOWER, OTHERS));

    assertEquals(Optional.empty(), selector.leader());
  }

  @Test
  void aReadyLeaderOfAHigherEpochIsFollowed() {
    lead3();

    answer(leader(1, OTHERS));
    answer(leader(1, OTHERS));
    answer(health(2, Role.FOLLOWER, OTHERS));
    answer(health(3, Role.FOLLOWER, OTHERS));

    assertEquals(Optional.of(new KnownLeader(1, OTHERS)), selector.leader());
  }

  @Test
  void anOldLeaderThatWakesUpChangesNothing() {
    lead3();
    selector.broken(nowMs, 3);
    follower(1);
    follower(2);
    answer(leader(2, E2));

    answer(leader(3, E1));

    assertEquals(Optional.of(new KnownLeader(2, E2)), selector.leader());
  }

  @Test
  void aHealthyLeaderKeepsOfficeWhenAHigherIdReturns() {
    lead2While3IsDown();

    List<Action> actions = answer(health(3, Role.FOLLOWER, E1));
    for (int i = 0; i < 10; i++) {
      actions.addAll(after(100));
      answer(leader(2, E1));
      alive(1, 3);
    }

    assertEquals(List.of(), appoints(actions));
    assertEquals(Optional.of(new KnownLeader(2, E1)), selector.leader());
  }

  @Test
  void handsOverToTheHighestIdOnceItIsLevel() {
    selector =
        new LeaderSelector(SelectorOptions.of(FRONT_END, List.of(1, 2, 3)).withHandOver(true));
    lead2While3IsDown();
    answer(says(2, Role.LEADER, E1, 2)
        .log(at(E1, 50), 50)
        .ready(true)
        .serving(true)
        .build());

    assertEquals(
        List.of(),
        appoints(answer(says(3, Role.CATCHING_UP, E1, 0).log(at(E1, 50), 40).build())));
    assertEquals(
        List.of(),
        appoints(answer(says(3, Role.FOLLOWER, E1, 0).log(at(E1, 49), 40).build())));
    assertEquals(
        appointments(E2, 3),
        appoints(answer(says(3, Role.FOLLOWER, E1, 0).log(at(E1, 50), 50).build())));
  }

  /** It answers each check so much later. */
  private void slow3(long byMs, int times) {
    for (int i = 0; i < times; i++) {
      after(100);
      for (long waitedMs = 0; waitedMs < byMs; waitedMs += 100) {
        after(100);
        alive(1, 2);
      }
      answer(leader(3, E1), byMs);
      assertTrue(selector.leader().isPresent());
    }
  }

  private void lead2While3IsDown() {
    tick();
    selector.broken(nowMs, 3);
    follower(1);
    follower(2);
    answer(leader(2, E1));
    assertEquals(Optional.of(new KnownLeader(2, E1)), selector.leader());
  }
}
