package toystore.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import toystore.leader.LeaderSelector.Action;
import toystore.leader.LeaderSelector.NameLeader;
import toystore.model.EngineName;
import toystore.model.Epochs;
import toystore.model.KnownLeader;
import toystore.model.Role;

/** An engine whose replicas elect their leader. */
class ChoiceByElectionTest extends LeaderSelectorCase {
  /** Of elected leaders. */
  private static final long TERM = Epochs.of(4, 0);

  private static final long NEXT_TERM = Epochs.of(5, 0);

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
}
