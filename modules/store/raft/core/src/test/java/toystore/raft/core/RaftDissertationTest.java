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
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import toystore.model.LogPosition;
import toystore.model.Role;
import toystore.raft.core.RaftMessage.AppendReply;
import toystore.raft.core.RaftMessage.AppendRequest;
import toystore.raft.core.RaftMessage.SnapshotReply;
import toystore.raft.core.RaftMessage.TimeoutNow;
import toystore.raft.core.RaftMessage.VoteReply;
import toystore.raft.core.RaftMessage.VoteRequest;
import toystore.raft.core.RaftMessage.WatchRequest;
import toystore.replication.Effects;
import toystore.replication.Effects.Fact;
import toystore.replication.Input;

/** One test per rule of the dissertation's chapters that go beyond the paper, section cited. */
class RaftDissertationTest {
  private static final int DISK_PATIENCE_TICKS = 7 * ELECTION_TICKS;

  // 3.10, leadership transfer.

  /** "The prior leader stops accepting new client requests"; ours go on if it comes to nothing. */
  @Test
  void purchasesWaitWhileTheOfficeIsHandedOver() {
    OneReplica replica = OneReplica.leader();
    replica.step(new Input.Resign());

    replica.propose("a");
    assertEquals(List.of(2L), replica.terms());
    for (int tick = 0; tick < ELECTION_TICKS; tick++) {
      replica.accept(2, 1);
      replica.tick(1);
    }

    assertEquals(List.of(2L, 2L), replica.terms());
  }

  /** "The prior leader sends a TimeoutNow request", once the target's log matches its own. */
  @Test
  void theSuccessorIsUrgedOnceItIsLevel() {
    OneReplica replica = OneReplica.leader();
    replica.propose("a");
    replica.step(new Input.Resign());
    assertEquals(List.of(), replica.only(TimeoutNow.class));

    replica.accept(2, 2);

    assertEquals(2, replica.only(TimeoutNow.class).get(0).to());
  }

  /** The target stands at once, and says that the leader wants it so. */
  @Test
  void whoIsUrgedStandsAtOnce() {
    OneReplica replica = OneReplica.withLog();
    replica.append(1, at(0, 0), 0);

    replica.receive(new TimeoutNow(2, 1, term(1)));

    assertTrue(replica.only(VoteRequest.class).stream().allMatch(VoteRequest::transfer));
  }

  /** Where configured, the highest id gets the office once it is level. */
  @Test
  void theHighestIdGetsTheOfficeWhereConfigured() {
    OneReplica replica = leaderThatHandsOver();
    tickWhileAnswered(replica, ELECTION_TICKS, 2);
    assertEquals(List.of(), replica.only(TimeoutNow.class));

    replica.accept(3, 1);
    replica.tick(ELECTION_TICKS);

    assertEquals(3, replica.only(TimeoutNow.class).get(0).to());
  }

  /** An office that was not taken is not offered again at once: purchases wait meanwhile. */
  @Test
  void aHandOverThatCameToNothingIsNotRepeatedSoon() {
    OneReplica replica = leaderThatHandsOver();

    tickWhileAnswered(replica, 25 * ELECTION_TICKS, 2, 3);
    assertEquals(1, offers(replica));
    tickWhileAnswered(replica, 15 * ELECTION_TICKS, 2, 3);

    assertEquals(2, offers(replica));
  }

  private static long offers(OneReplica replica) {
    return replica.facts.stream().filter(new Fact.Note("handsOverTo=3")::equals).count();
  }

  private static OneReplica leaderThatHandsOver() {
    OneReplica replica = OneReplica.with(new RaftOptions.LogBounds(4, 2, 0), true, 42);
    replica.elect(2);
    replica.accept(2, 1);
    return replica;
  }

  private static void tickWhileAnswered(OneReplica replica, int ticks, int... peers) {
    for (int tick = 0; tick < ticks; tick++) {
      for (int peer : peers) {
        replica.accept(peer, 1);
      }
      replica.tick(1);
    }
  }

  // 4.2.3, disruptive servers.

  /**
   * "If a server receives a RequestVote within the minimum election timeout of hearing from a
   * leader, it does not update its term or grant its vote".
   */
  @Test
  void whoHearsALeaderIsDeafToCandidates() {
    OneReplica replica = OneReplica.withLog();
    replica.append(1, at(0, 0), 0);

    VoteRequest request = new VoteRequest(3, 1, term(9), at(1, 9), false, false);
    assertEquals(List.of(false), replica.votes(request));

    assertEquals(term(1), replica.core.status().promised());
  }

  /** "...unless it was asked for by the leader itself" (3.10). */
  @Test
  void aTransferIsHeardAllTheSame() {
    OneReplica replica = OneReplica.withLog();
    replica.append(1, at(0, 0), 0);

    VoteRequest request = new VoteRequest(3, 1, term(2), at(0, 0), false, true);
    assertEquals(List.of(true), replica.votes(request));
  }

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

    tickWhileAnswered(replica, DISK_PATIENCE_TICKS - 1, 2, 3);
    assertEquals(Role.LEADER, replica.core.status().role());
    tickWhileAnswered(replica, 1, 2, 3);

    assertEquals(Role.FOLLOWER, replica.core.status().role());
  }

  /** Stalls depose nobody, however many, as long as each of them ends. */
  @Test
  void aLeaderWhoseDiskStallsLeadsOn() {
    OneReplica replica = OneReplica.leader();

    for (String key : List.of("a", "b", "c")) {
      replica.holdDisk();
      replica.propose(key);
      tickWhileAnswered(replica, DISK_PATIENCE_TICKS - 1, 2, 3);
      replica.releaseDisk();
      tickWhileAnswered(replica, ELECTION_TICKS, 2, 3);
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
      tickWhileAnswered(replica, DISK_PATIENCE_TICKS - 1, 2, 3);
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
    tickWhileAnswered(replica, DISK_PATIENCE_TICKS, 2);
    replica.propose("a");

    tickWhileAnswered(replica, DISK_PATIENCE_TICKS - 1, 2);
    assertTrue(replica.core.status().quorate());
    tickWhileAnswered(replica, 1, 2);
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
    tickWhileAnswered(replica, 2 * ELECTION_TICKS, 3);
    RaftCommand.ReadSnapshot read = replica.commands.stream()
        .filter(RaftCommand.ReadSnapshot.class::isInstance)
        .map(RaftCommand.ReadSnapshot.class::cast)
        .findFirst()
        .orElseThrow();
    tickWhileAnswered(replica, DISK_PATIENCE_TICKS, 3);
    assertFalse(replica.core.status().quorate());

    replica.receive(new SnapshotReply(3, 1, term(2), 0, read.state(), 2, false, true));
    assertFalse(replica.core.status().quorate(), "that may take long");
    replica.receive(new SnapshotReply(3, 1, term(2), 0, read.state(), 4, false, true));

    assertTrue(replica.core.status().quorate());
  }

  /** "If the leader has not yet committed an entry from its current term, it waits". */
  @Test
  void readsWaitForACommitInTheOwnTerm() {
    OneReplica replica = OneReplica.withLog();
    replica.elect(2);
    replica.step(new Input.Prove(1));
    replica.tick(HEARTBEAT_TICKS);
    replica.accept(2, 0);
    assertEquals(List.of(), replica.proven);

    replica.accept(2, 1);
    replica.accept(2, 1);

    assertEquals(List.of(1L), replica.proven);
  }

  /** "It issues a new round of heartbeats and waits for a majority"; many reads share a round. */
  @Test
  void oneRoundProvesAllReadsBeforeIt() {
    OneReplica replica = OneReplica.leader();
    replica.step(new Input.Prove(1));
    long firstRound = replica.lastRound();
    replica.step(new Input.Prove(2));
    replica.step(new Input.Prove(3));
    assertEquals(1, replica.appendsTo(2).size());

    replica.accept(2, 1);
    assertEquals(List.of(1L), replica.proven);
    assertEquals(firstRound + 1, replica.lastRound());
    replica.accept(2, 1);

    assertEquals(List.of(1L, 2L, 3L), replica.proven);
  }

  /** "The leader waits for its state machine to advance at least as far as the readIndex". */
  @Test
  void aReadWaitsUntilWhatWasCommittedIsApplied() {
    OneReplica replica = OneReplica.leader();
    replica.holdDisk();
    replica.propose("a");
    replica.accept(2, 2);
    replica.accept(3, 2);
    assertEquals(2, replica.core.status().committed());
    replica.step(new Input.Prove(1));
    replica.accept(2, 2);
    assertEquals(List.of(), replica.proven);

    replica.releaseDisk();

    assertEquals(List.of(1L), replica.proven);
  }

  /** A replica that does not lead proves nothing; nor does one that has just lost its office. */
  @Test
  void onlyALeaderProves() {
    OneReplica replica = OneReplica.leader();
    replica.step(new Input.Prove(1));
    replica.receive(new AppendReply(2, 1, term(9), 0, false, 1, LogPosition.START, true));
    replica.step(new Input.Prove(2));

    assertEquals(List.of(1L, 2L), replica.unproven);
    assertEquals(List.of(), replica.proven);
  }

  // 9.6, pre-vote.

  /**
   * "A candidate only increments its term if it learns that a majority would grant it its vote".
   */
  @Test
  void aCandidateAsksBeforeItStands() {
    OneReplica replica = OneReplica.withLog();
    replica.tick(2 * ELECTION_TICKS);
    assertTrue(replica.only(VoteRequest.class).stream().allMatch(VoteRequest::probe));
    assertEquals(term(1), replica.core.status().promised());

    replica.receive(new VoteReply(3, 1, term(2), true, true));

    assertEquals(term(2), replica.core.status().promised());
  }

  /** A probe changes nothing at the one who answers it. */
  @Test
  void aProbeIsAnsweredWithoutAVote() {
    OneReplica replica = OneReplica.withLog();

    Effects effects = replica.receive(new VoteRequest(3, 1, term(2), at(0, 0), true, false));

    assertTrue(effects.toPersist().isEmpty());
    assertTrue(replica.only(VoteReply.class).get(0).granted());
  }

  /** "...if the candidate's log is up-to-date and the voter hears no leader". */
  @Test
  void aProbeByALogBehindIsRefused() {
    OneReplica replica = OneReplica.withLog(1, 1);

    VoteRequest request = new VoteRequest(3, 1, term(2), at(1, 1), true, false);
    assertEquals(List.of(false), replica.votes(request));
  }

  // 10.2, performance.

  /** 10.2.1: "The leader replicates to its followers while it writes to its own disk". */
  @Test
  void appendsLeaveWhileTheOwnDiskWrites() {
    OneReplica replica = OneReplica.leader();
    replica.holdDisk();

    replica.propose("a");

    assertEquals(1, replica.appendsTo(2).get(0).entries().size());
  }

  /** 10.2.1: an entry may be committed by the followers' disks alone. */
  @Test
  void theLeaderCountsItselfOnlyOnceDurable() {
    OneReplica replica = OneReplica.leader();
    replica.holdDisk();
    replica.propose("a");

    replica.accept(2, 2);
    assertEquals(1, replica.core.status().committed());
    replica.accept(3, 2);

    assertEquals(2, replica.core.status().committed());
  }

  /**
   * 10.2.2: appends go out ahead of their answers, up to the window, and what waits goes together.
   */
  @Test
  void atMostAWindowOfAppendsIsInFlight() {
    OneReplica replica = OneReplica.leader();
    for (String key : List.of("a", "b", "c", "d")) {
      replica.propose(key);
    }
    assertEquals(2, replica.appendsTo(2).size());

    replica.accept(2, 2);

    AppendRequest third = replica.appendsTo(2).get(2);
    assertEquals(2, third.entries().size());
  }

  /** 10.2.1: what has piled up goes in batches, but none is larger than it may be. */
  @Test
  void aBatchIsNoLargerThanItMayBe() {
    OneReplica replica = OneReplica.leader();

    replica.propose("a", "b", "c", "d", "e", "f");

    assertEquals(
        List.of(4, 2),
        replica.appendsTo(2).stream().map(append -> append.entries().size()).toList());
  }

  /** 10.2.2: a heartbeat may overtake appends, so it names what is known to match. */
  @Test
  void aHeartbeatThatOvertakesAppendsIsAccepted() {
    OneReplica replica = streamsTwoEntries();
    replica.sent.clear();

    replica.step(new Input.Prove(1));
    replica.tick(HEARTBEAT_TICKS);

    assertEquals(
        Set.of(at(2, 1)),
        replica.appendsTo(2).stream().map(AppendRequest::previous).collect(Collectors.toSet()));
  }

  /** 10.2.2: appends whose loss nobody reports are found missing, and sent again. */
  @Test
  void appendsLostInSilenceAreSentAgain() {
    OneReplica replica = streamsTwoEntries();
    replica.sent.clear();
    for (int heartbeat = 0; heartbeat < 5; heartbeat++) {
      replica.accept(2, 1);
      replica.tick(HEARTBEAT_TICKS);
    }
    List<AppendRequest> asked = replica.appendsTo(2);
    assertEquals(at(2, 3), asked.get(asked.size() - 1).previous());
    assertTrue(asked.stream().allMatch(append -> append.entries().isEmpty()));

    replica.refuse(2, 3, at(2, 1));

    assertEquals(2, replica.appendsTo(2).get(asked.size()).entries().size());
  }

  /** The leader, with two appends in flight to 2. */
  private static OneReplica streamsTwoEntries() {
    OneReplica replica = OneReplica.leader();
    replica.propose("a");
    replica.propose("b");
    assertEquals(2, replica.appendsTo(2).size());
    return replica;
  }

  /** 10.2.2: an answer overtaken by a later one changes nothing. */
  @Test
  void answersOutOfOrderDoNoHarm() {
    OneReplica replica = OneReplica.leader();
    replica.propose("a");
    replica.propose("b");

    replica.accept(2, 3);
    replica.accept(2, 2);
    replica.refuse(2, 2, at(2, 1));

    assertEquals(3, replica.core.status().committed());
    assertEquals(2, replica.appendsTo(2).size());
  }

  /** The leader says when its log is the truth (6.4, step 1). */
  @Test
  void aLeaderIsEstablishedOnceItsNoOpIsCommitted() {
    OneReplica replica = OneReplica.withLog();
    replica.elect(2);
    assertFalse(replica.core.status().established());

    replica.accept(2, 1);

    assertTrue(replica.core.status().established());
    assertTrue(replica.facts.contains(new Fact.Established(term(2))));
  }

  /** 6.2: a leader whose followers answer leads, however long their disks take. */
  @Test
  void aHeartbeatIsAnsweredWhileTheDiskStalls() {
    OneReplica replica = OneReplica.withLog(2);
    replica.holdDisk();
    replica.append(2, at(2, 1), 1, entry(2, 2));

    Effects effects = heartbeat(replica, 2, at(2, 2));

    AppendReply reply = (AppendReply) effects.toSend().get(0);
    assertTrue(reply.accepted());
    assertEquals(7, reply.round());
    assertEquals(1, reply.index());
  }

  private static Effects heartbeat(OneReplica replica, long term, LogPosition previous) {
    return replica.receive(new AppendRequest(2, 1, term(term), previous, List.of(), 1, 7));
  }

  /** Once the entry is on disk, the heartbeat's answer says so. */
  @Test
  void aHeartbeatTellsWhatIsDurable() {
    OneReplica replica = OneReplica.withLog(2);
    replica.append(2, at(2, 1), 1, entry(2, 2));

    AppendReply reply = (AppendReply) heartbeat(replica, 2, at(2, 2)).toSend().get(0);

    assertEquals(2, reply.index());
  }

  /** A term that a crash could undo is not answered in. */
  @Test
  void aHeartbeatOfANewTermWaitsForTheDisk() {
    OneReplica replica = OneReplica.withLog(2);
    replica.holdDisk();

    assertEquals(List.of(), heartbeat(replica, 3, at(2, 1)).toSend());
    assertEquals(List.of(), heartbeat(replica, 3, at(2, 1)).toSend());
    replica.releaseDisk();

    assertEquals(1, heartbeat(replica, 3, at(2, 1)).toSend().size());
  }

  /** A snapshot that is being installed is not on disk yet. */
  @Test
  void aHeartbeatSaysNothingOfASnapshotThatIsNotDurable() {
    OneReplica replica = OneReplica.withLog(2);
    replica.holdDisk();
    SnapshotChunk all = new SnapshotChunk(at(2, 5), 0, 5, "");
    replica.receive(new RaftMessage.SnapshotRequest(2, 1, term(2), 0, all));

    AppendReply early = (AppendReply) heartbeat(replica, 2, at(2, 5)).toSend().get(0);
    replica.releaseDisk();
    AppendReply late = (AppendReply) heartbeat(replica, 2, at(2, 5)).toSend().get(0);

    assertTrue(early.index() < 5);
    assertEquals(5, late.index());
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
    heartbeat(replica, 2, at(2, 1));

    replica.tick(4 * HEARTBEAT_TICKS);
    assertEquals(1, replica.only(WatchRequest.class).size());
    replica.receive(new RaftMessage.WatchReply(2, 1, term(2)));
    replica.tick(1);

    assertEquals(2, replica.only(WatchRequest.class).size());
  }
}
