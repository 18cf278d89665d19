package toystore.primarybackup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static toystore.primarybackup.ScriptedReplica.E1;
import static toystore.primarybackup.ScriptedReplica.E2;
import static toystore.primarybackup.ScriptedReplica.E3;
import static toystore.primarybackup.ScriptedReplica.follower;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.model.Role;
import toystore.primarybackup.PrimaryBackupMessage.AppendReply;
import toystore.primarybackup.PrimaryBackupMessage.AppendRequest;
import toystore.primarybackup.PrimaryBackupMessage.FetchReply;
import toystore.primarybackup.PrimaryBackupMessage.FetchRequest;
import toystore.primarybackup.PrimaryBackupMessage.PromiseReply;
import toystore.primarybackup.PrimaryBackupMessage.PromiseRequest;
import toystore.replication.DurableState;
import toystore.replication.Effects;
import toystore.replication.Effects.Promise;
import toystore.replication.Entry;
import toystore.replication.Input;

/** Appointment and candidacy. */
class PrimaryBackupCoreTest {

  @Test
  void anAppointmentIsPromisedDurably() {
    ScriptedReplica replica = follower(1, Epochs.NONE, 0, 0);

    Effects effects = replica.step(new Input.Appoint(E1, 3));

    assertEquals(new Promise(E1, 3), effects.toPersist().orElseThrow().promise());
    assertEquals(E1, replica.status().promised());
    assertEquals(3, replica.status().leader());
    assertEquals(Role.FOLLOWER, replica.status().role());
  }

  @Test
  void anAppointmentOfAnOlderOrEqualEpochIsRefused() {
    ScriptedReplica replica = follower(1, E2, 3, 0);

    assertTrue(replica.step(new Input.Appoint(E1, 1)).toPersist().isEmpty());
    assertTrue(replica.step(new Input.Appoint(E2, 1)).toPersist().isEmpty());
    assertEquals(3, replica.status().leader());
    assertEquals(E2, replica.status().promised());
  }

  @Test
  void theSameAppointmentAgainChangesNothing() {
    ScriptedReplica replica = follower(1, Epochs.NONE, 0, 0);
    replica.lead(E1, 2);

    Effects again = replica.step(new Input.Appoint(E1, 1));

    assertTrue(again.facts().isEmpty());
    assertEquals(Role.LEADER, replica.status().role());
  }

  @Test
  void afterARestartAReplicaDoesNotStandAgainInTheSameEpoch() {
    ScriptedReplica restarted = follower(1, E1, 1, 0);

    restarted.step(new Input.Appoint(E1, 1));

    assertEquals(Role.FOLLOWER, restarted.status().role());
  }

  @Test
  void onlyAMemberIsAppointed() {
    ScriptedReplica replica = follower(1, Epochs.NONE, 0, 0);

    assertTrue(replica.step(new Input.Appoint(E1, 4)).toPersist().isEmpty());
  }

  @Test
  void theCandidateAsksForPromisesOnceItsOwnIsDurable() {
    ScriptedReplica replica = follower(3, Epochs.NONE, 0, 0);

    Effects effects = replica.step(new Input.Appoint(E1, 3));

    assertEquals(Role.CANDIDATE, replica.status().role());
    assertTrue(effects.toSend().isEmpty());
    assertEquals(
        List.of(new PromiseRequest(3, 1, E1), new PromiseRequest(3, 2, E1)),
        effects.toSendOnceDurable());
  }

  @Test
  void theCandidateRepeatsItsRequestsUntilAMajorityHasPromised() {
    ScriptedReplica replica = follower(3, Epochs.NONE, 0, 0);
    replica.step(new Input.Appoint(E1, 3));
    replica.persist();

    int asked = 0;
    for (int i = 0; i < ScriptedReplica.OPTIONS.retryTicks(); i++) {
      replica.ticks(1);
      asked += replica.allSent(PromiseRequest.class).size();
    }

    assertEquals(2, asked);
  }

  @Test
  void aCandidateDoesNotLeadBeforeItsOwnPromiseIsDurable() {
    ScriptedReplica replica = follower(3, Epochs.NONE, 0, 0);
    replica.step(new Input.Appoint(E1, 3));

    replica.promised(1, LogPosition.START);
    assertEquals(Role.CANDIDATE, replica.status().role());

    replica.persist();
    assertEquals(Role.LEADER, replica.status().role());
  }

  @Test
  void promisesOfOneReplicaCountOnce() {
    ScriptedReplica replica = new ScriptedReplica(
        5, List.of(1, 2, 3, 4, 5), new DurableState(List.of(), Promise.NONE, 0, 0, false));
    replica.step(new Input.Appoint(E1, 5));
    replica.persist();

    replica.promised(1, LogPosition.START);
    replica.promised(1, LogPosition.START);
    assertEquals(Role.CANDIDATE, replica.status().role());

    replica.promised(2, LogPosition.START);
    assertEquals(Role.LEADER, replica.status().role());
  }

  @Test
  void aPromiseIsAnsweredOnceDurableAndNeverMadeToAnother() {
    ScriptedReplica replica = follower(1, Epochs.NONE, 0, 0, Entry.noOp(1, E1));

    Effects effects = replica.receive(new PromiseRequest(3, 1, E2));
    assertTrue(effects.toSend().isEmpty());
    assertEquals(new Promise(E2, 3), effects.toPersist().orElseThrow().promise());
    PromiseReply granted = replica.sent(PromiseReply.class, 3);
    assertTrue(granted.granted());
    assertEquals(new LogPosition(E1, 1), granted.last());

    replica.receive(new PromiseRequest(2, 1, E2));
    assertFalse(replica.sent(PromiseReply.class, 2).granted());
    replica.receive(new PromiseRequest(3, 1, E2));
    assertTrue(replica.sent(PromiseReply.class, 3).granted());
  }

  @Test
  void aPromiseWhoseLeaderIsNotKnownIsGrantedToNobody() {
    ScriptedReplica replica = follower(1, E2, 0, 0);

    replica.receive(new PromiseRequest(3, 1, E2));

    assertFalse(replica.sent(PromiseReply.class, 3).granted());
  }

  @Test
  void theCandidateAdoptsTheMostUpToDateLogInChunks() {
    Entry tail = Entry.noOp(2, E1);
    ScriptedReplica replica = follower(3, E1, 1, 1, Entry.noOp(1, E1), tail);
    replica.step(new Input.Appoint(E3, 3));
    replica.persist();

    replica.promised(1, new LogPosition(E2, 4));
    assertEquals(Role.CANDIDATE, replica.status().role());
    FetchRequest first = replica.sent(FetchRequest.class, 1);
    assertEquals(E3, first.epoch());
    assertEquals(new LogPosition(E1, 1), first.after());

    Effects chunk = replica.receive(fetched(first, List.of(Entry.noOp(2, E2), Entry.noOp(3, E2))));
    assertEquals(2, chunk.toPersist().orElseThrow().truncateFrom());
    FetchRequest second = replica.sent(FetchRequest.class, 1);
    assertEquals(new LogPosition(E2, 3), second.after());

    replica.receive(fetched(second, List.of(Entry.noOp(4, E2))));
    assertEquals(Role.LEADER, replica.status().role());
    assertEquals(new LogPosition(E3, 5), replica.status().last());
  }

  @Test
  void aRepeatedChunkIsTakenOnce() {
    ScriptedReplica replica = follower(3, E1, 1, 1, Entry.noOp(1, E1));
    replica.step(new Input.Appoint(E3, 3));
    replica.persist();
    replica.promised(1, new LogPosition(E2, 4));
    FetchRequest first = replica.sent(FetchRequest.class, 1);
    FetchReply chunk = fetched(first, List.of(Entry.noOp(2, E2), Entry.noOp(3, E2)));
    replica.receive(chunk);

    replica.receive(chunk);

    assertTrue(replica.allSent(FetchRequest.class).isEmpty());
    assertEquals(new LogPosition(E2, 3), replica.status().last());
  }

  private static FetchReply fetched(FetchRequest request, List<Entry> entries) {
    return new FetchReply(
        request.to(),
        request.from(),
        request.epoch(),
        request.after(),
        request.limit(),
        true,
        entries,
        new LogPosition(E2, 4),
        0,
        new Promise(request.epoch(), request.from()),
        false);
  }

  @Test
  void aPeerGivesItsLogOnlyToTheCandidateItPromised() {
    ScriptedReplica replica = follower(1, E2, 3, 0, Entry.noOp(1, E1));

    replica.receive(new FetchRequest(3, 1, E2, LogPosition.START, 9));
    assertEquals(List.of(Entry.noOp(1, E1)), replica.sent(FetchReply.class, 3).entries());

    replica.step(new Input.Appoint(E3, 2));
    replica.receive(new FetchRequest(3, 1, E2, LogPosition.START, 9));
    FetchReply refused = replica.sent(FetchReply.class, 3);
    assertFalse(refused.matched());
    assertEquals(E3, refused.promise().epoch());
  }

  @Test
  void aCandidateOvertakenStepsDown() {
    ScriptedReplica replica = follower(3, Epochs.NONE, 0, 0);
    replica.step(new Input.Appoint(E1, 3));
    replica.persist();

    replica.receive(
        new PromiseReply(1, 3, E1, false, new Promise(E2, 2), false, LogPosition.START));

    assertEquals(Role.FOLLOWER, replica.status().role());
  }

  @Test
  void aCandidateThatNoMajorityCanPromiseStepsDown() {
    ScriptedReplica replica = follower(3, Epochs.NONE, 0, 0);
    replica.step(new Input.Appoint(E1, 3));
    replica.persist();
    Promise other = new Promise(E1, 2);

    replica.receive(new PromiseReply(1, 3, E1, false, other, false, LogPosition.START));
    assertEquals(Role.CANDIDATE, replica.status().role());

    replica.receive(new PromiseReply(2, 3, E1, false, other, false, LogPosition.START));
    assertEquals(Role.FOLLOWER, replica.status().role());
  }

  @Test
  void aLaterAppointmentEndsALeadershipAtOnce() {
    ScriptedReplica replica = follower(3, Epochs.NONE, 0, 0);
    replica.lead(E1, 1);
    replica.step(new Input.Prove(7));

    Effects effects = replica.step(new Input.Appoint(E2, 1));

    assertEquals(Role.FOLLOWER, replica.status().role());
    assertEquals(List.of(7L), effects.unproven());
    assertTrue(replica.propose("k").toPersist().isEmpty());
  }

  @Test
  void aLeaderHeedsNoOtherInItsEpoch() {
    ScriptedReplica replica = follower(3, Epochs.NONE, 0, 0);
    replica.lead(E1, 1);

    replica.receive(new AppendRequest(
        1, 3, E1, LogPosition.START, List.of(Entry.noOp(1, E1), Entry.noOp(2, E1)), 1, 1));

    assertEquals(Role.LEADER, replica.status().role());
    assertTrue(replica.last().toPersist().isEmpty());
    AppendReply reply = (AppendReply) replica.last().toSendOnceDurable().get(0);
    assertFalse(reply.accepted());
    assertEquals(new Promise(E1, 3), reply.promise());
  }

  @Test
  void aLeaderGivesUpAnEpochThatWasGivenOutTwice() {
    ScriptedReplica replica = follower(3, Epochs.NONE, 0, 0);
    replica.lead(E1, 1);

    replica.receive(new AppendReply(2, 3, E1, 1, false, 0, new Promise(E1, 2), false));

    assertEquals(Role.FOLLOWER, replica.status().role());
  }

  @Test
  void messagesOfStrangersAreDropped() {
    ScriptedReplica replica = follower(1, E1, 3, 0);

    replica.receive(new PromiseRequest(9, 1, E2));
    assertTrue(replica.last().toSendOnceDurable().isEmpty());
    replica.receive(new PromiseRequest(3, 2, E2));
    assertTrue(replica.last().toSendOnceDurable().isEmpty());
    assertEquals(E1, replica.status().promised());
  }

  @Test
  void allKindsOfMessageAreListedForTheWire() {
    assertEquals(
        Set.of(PrimaryBackupMessage.class.getPermittedSubclasses()),
        Set.copyOf(PrimaryBackupMessage.TYPES));
  }

  @Test
  void aLoneReplicaLeadsByItself() {
    ScriptedReplica replica = new ScriptedReplica(1, List.of(1), DurableState.fresh());
    replica.step(new Input.Tick());
    assertFalse(replica.last().toPersist().orElseThrow().rebuilding());
    replica.step(new Input.Appoint(E1, 1));

    replica.persist();
    assertFalse(replica.status().established());
    replica.persist();

    assertTrue(replica.status().established());
    assertTrue(replica.status().quorate());
    assertEquals(List.of(3L), replica.step(new Input.Prove(3)).proven());
    assertEquals(Optional.empty(), replica.last().toPersist());
    assertTrue(replica.allSent(AppendReply.class).isEmpty());
  }
}
