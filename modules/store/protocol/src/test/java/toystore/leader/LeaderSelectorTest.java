package toystore.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import toystore.leader.LeaderSelector.Action;
import toystore.leader.LeaderSelector.NameLeader;
import toystore.leader.LeaderSelector.Ping;
import toystore.model.EngineName;
import toystore.model.Epochs;
import toystore.model.KnownLeader;
import toystore.model.LogPosition;
import toystore.model.ReplicaHealth;
import toystore.model.Role;

/** Whom a front-end appoints, when it waits, and when it lets go (docs/design.md, "Who leads"). */
class LeaderSelectorTest {
  private static final int FRONT_END = 9;
  private static final long TICK_MS = 10;
  private static final long START_MS = 1_000;
  private static final long E1 = Epochs.of(1, FRONT_END);
  private static final long E2 = Epochs.of(2, FRONT_END);
  private static final long OTHERS = Epochs.of(5, 2);
  /** Of elected leaders. */
  private static final long TERM = Epochs.of(4, 0);

  private static final long NEXT_TERM = Epochs.of(5, 0);

  private LeaderSelector selector =
      new LeaderSelector(SelectorOptions.of(FRONT_END, List.of(1, 2, 3)));
  private final HealthWatch catalog = new HealthWatch(300);
  private long nowMs = START_MS;
  private EngineName engine = EngineName.PRIMARY_BACKUP;

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

  @Test
  void whomAnotherReplicaNamesInAHigherEpochIsLookedAtAtOnce() {
    lead3();
    after(20);

    assertEquals(List.of(2), pings(answer(names(1, 2, E2))));
  }

  @Test
  void hearsayAloneMakesNoLeaderAndUnmakesNone() {
    lead3();

    answer(names(1, 2, E2));
    assertEquals(Optional.of(new KnownLeader(3, E1)), selector.leader());

    answer(health(2, Role.CANDIDATE, E2));
    assertEquals(Optional.of(new KnownLeader(3, E1)), selector.leader());
  }

  @Test
  void theNamedReplicasOwnAnswerMakesItTheLeaderWithoutAskingAround() {
    lead3();
    after(20);
    answer(names(1, 2, E2));

    List<Action> actions = answer(leader(2, E2));

    assertEquals(List.of(), actions);
    assertEquals(Optional.of(new KnownLeader(2, E2)), selector.leader());
  }

  @Test
  void aNamedReplicaIsLookedAtUntilItIsReady() {
    lead3();
    after(20);
    answer(names(1, 2, E2));
    assertEquals(List.of(), pings(answer(health(2, Role.CANDIDATE, E2))));

    assertEquals(List.of(2), pings(after(10)));

    answer(leader(2, E2));
    assertEquals(List.of(), pings(after(10)));
  }

  @Test
  void aHintHeardManyTimesLeadsToOneLookAtATime() {
    lead3();
    after(20);
    List<Action> actions = new ArrayList<>();

    for (int i = 0; i < 50; i++) {
      actions.addAll(answer(names(1, 2, E2)));
      actions.addAll(after(1));
    }

    assertEquals(List.of(2), pings(actions));
  }

  @Test
  void anAnsweredLookIsNotRepeatedBeforeTheNextIsDue() {
    lead3();
    after(20);
    answer(names(1, 2, E2));
    answer(health(2, Role.CANDIDATE, E2));

    assertEquals(List.of(), pings(answer(names(1, 2, E2))));
  }

  @Test
  void aNamedReplicaThatIsDownIsLookedAtOnce() {
    lead3();
    selector.broken(nowMs, 2);
    after(20);
    assertEquals(List.of(2), pings(answer(names(1, 2, E2))));
    selector.broken(nowMs, 2);

    assertEquals(List.of(), pings(after(20)));
  }

  @Test
  void aNamedReplicaThatHasPromisedAHigherEpochIsLookedAtNoMore() {
    lead3();
    after(20);
    answer(names(1, 2, E2));
    answer(health(2, Role.FOLLOWER, OTHERS));

    assertEquals(List.of(), pings(after(20)));
    assertEquals(Optional.of(new KnownLeader(3, E1)), selector.leader());
  }

  @Test
  void aHintAboutAnUnknownReplicaIsIgnored() {
    lead3();
    after(20);

    assertEquals(List.of(), answer(names(1, 7, E2)));
    assertEquals(List.of(), answer(names(1, 0, E2)));
  }

  @Test
  void aReplicaThatNamesItselfGivesNoHint() {
    lead3();
    after(20);

    assertEquals(List.of(), answer(names(2, 2, E2)));
  }

  @Test
  void aHintThatIsNotNewerThanThePresentLeaderIsIgnored() {
    lead3();
    after(20);

    assertEquals(List.of(), answer(names(1, 2, E1)));
    assertEquals(List.of(), answer(names(1, 2, E1 - 1)));
  }

  @Test
  void theNewerOfTwoHintsCounts() {
    lead3();
    after(20);
    answer(names(1, 2, OTHERS));
    answer(names(2, 1, E2));

    assertEquals(List.of(2), pings(after(20)));
  }

  @Test
  void whileSelectingAHintOlderThanTheHighestEpochKnownIsIgnored() {
    lead3();
    selector.doubted(nowMs, new KnownLeader(3, E1), KnownLeader.NONE);
    selector.appointed(nowMs, 2, E1, OTHERS);
    answer(health(1, Role.FOLLOWER, E1));
    after(20);

    assertEquals(List.of(), pings(answer(names(2, 1, E2))));
    assertEquals(List.of(1), pings(answer(names(2, 1, OTHERS))));
  }

  @Test
  void whoADoubtedLeaderNamesIsAskedFirst() {
    lead3();

    List<Action> actions = selector.doubted(nowMs, new KnownLeader(3, E1), new KnownLeader(1, E2));

    assertEquals(List.of(1, 3, 2), pings(actions));
    assertEquals(Optional.empty(), selector.leader());
  }

  @Test
  void whoADoubtedLeaderNamesLeadsOnItsOwnAnswerThoughNobodyElseAnswers() {
    lead3();
    selector.doubted(nowMs, new KnownLeader(3, E1), new KnownLeader(1, E2));

    answer(leader(1, E2));

    assertEquals(Optional.of(new KnownLeader(1, E2)), selector.leader());
  }

  @Test
  void whatANamedReplicaSaidBeforeTheSelectionDoesNotCount() {
    lead3();
    answer(leader(1, E2)); // A newer one leads: all are asked.

    answer(names(2, 1, E2));
    assertEquals(Optional.empty(), selector.leader());

    answer(leader(1, E2));
    assertEquals(Optional.of(new KnownLeader(1, E2)), selector.leader());
  }

  @Test
  void aNamedReplicaThatSaysItLeadsAnOlderEpochIsNotFollowed() {
    lead3();
    selector.doubted(nowMs, new KnownLeader(3, E1), KnownLeader.NONE);
    answer(names(2, 1, E2));

    answer(leader(1, E1));

    assertEquals(Optional.empty(), selector.leader());
  }

  @Test
  void allAreAskedWhenANamedLeaderMayHaveBeenSurpassed() {
    lead3();
    selector.appointed(nowMs, 1, E1, OTHERS);
    answer(names(1, 2, E2));

    answer(leader(2, E2));

    assertEquals(Optional.empty(), selector.leader());
  }

  @Test
  void anOutdatedNamedLeaderIsNotFollowed() {
    lead3();
    selector.doubted(nowMs, new KnownLeader(3, E1), new KnownLeader(1, E2));
    answer(health(2, Role.FOLLOWER, OTHERS));

    answer(leader(1, E2));

    assertEquals(Optional.empty(), selector.leader());
  }

  @Test
  void hintsDoNotBringBackALeaderThatWasPassedOver() {
    lead3();
    idle3(310);
    assertEquals(Optional.empty(), selector.leader());

    answer(names(1, 3, E1));
    List<Action> actions = answer(leader(3, E1));

    assertEquals(appointments(E2, 2), appoints(actions));
  }

  @Test
  void aHintEndsTheWaitForAnAppointedReplica() {
    appoint3();
    nowMs += 20;

    assertEquals(List.of(2, 3), pings(answer(names(1, 2, OTHERS))));
    answer(leader(2, OTHERS));

    assertEquals(Optional.of(new KnownLeader(2, OTHERS)), selector.leader());
  }

  @Test
  void raftHintsLeadFromOneElectedLeaderToTheNext() {
    engine = EngineName.RAFT;
    long first = Epochs.of(4, 0);
    long second = Epochs.of(5, 0);
    tick();
    answer(names(1, 3, first));
    answer(names(2, 3, first));
    answer(leader(3, first));
    assertEquals(Optional.of(new KnownLeader(3, first)), selector.leader());
    after(20);

    List<Action> actions = answer(names(1, 2, second));
    actions.addAll(answer(leader(2, second)));

    assertEquals(List.of(2), pings(actions));
    assertEquals(1, actions.size());
    assertEquals(Optional.of(new KnownLeader(2, second)), selector.leader());
  }

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

  @Test
  void leadersOfAnEngineThatElectsAreFollowedNeverAppointed() {
    engine = EngineName.RAFT;
    long term = Epochs.of(4, 0);
    List<Action> actions = new ArrayList<>(tick());
    actions.addAll(answer(health(1, Role.FOLLOWER, term)));
    actions.addAll(answer(health(3, Role.CANDIDATE, term)));
    actions.addAll(answer(health(2, Role.CANDIDATE, term)));
    assertEquals(Optional.empty(), selector.leader());
    assertEquals(List.of(3, 2, 1), pings(after(10)), "looks again soon");

    actions.addAll(answer(leader(2, term)));

    assertEquals(Optional.of(new KnownLeader(2, term)), selector.leader());
    actions.addAll(answer(health(2, Role.FOLLOWER, Epochs.of(5, 0))));
    actions.addAll(answer(health(1, Role.FOLLOWER, Epochs.of(5, 0))));
    actions.addAll(answer(leader(3, Epochs.of(5, 0))));
    assertEquals(Optional.of(new KnownLeader(3, Epochs.of(5, 0))), selector.leader());
    assertEquals(List.of(), appoints(actions));
  }

  @Test
  void anotherIsAskedToStandWhenAnElectedLeaderServesNobody() {
    elected3(TERM);
    assertEquals(List.of(), appoints(idleElected3(15)), "replicas see most failures themselves");

    assertEquals(List.of(new NameLeader(2, TERM, 2)), appoints(idleElected3(1)));

    assertEquals(
        Optional.of(new KnownLeader(3, TERM)), selector.leader(), "until another is elected");
    answer(health(3, Role.FOLLOWER, NEXT_TERM));
    answer(names(1, 2, NEXT_TERM));
    answer(leader(2, NEXT_TERM));
    assertEquals(Optional.of(new KnownLeader(2, NEXT_TERM)), selector.leader());
  }

  /** Its trouble may be over, and then nothing is lost. */
  @Test
  void aLeaderThatServesAgainIsLeftAlone() {
    elected3(TERM);
    idleElected3(16);

    answer(leader(3, TERM));

    assertTrue(selector.serving());
    for (int i = 0; i < 50; i++) {
      answer(leader(3, TERM));
      assertEquals(List.of(), appoints(after(100)));
    }
  }

  @Test
  void whoIsAskedInVainIsAskedLessAndLessOftenAndInTurn() {
    elected3(TERM);

    assertEquals(List.of(new NameLeader(2, TERM, 2)), appoints(idleElected3(16)));
    assertEquals(List.of(), appoints(idleElected3(29)));
    assertEquals(List.of(new NameLeader(1, TERM, 1)), appoints(idleElected3(2)));
    assertEquals(List.of(), appoints(idleElected3(58)));
    assertEquals(List.of(new NameLeader(2, TERM, 2)), appoints(idleElected3(2)));
  }

  /**
   * Else two front-ends, each cut off from another replica, would take the office from each other.
   */
  @Test
  void shortServiceDoesNotMakeItAskSooner() {
    elected3(TERM);
    idleElected3(16);
    answer(leader(3, TERM));
    after(100);

    assertEquals(List.of(), appoints(idleElected3(30)));
    assertEquals(List.of(new NameLeader(1, TERM, 1)), appoints(idleElected3(1)));
  }

  @Test
  void nobodyIsAskedToStandWhileTheCatalogIsAway() {
    elected3(TERM);
    catalogIsDown();

    assertEquals(List.of(), appoints(idleElected3(50)));
    assertEquals(Optional.of(new KnownLeader(3, TERM)), selector.leader());
  }

  @Test
  void anotherIsAskedToStandWhenAnElectedLeaderIsSilentHereOnly() {
    elected3(TERM);
    List<Action> actions = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      actions.addAll(after(100));
      answer(names(1, 3, TERM));
      answer(names(2, 3, TERM));
    }

    assertEquals(List.of(new NameLeader(2, TERM, 2)), appoints(actions));
  }

  @Test
  void aLeaderThatDoesNotBecomeReadyIsReplacedByTheFurthestFollower() {
    engine = EngineName.RAFT;
    tick();
    List<Action> actions = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      answer(says(3, Role.LEADER, TERM, 3).log(at(TERM, 9), 7).build());
      answer(says(2, Role.FOLLOWER, TERM, 3).log(at(TERM, 7), 7).build());
      answer(says(1, Role.FOLLOWER, TERM, 3).log(at(TERM, 8), 7).build());
      actions.addAll(after(100));
    }

    assertEquals(List.of(new NameLeader(1, TERM, 1)), appoints(actions));
  }

  /** Its take-over takes its time, too. */
  @Test
  void whoHasJustBeenElectedIsWaitedFor() {
    elected3(TERM);
    idleElected3(15);
    answer(health(3, Role.FOLLOWER, NEXT_TERM));
    answer(health(2, Role.LEADER, NEXT_TERM));

    List<Action> actions = new ArrayList<>();
    for (int i = 0; i < 14; i++) {
      actions.addAll(after(100));
      answer(names(3, 2, NEXT_TERM));
      answer(names(1, 2, NEXT_TERM));
      answer(health(2, Role.LEADER, NEXT_TERM));
    }

    assertEquals(List.of(), appoints(actions));
  }

  /** Its log would lose the election, and the leader its office for nothing. */
  @Test
  void whoLacksWhatIsCommittedIsNotAskedToStand() {
    engine = EngineName.RAFT;
    tick();
    selector.broken(nowMs, 1);
    List<Action> actions = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      answer(says(3, Role.LEADER, TERM, 3).log(at(TERM, 9), 7).build());
      answer(says(2, Role.FOLLOWER, TERM, 3).log(at(TERM, 6), 6).build());
      actions.addAll(after(100));
    }

    assertEquals(List.of(), appoints(actions));
  }

  /** A candidate whose disk hangs is in a term that nobody else will ever be in. */
  @Test
  void anElectedLeaderIsFollowedThoughAnotherIsInALaterTerm() {
    engine = EngineName.RAFT;
    tick();
    answer(health(3, Role.CANDIDATE, NEXT_TERM));
    answer(names(2, 1, TERM));

    answer(leader(1, TERM));

    assertEquals(Optional.of(new KnownLeader(1, TERM)), selector.leader());
  }

  private void elected3(long term) {
    engine = EngineName.RAFT;
    tick();
    answer(names(1, 3, term));
    answer(names(2, 3, term));
    answer(leader(3, term));
    assertEquals(Optional.of(new KnownLeader(3, term)), selector.leader());
  }

  /** So many tenths of a second. */
  private List<Action> idleElected3(int times) {
    List<Action> actions = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      actions.addAll(answer(says(3, Role.LEADER, TERM, 3).ready(true).build()));
      actions.addAll(answer(names(1, 3, TERM)));
      actions.addAll(answer(names(2, 3, TERM)));
      actions.addAll(after(100));
    }
    return actions;
  }

  private void appoint3() {
    tick();
    follower(1);
    follower(2);
    follower(3);
  }

  private void lead3() {
    appoint3();
    answer(leader(3, E1));
    assertEquals(Optional.of(new KnownLeader(3, E1)), selector.leader());
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

  /** The leader answers all the time, and says that it does not serve. */
  private void idle3(long forMs) {
    for (long until = nowMs + forMs; nowMs < until; ) {
      answer(says(3, Role.LEADER, E1, 3).ready(true).build());
      after(10);
      alive(1, 2);
    }
  }

  private List<Action> tick() {
    return selector.tick(nowMs);
  }

  /** Time passes, and no tick is late. */
  private List<Action> after(long passedMs) {
    List<Action> actions = new ArrayList<>();
    for (long leftMs = passedMs; leftMs > 0; leftMs -= TICK_MS) {
      nowMs += Math.min(leftMs, TICK_MS);
      actions.addAll(tick());
    }
    return actions;
  }

  private void catalogIsDown() {
    catalog.broken();
    selector.catalogSeen(nowMs, catalog);
  }

  private void catalogAnswers() {
    catalog.answered(0, 0);
    selector.catalogSeen(nowMs, catalog);
  }

  private void alive(int... ids) {
    for (int id : ids) {
      follower(id);
    }
  }

  private List<Action> follower(int id) {
    return answer(health(id, Role.FOLLOWER, 0));
  }

  private List<Action> answer(ReplicaHealth health) {
    return answer(health, 0);
  }

  /** To a ping that was sent so long ago. */
  private List<Action> answer(ReplicaHealth health, long agoMs) {
    return new ArrayList<>(selector.answered(nowMs, nowMs - START_MS - agoMs, health));
  }

  private ReplicaHealth health(int id, Role role, long promised) {
    return says(id, role, promised, 0).build();
  }

  private ReplicaHealth stuck(int id, Role role, long promised) {
    return says(id, role, promised, 0).eligible(false).build();
  }

  /** A follower that knows a leader. */
  private ReplicaHealth names(int id, int leader, long epoch) {
    return says(id, Role.FOLLOWER, epoch, leader).build();
  }

  private ReplicaHealth leader(int id, long epoch) {
    return says(id, Role.LEADER, epoch, id).ready(true).serving(true).build();
  }

  private ReplicaHealth.Builder says(int id, Role role, long promised, int leader) {
    return ReplicaHealth.of(id, engine, role).knows(leader, promised);
  }

  private static LogPosition at(long epoch, long index) {
    return new LogPosition(epoch, index);
  }

  private static List<Integer> pings(List<Action> actions) {
    return actions.stream()
        .filter(Ping.class::isInstance)
        .map(action -> ((Ping) action).replica())
        .toList();
  }

  private static List<Action> appoints(List<Action> actions) {
    return actions.stream().filter(NameLeader.class::isInstance).toList();
  }

  private static List<Action> appointments(long epoch, int leader) {
    return List.of(
        new NameLeader(3, epoch, leader),
        new NameLeader(2, epoch, leader),
        new NameLeader(1, epoch, leader));
  }
}
