package toystore.primarybackup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static toystore.primarybackup.ScriptedReplica.E1;
import static toystore.primarybackup.ScriptedReplica.E2;
import static toystore.primarybackup.ScriptedReplica.E3;
import static toystore.primarybackup.ScriptedReplica.OPTIONS;
import static toystore.primarybackup.ScriptedReplica.acknowledgement;
import static toystore.primarybackup.ScriptedReplica.follower;
import static toystore.primarybackup.ScriptedReplica.order;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.model.Role;
import toystore.primarybackup.PrimaryBackupMessage.AppendReply;
import toystore.primarybackup.PrimaryBackupMessage.AppendRequest;
import toystore.replication.Effects;
import toystore.replication.Effects.Fact;
import toystore.replication.Effects.Promise;
import toystore.replication.Entry;
import toystore.replication.Input;

class LeaderPhaseTest {
  private final ScriptedReplica leader = follower(3, Epochs.NONE, 0, 0);
  private AppendRequest to1;
  private AppendRequest to2;

  @BeforeEach
  void lead() {
    leader.lead(E1, 1);
    to1 = leader.sent(AppendRequest.class, 1);
    to2 = leader.sent(AppendRequest.class, 2);
  }

  private void establish() {
    leader.persist();
    leader.acknowledge(to1);
  }

  @Test
  void aNewLeaderAppendsANoOpInParallelWithItsOwnWrite() {
    Entry noOp = Entry.noOp(1, E1);

    assertEquals(Role.LEADER, leader.status().role());
    assertEquals(List.of(noOp), leader.last().toPersist().orElseThrow().append());
    assertEquals(List.of(noOp), to1.entries());
    assertTrue(leader.last().toSend().contains(to1));
  }

  @Test
  void itIsEstablishedWhenTheNoOpIsCommitted() {
    leader.acknowledge(to1);
    assertFalse(leader.status().established());

    leader.persist();

    assertTrue(leader.status().established());
    assertTrue(leader.last().facts().contains(new Fact.Established(E1)));
    assertEquals(1, leader.status().committed());
  }

  @Test
  void itsOwnCopyCountsOnceDurableAndIsNeeded() {
    leader.acknowledge(to1);
    leader.acknowledge(to2);
    assertEquals(0, leader.status().committed());

    leader.persist();
    assertEquals(1, leader.status().committed());
  }

  @Test
  void oneAppendIsInFlightAndTheRestGoesTogetherInTheNext() {
    establish();
    leader.propose("a");
    AppendRequest first = leader.sent(AppendRequest.class, 1);

    leader.propose("b");
    assertTrue(leader.allSent(AppendRequest.class).isEmpty());
    leader.propose("c", "d");

    leader.acknowledge(first);
    AppendRequest next = leader.sent(AppendRequest.class, 1);
    assertEquals(OPTIONS.maxEntries(), next.entries().size());
    assertEquals(first.entries().get(0).position(), next.previous());
    leader.acknowledge(next);
    assertEquals(
        "d", leader.sent(AppendRequest.class, 1).entries().get(0).purchase().key());
  }

  @Test
  void aFollowerIsSentBackToWhereItsLogMatches() {
    leader.receive(new AppendReply(2, 3, E1, to2.round(), false, 0, new Promise(E1, 3), false));
    // Nothing further back than the start: no hurry, the next tick will do.
    assertTrue(leader.allSent(AppendRequest.class).isEmpty());

    ScriptedReplica longer =
        follower(3, E1, 3, 1, Entry.noOp(1, E1), order(2, E1, "a"), order(3, E1, "b"));
    longer.step(new Input.Appoint(E2, 3));
    longer.persist();
    longer.promised(1, new LogPosition(E1, 3));
    AppendRequest tooFar = longer.sent(AppendRequest.class, 2);
    assertEquals(new LogPosition(E1, 3), tooFar.previous());

    longer.receive(new AppendReply(2, 3, E2, tooFar.round(), false, 1, new Promise(E2, 3), false));

    assertEquals(new LogPosition(E1, 1), longer.sent(AppendRequest.class, 2).previous());
  }

  @Test
  void aLateOrRepeatedReplyNeverMovesMatchBackOrTooFar() {
    establish();
    leader.propose("a");
    AppendRequest second = leader.sent(AppendRequest.class, 1);

    leader.acknowledge(second);
    leader.acknowledge(to1);
    assertEquals(1, leader.status().committed());

    leader.persist();
    assertEquals(2, leader.status().committed());
    leader.propose("b");
    assertEquals(new LogPosition(E1, 2), leader.sent(AppendRequest.class, 1).previous());
  }

  @Test
  void entriesOfOlderEpochsAreCommittedOnlyTogetherWithOneOfItsOwn() {
    ScriptedReplica heir = follower(3, E1, 3, 0, Entry.noOp(1, E1), order(2, E1, "a"));
    heir.step(new Input.Appoint(E3, 3));
    heir.persist();
    heir.promised(1, new LogPosition(E1, 1));
    AppendRequest first = heir.sent(AppendRequest.class, 1);
    heir.persist();

    heir.receive(new AppendReply(1, 3, E3, first.round(), true, 2, new Promise(E3, 3), false));
    assertEquals(0, heir.status().committed());

    heir.acknowledge(heir.sent(AppendRequest.class, 1));
    assertEquals(3, heir.status().committed());
  }

  @Test
  void anUnreachableFollowerGetsEmptyHeartbeatsUntilItAnswers() {
    establish();
    leader.step(new Input.Unreachable(2));
    leader.propose("a");
    assertEquals(1, leader.allSent(AppendRequest.class).size());

    leader.ticks(OPTIONS.heartbeatTicks());
    AppendRequest probe = leader.sent(AppendRequest.class, 2);
    assertEquals(List.of(), probe.entries());

    leader.acknowledge(probe);
    assertEquals(2, leader.sent(AppendRequest.class, 2).entries().size());
  }

  @Test
  void aLostReplyFreesTheFlightAfterAWhile() {
    leader.ticks(OPTIONS.retryTicks() - 1);
    assertTrue(leader.allSent(AppendRequest.class).isEmpty());

    leader.ticks(1);

    assertEquals(2, leader.allSent(AppendRequest.class).size());
  }

  @Test
  void aNewlyCommittedIndexIsToldAtTheNextTickAndHeartbeatsFollow() {
    establish();
    leader.acknowledge(to2);

    leader.ticks(1);
    List<AppendRequest> news = leader.allSent(AppendRequest.class);
    assertEquals(List.of(1L, 1L), news.stream().map(AppendRequest::committed).toList());
    news.forEach(leader::acknowledge);

    leader.ticks(OPTIONS.heartbeatTicks() - 1);
    assertTrue(leader.allSent(AppendRequest.class).isEmpty());
    leader.ticks(1);
    assertEquals(2, leader.allSent(AppendRequest.class).size());
  }

  @Test
  void aProofNeedsAMajorityOfAnswersToLaterRequests() {
    establish();
    leader.step(new Input.Prove(1));
    AppendRequest round = leader.sent(AppendRequest.class, 1);
    leader.step(new Input.Prove(2));
    leader.step(new Input.Prove(3));

    // It was sent before all three questions.
    assertEquals(List.of(), leader.acknowledge(to2).proven());
    assertEquals(List.of(1L), leader.acknowledge(round).proven());
    AppendRequest shared = leader.sent(AppendRequest.class, 1);
    assertEquals(List.of(2L, 3L), leader.acknowledge(shared).proven());
  }

  @Test
  void aProofWaitsUntilTheLeaderIsEstablished() {
    leader.step(new Input.Prove(1));
    assertEquals(List.of(), leader.acknowledge(to1).proven());
    AppendRequest later = leader.sent(AppendRequest.class, 1);
    assertEquals(List.of(), leader.acknowledge(later).proven());

    assertEquals(List.of(1L), leader.persist().proven());
  }

  @Test
  void aRebuildingFollowerCountsForNothing() {
    establish();
    leader.step(new Input.Prove(1));
    AppendRequest round = leader.sent(AppendRequest.class, 1);

    Effects effects =
        leader.receive(new AppendReply(1, 3, E1, round.round(), false, 0, Promise.NONE, true));

    assertEquals(List.of(), effects.proven());
  }

  @Test
  void aLaterEpochAnywhereEndsTheLeadership() {
    establish();
    leader.step(new Input.Prove(1));

    Effects effects =
        leader.receive(new AppendReply(2, 3, E1, to2.round(), false, 0, new Promise(E2, 1), false));

    assertEquals(Role.FOLLOWER, leader.status().role());
    assertEquals(List.of(1L), effects.unproven());
  }

  @Test
  void repliesToAnOlderLeadershipMeanNothing() {
    AppendReply old = acknowledgement(to2);
    leader.step(new Input.Appoint(E2, 3));
    leader.persist();
    leader.promised(1, LogPosition.START);
    leader.persist();

    leader.receive(old);

    assertEquals(0, leader.status().committed());
  }

  @Test
  void quorateMeansThatAMajorityAnsweredRecently() {
    establish();
    assertTrue(leader.status().quorate());

    leader.ticks(OPTIONS.quorumTicks());
    assertFalse(leader.status().quorate());

    leader.receive(acknowledgement(to2));
    assertTrue(leader.status().quorate());
  }

  @Test
  void aLeaderThatResignsTellsWhatIsCommittedAndFollows() {
    establish();
    leader.propose("a");
    AppendRequest order = leader.sent(AppendRequest.class, 1);
    leader.persist();
    leader.acknowledge(order);

    leader.step(new Input.Resign());

    assertEquals(Role.FOLLOWER, leader.status().role());
    assertTrue(leader.last().facts().contains(new Fact.RoleChanged(Role.FOLLOWER, E1, 3)));
    assertEquals(2, leader.sent(AppendRequest.class, 1).committed());
  }

  @Test
  void aLeaderWhoseDiskIsStuckMakesRoomForThoseWhoseDisksAreNot() {
    establish();
    leader.acknowledge(to2);
    leader.propose("a");
    AppendRequest first = leader.sent(AppendRequest.class, 1);
    AppendRequest second = leader.sent(AppendRequest.class, 2);
    leader.acknowledge(first);
    leader.acknowledge(second);

    leader.ticks(OPTIONS.stuckTicks() - 1);
    assertEquals(Role.LEADER, leader.status().role());
    assertFalse(leader.status().diskStuck());
    leader.ticks(1);

    assertEquals(Role.FOLLOWER, leader.status().role());
    assertTrue(leader.status().diskStuck());
    leader.persist();
    assertFalse(leader.status().diskStuck(), "it writes again");
  }

  /** As where all use one disk, or the machine is slow: nobody would do better. */
  @Test
  void aLeaderKeepsItsOfficeWhileTheOthersDisksAreNoQuicker() {
    establish();
    leader.acknowledge(to2);
    leader.propose("a");
    leader.acknowledge(leader.sent(AppendRequest.class, 1));

    leader.ticks(OPTIONS.stuckTicks());

    assertEquals(Role.LEADER, leader.status().role());
    assertTrue(leader.status().diskStuck());
  }

  @Test
  void aFollowerThatIsSlowOfLateCountsForLonger() {
    establish();
    for (int answer = 0; answer < 5; answer++) {
      leader.ticks(OPTIONS.quorumTicks());
      leader.acknowledge(to1);
    }

    leader.ticks(3 * OPTIONS.quorumTicks());
    assertTrue(leader.status().quorate());
    leader.ticks(OPTIONS.quorumTicks());

    assertFalse(leader.status().quorate());
  }
}
