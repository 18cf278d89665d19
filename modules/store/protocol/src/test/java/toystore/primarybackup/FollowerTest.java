package toystore.primarybackup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static toystore.primarybackup.ScriptedReplica.E1;
import static toystore.primarybackup.ScriptedReplica.E2;
import static toystore.primarybackup.ScriptedReplica.follower;
import static toystore.primarybackup.ScriptedReplica.order;

import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.model.LogPosition;
import toystore.primarybackup.PrimaryBackupMessage.AppendReply;
import toystore.primarybackup.PrimaryBackupMessage.AppendRequest;
import toystore.replication.DurableState;
import toystore.replication.Effects;
import toystore.replication.Effects.Promise;
import toystore.replication.Effects.Write;
import toystore.replication.Entry;
import toystore.replication.Input;

/** What a follower does with appends. */
class FollowerTest {
  private static final Entry ONE = Entry.noOp(1, E1);
  private static final Entry TWO = order(2, E1, "a");
  private static final Entry THREE = order(3, E1, "b");

  private static AppendRequest append(
      long epoch, LogPosition previous, long committed, Entry... entries) {
    return new AppendRequest(3, 1, epoch, previous, List.of(entries), committed, 8);
  }

  @Test
  void anAppendIsAcknowledgedOnceDurable() {
    ScriptedReplica replica = follower(1, E1, 3, 0, ONE);

    Effects effects = replica.receive(append(E1, ONE.position(), 0, TWO, THREE));

    assertEquals(List.of(TWO, THREE), effects.toPersist().orElseThrow().append());
    assertTrue(effects.toSend().isEmpty());
    AppendReply reply = replica.sent(AppendReply.class, 3);
    assertTrue(reply.accepted());
    assertEquals(3, reply.match());
    assertEquals(8, reply.round());
  }

  @Test
  void aLowerEpochIsRefused() {
    ScriptedReplica replica = follower(1, E2, 2, 0, ONE);

    Effects effects = replica.receive(append(E1, ONE.position(), 1, TWO));

    assertTrue(effects.toPersist().isEmpty());
    AppendReply reply = replica.sent(AppendReply.class, 3);
    assertFalse(reply.accepted());
    assertEquals(new Promise(E2, 2), reply.promise());
    assertEquals(0, replica.status().committed());
  }

  @Test
  void aHigherEpochIsPromisedInTheSameWrite() {
    ScriptedReplica replica = follower(1, E1, 2, 0, ONE);

    Write write = replica
        .receive(append(E2, ONE.position(), 0, Entry.noOp(2, E2)))
        .toPersist()
        .orElseThrow();

    assertEquals(new Promise(E2, 3), write.promise());
    assertEquals(1, write.append().size());
  }

  @Test
  void thePreviousEntryMustMatch() {
    ScriptedReplica replica = follower(1, E2, 3, 1, ONE, TWO, THREE);

    replica.receive(append(E2, new LogPosition(E1, 9), 0, Entry.noOp(10, E2)));
    assertFalse(replica.sent(AppendReply.class, 3).accepted());
    assertEquals(3, replica.sent(AppendReply.class, 3).match());

    replica.receive(append(E2, new LogPosition(E2, 3), 0, Entry.noOp(4, E2)));
    assertFalse(replica.sent(AppendReply.class, 3).accepted());
    assertEquals(1, replica.sent(AppendReply.class, 3).match());
    assertEquals(THREE.position(), replica.status().last());
  }

  @Test
  void onlyAConflictTruncatesAndOnlyFromThere() {
    ScriptedReplica replica = follower(1, E2, 3, 1, ONE, TWO, THREE);

    Entry newThree = Entry.noOp(3, E2);
    Write write = replica
        .receive(append(E2, ONE.position(), 0, TWO, newThree))
        .toPersist()
        .orElseThrow();

    assertEquals(3, write.truncateFrom());
    assertEquals(List.of(newThree), write.append());
  }

  @Test
  void aLateAppendRemovesNothing() {
    ScriptedReplica replica = follower(1, E1, 3, 0, ONE, TWO, THREE);

    replica.receive(append(E1, ONE.position(), 0, TWO));
    assertEquals(2, replica.sent(AppendReply.class, 3).match());
    replica.receive(append(E1, LogPosition.START, 0));
    assertEquals(0, replica.sent(AppendReply.class, 3).match());

    assertEquals(THREE.position(), replica.status().last());
  }

  @Test
  void truncatingACommittedEntryIsABug() {
    ScriptedReplica replica = follower(1, E1, 3, 2, ONE, TWO);

    assertThrows(
        IllegalStateException.class,
        () -> replica.receive(append(E2, ONE.position(), 0, Entry.noOp(2, E2))));
  }

  @Test
  void committedNeverPassesWhatThisRequestProved() {
    ScriptedReplica replica = follower(1, E2, 3, 1, ONE, TWO, THREE);

    Effects effects = replica.receive(append(E2, ONE.position(), 3, TWO));

    assertEquals(2, replica.status().committed());
    assertEquals(3, replica.status().known());
    assertEquals(List.of(TWO), effects.toApply());
  }

  @Test
  void committedNeverFallsAndAppliesOnce() {
    ScriptedReplica replica = follower(1, E1, 3, 0, ONE, TWO);

    replica.receive(append(E1, TWO.position(), 2));
    replica.receive(append(E1, ONE.position(), 1, TWO));
    replica.receive(append(E1, TWO.position(), 2));

    assertEquals(2, replica.status().committed());
    assertEquals(List.of(ONE, TWO), replica.applied());
  }

  /** The orders that are applied are written all the same, and tell as much after a restart. */
  @Test
  void aLatelyKnownCommittedIndexIsNoReasonForAWrite() {
    ScriptedReplica replica = follower(1, E1, 3, 0, ONE, TWO);
    Effects effects = replica.receive(append(E1, TWO.position(), 2));

    assertEquals(List.of(ONE, TWO), effects.toApply());
    assertTrue(effects.toPersist().isEmpty());
    assertTrue(replica.ticks(1).toPersist().isEmpty());
  }

  @Test
  void whatIsCommittedButNotAppliedAtTheStartIsAppliedFirst() {
    ScriptedReplica replica = new ScriptedReplica(
        1,
        List.of(1, 2, 3),
        new DurableState(List.of(ONE, TWO, THREE), new Promise(E1, 3), 2, 1, false));

    replica.ticks(1);

    assertEquals(List.of(TWO), replica.applied());
  }

  @Test
  void anEpochThatIsPromisedToOneIsNotHeededFromAnother() {
    ScriptedReplica replica = follower(1, E1, 3, 0, ONE);

    replica.receive(new AppendRequest(2, 1, E1, ONE.position(), List.of(Entry.noOp(2, E1)), 1, 1));

    AppendReply reply = replica.sent(AppendReply.class, 2);
    assertFalse(reply.accepted());
    assertEquals(new Promise(E1, 3), reply.promise());
    assertEquals(3, replica.status().leader());
    assertEquals(0, replica.status().known());
    assertTrue(replica.last().toPersist().isEmpty());
  }

  @Test
  void aPromiseWhoseLeaderIsNotKnownIsFilledInByItsFirstAppend() {
    ScriptedReplica replica = follower(1, E1, 0, 0, ONE);

    replica.receive(append(E1, ONE.position(), 0, Entry.noOp(2, E1)));

    assertEquals(3, replica.status().leader());
  }

  @Test
  void aFollowerProvesNothing() {
    ScriptedReplica replica = follower(1, E1, 3, 0, ONE);

    assertEquals(List.of(5L), replica.step(new Input.Prove(5)).unproven());
  }
}
