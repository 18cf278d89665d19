package toystore.raft.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static toystore.raft.core.OneReplica.ELECTION_TICKS;
import static toystore.raft.core.OneReplica.HEARTBEAT_TICKS;
import static toystore.raft.core.OneReplica.at;
import static toystore.raft.core.OneReplica.entry;
import static toystore.raft.core.OneReplica.term;

import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.model.Role;
import toystore.raft.core.RaftMessage.SnapshotReply;
import toystore.raft.core.RaftMessage.TimeoutNow;
import toystore.raft.core.RaftMessage.VoteRequest;
import toystore.raft.core.RaftMessage.WatchRequest;
import toystore.replication.Effects;
import toystore.replication.Input;

/** Who is waited for, and how long: section 6.2 of the dissertation, and slow machines. */
class RaftPatienceTest {
  private static final int DISK_PATIENCE_TICKS = 7 * ELECTION_TICKS;

  /** A follower watches its leader, so that it learns at once of a process that has ended. */
  @Test
  void aFollowerWatchesItsLeader() {
    OneReplica replica = OneReplica.withLog();
    replica.append(1, at(0, 0), 0);

    replica.tick(HEARTBEAT_TICKS);

    assertEquals(
        List.of(2),
        replica.only(WatchRequest.class).stream().map(WatchRequest::to).toList());
  }

  /** A leader whose connection broke is not waited for. */
  @Test
  void aBrokenConnectionToTheLeaderStartsAnElectionSoon() {
    OneReplica replica = OneReplica.withLog();
    replica.append(1, at(0, 0), 0);

    replica.step(new Input.Unreachable(2));
    replica.tick(4);

    assertFalse(replica.only(VoteRequest.class).isEmpty());
  }

  // 6.2 and 6.4, leaders that are none any more, and reads.

  /**
   * "A leader steps down if an election timeout elapses without a successful round of heartbeats".
   */
  @Test
  void aLeaderThatNobodyAnswersStepsDown() {
    OneReplica replica = OneReplica.leader();

    replica.tick(2 * ELECTION_TICKS);

    assertFalse(replica.core.status().role() == Role.LEADER, "leads without a majority");
    assertEquals(term(2), replica.core.status().promised());
  }

  /** A pause that no follower would stand for deposes no leader. */
  @Test
  void aLeaderWaitsAsLongAsAnyFollowerWould() {
    OneReplica replica = OneReplica.leader();
    replica.tick(HEARTBEAT_TICKS);
    replica.accept(2, 1);

    replica.tick(2 * ELECTION_TICKS - 1);
    assertEquals(Role.LEADER, replica.core.status().role());
    replica.tick(1);

    assertEquals(Role.FOLLOWER, replica.core.status().role());
  }

  /** As on a machine where everything takes long. */
  @Test
  void aLeaderWaitsLongerForFollowersThatAreSlowOfLate() {
    OneReplica replica = OneReplica.leader();
    for (int answer = 0; answer < 5; answer++) {
      replica.tick(ELECTION_TICKS);
      replica.accept(2, 1);
    }

    replica.tick(3 * ELECTION_TICKS);
    assertEquals(Role.LEADER, replica.core.status().role());
    replica.tick(ELECTION_TICKS);

    assertEquals(Role.FOLLOWER, replica.core.status().role());
  }

  /** Its only follower is cold, and busy with what it lacks. */
  @Test
  void aLeaderWaitsLongerForAFollowerThatIsFarBehind() {
    OneReplica replica = OneReplica.leader();
    replica.propose("a", "b", "c", "d", "e", "f");

    replica.tick(9 * ELECTION_TICKS);
    assertEquals(Role.LEADER, replica.core.status().role());
    replica.tick(ELECTION_TICKS);

    assertEquals(Role.FOLLOWER, replica.core.status().role());
  }

  @Test
  void aFollowerWaitsLongerForALeaderThatIsSlowOfLate() {
    OneReplica replica = OneReplica.withLog();
    for (int sign = 0; sign < 5; sign++) {
      replica.append(1, at(0, 0), 0);
      replica.tick(ELECTION_TICKS - 2);
    }
    replica.append(1, at(0, 0), 0);

    replica.tick(3 * ELECTION_TICKS);
    assertEquals(List.of(), replica.only(VoteRequest.class));
    replica.tick(2 * ELECTION_TICKS);

    assertFalse(replica.only(VoteRequest.class).isEmpty());
  }

  /** Nor does it vote against that leader meanwhile. */
  @Test
  void whoHearsASlowLeaderIsDeafToCandidates() {
    OneReplica replica = OneReplica.withLog();
    for (int sign = 0; sign < 5; sign++) {
      replica.append(1, at(0, 0), 0);
      replica.tick(ELECTION_TICKS - 2);
    }
    replica.append(1, at(0, 0), 0);
    replica.tick(2 * ELECTION_TICKS);

    assertEquals(
        List.of(false), replica.votes(new VoteRequest(3, 1, term(9), at(1, 9), false, false)));
  }

  /** A leader whose disk says nothing could answer nobody, though its followers have it all. */
  @Test
  void aLeaderWhoseDiskHangsGivesUp() {
    OneReplica replica = OneReplica.leader();
    replica.holdDisk();
    replica.propose("a");

    replica.tickWhileAnswered(DISK_PATIENCE_TICKS - 1, 2, 3);
    assertEquals(Role.LEADER, replica.core.status().role());
    replica.tickWhileAnswered(1, 2, 3);

    assertEquals(Role.FOLLOWER, replica.core.status().role());
  }

  /** Stalls depose nobody, however many, as long as each of them ends. */
  @Test
  void aLeaderWhoseDiskStallsLeadsOn() {
    OneReplica replica = OneReplica.leader();

    for (String key : List.of("a", "b", "c")) {
      replica.holdDisk();
      replica.propose(key);
      replica.tickWhileAnswered(DISK_PATIENCE_TICKS - 1, 2, 3);
      replica.releaseDisk();
      replica.tickWhileAnswered(ELECTION_TICKS, 2, 3);
    }

    assertEquals(Role.LEADER, replica.core.status().role());
  }

  /** A disk that is slow, but gets on, is no reason to give up either. */
  @Test
  void aLeaderThatAlwaysHasAWriteUnderWayLeadsOn() {
    OneReplica replica = OneReplica.leader();
    replica.holdDisk();
    replica.propose("a");

    for (String key : List.of("b", "c", "d")) {
      replica.tickWhileAnswered(DISK_PATIENCE_TICKS - 1, 2, 3);
      replica.propose(key);
      replica.finishOneWrite();
    }

    assertEquals(Role.LEADER, replica.core.status().role());
  }

  /** Who cannot write does not stand, asked or not; once it can, it does. */
  @Test
  void aReplicaWhoseDiskHangsDoesNotStand() {
    OneReplica replica = OneReplica.withLog(1);
    replica.holdDisk();
    replica.append(1, at(1, 1), 1, entry(1, 2));
    for (int tick = 0; tick < DISK_PATIENCE_TICKS; tick++) {
      replica.append(1, at(1, 2), 1);
      replica.tick(1);
    }

    replica.tick(4 * ELECTION_TICKS);
    replica.receive(new TimeoutNow(2, 1, term(1)));
    assertEquals(List.of(), replica.only(VoteRequest.class));
    replica.releaseDisk();
    replica.tick(2 * ELECTION_TICKS);

    assertFalse(replica.only(VoteRequest.class).isEmpty());
  }

  /** Who answers, but has written nothing for long, brings no order to a majority's disks. */
  @Test
  void aFollowerThatGetsNothingWrittenMakesNoMajority() {
    OneReplica replica = OneReplica.leader();
    replica.tickWhileAnswered(DISK_PATIENCE_TICKS, 2);
    replica.propose("a");

    replica.tickWhileAnswered(DISK_PATIENCE_TICKS - 1, 2);
    assertTrue(replica.core.status().quorate());
    replica.tickWhileAnswered(1, 2);
    assertFalse(replica.core.status().quorate());
    replica.accept(2, 2);

    assertTrue(replica.core.status().quorate());
  }

  /** The last pieces of a snapshot are steps forward, though no entry of the log is one. */
  @Test
  void aFollowerThatHasNearlyTakenInASnapshotMakesAMajority() {
    OneReplica replica = OneReplica.leader();
    replica.propose("a", "b", "c");
    replica.accept(2, 4);
    replica.step(new RaftInput.Saved(4));
    replica.tickWhileAnswered(2 * ELECTION_TICKS, 3);
    RaftCommand.ReadSnapshot read = replica.commands.stream()
        .filter(RaftCommand.ReadSnapshot.class::isInstance)
        .map(RaftCommand.ReadSnapshot.class::cast)
        .findFirst()
        .orElseThrow();
    replica.tickWhileAnswered(DISK_PATIENCE_TICKS, 3);
    assertFalse(replica.core.status().quorate());

    replica.receive(new SnapshotReply(3, 1, term(2), 0, read.state(), 2, false, true));
    assertFalse(replica.core.status().quorate(), "that may take long");
    replica.receive(new SnapshotReply(3, 1, term(2), 0, read.state(), 4, false, true));

    assertTrue(replica.core.status().quorate());
  }

  /** A leader whose disk stalls is up, and its followers must not think otherwise. */
  @Test
  void aWatchIsAnsweredWhileTheDiskStalls() {
    OneReplica replica = OneReplica.leader();
    replica.holdDisk();
    replica.propose("a");

    Effects effects = replica.receive(new WatchRequest(2, 1, term(2)));

    assertEquals(List.of(new RaftMessage.WatchReply(1, 2, term(2))), effects.toSend());
  }

  @Test
  void aFollowerWatchesItsLeaderByOneQuestionAtATime() {
    OneReplica replica = OneReplica.withLog(2);
    replica.heartbeat(2, at(2, 1));

    replica.tick(4 * HEARTBEAT_TICKS);
    assertEquals(1, replica.only(WatchRequest.class).size());
    replica.receive(new RaftMessage.WatchReply(2, 1, term(2)));
    replica.tick(1);

    assertEquals(2, replica.only(WatchRequest.class).size());
  }
}
