package toystore.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import toystore.leader.LeaderSelector.Action;
import toystore.model.EngineName;
import toystore.model.Epochs;
import toystore.model.KnownLeader;
import toystore.model.Role;

/** What one replica says of another: it is a reason to look, and no more. */
class NamedLeaderTest extends LeaderSelectorCase {
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
}
