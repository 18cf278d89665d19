package toystore.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static toystore.raft.OneReplica.ELECTION_TICKS;
import static toystore.raft.OneReplica.HEARTBEAT_TICKS;
import static toystore.raft.OneReplica.at;
import static toystore.raft.OneReplica.entry;
import static toystore.raft.OneReplica.term;

import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.raft.RaftMessage.AppendReply;
import toystore.raft.RaftMessage.AppendRequest;
import toystore.raft.RaftMessage.RecoverReply;
import toystore.raft.RaftMessage.RecoverRequest;
import toystore.raft.RaftMessage.SnapshotReply;
import toystore.raft.RaftMessage.SnapshotRequest;
import toystore.raft.RaftMessage.TimeoutNow;
import toystore.raft.RaftMessage.VoteReply;
import toystore.raft.RaftMessage.VoteRequest;
import toystore.replication.Effects;
import toystore.replication.Effects.Fact;
import toystore.replication.Effects.Promise;
import toystore.replication.Entry;
import toystore.replication.Input;
import toystore.replication.LogPosition;
import toystore.replication.Role;

/** One test per rule of the dissertation's chapters that go beyond the paper, section cited. */
class RaftDissertationTest {

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
    OneReplica replica = new OneReplica(
        new RaftOptions(1, List.of(2, 3), ELECTION_TICKS, HEARTBEAT_TICKS, 4, 2, 0, true, 42),
        new Restored(new Promise(term(1), 0), LogPosition.START, List.of(), LogPosition.START),
        Rule.ALL);
    replica.elect(2);
    replica.accept(2, 1);
    for (int tick = 0; tick < ELECTION_TICKS; tick++) {
      replica.accept(2, 1);
      replica.tick(1);
    }
    assertEquals(List.of(), replica.only(TimeoutNow.class));

    replica.accept(3, 1);
    replica.tick(ELECTION_TICKS);

    assertEquals(3, replica.only(TimeoutNow.class).get(0).to());
  }

  // 4.2.3, disruptive servers.

  /** "If a server receives a RequestVote within the minimum election timeout of hearing from a leader, it does not update its term or grant its vote". */
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

  /** A leader whose connection broke is not waited for. */
  @Test
  void aBrokenConnectionToTheLeaderStartsAnElectionSoon() {
    OneReplica replica = OneReplica.withLog();
    replica.append(1, at(0, 0), 0);

    replica.step(new Input.Unreachable(2));
    replica.tick(4);

    assertFalse(replica.only(VoteRequest.class).isEmpty());
  }

  // 5, compaction.

  /** "The leader must send a snapshot when it has discarded the next entry to send" (Raft 7). */
  @Test
  void aFollowerBehindTheLogGetsASnapshotInPieces() {
    OneReplica replica = compactedLeader();

    replica.refuse(3, 2, at(0, 0));
    assertEquals(List.of(new RaftCommand.ReadSnapshot(3, at(2, 2), 0)), snapshotReads(replica));
    replica.step(new RaftInput.SnapshotRead(3, new SnapshotChunk(at(2, 2), 0, 7, false, "one")));
    assertEquals("one", replica.only(SnapshotRequest.class).get(0).chunk().data());
    replica.receive(reply(at(2, 2), 7, false));

    assertEquals(
        new RaftCommand.ReadSnapshot(3, at(2, 2), 7), snapshotReads(replica).get(1));
  }

  private static OneReplica compactedLeader() {
    OneReplica replica = OneReplica.leader();
    replica.propose("a");
    replica.accept(2, 2);
    replica.step(new RaftInput.Saved(2));
    replica.propose("b");
    replica.accept(2, 3);
    replica.step(new Input.Unreachable(3));
    replica.tick(HEARTBEAT_TICKS);
    replica.sent.clear();
    return replica;
  }

  private static List<RaftCommand> snapshotReads(OneReplica replica) {
    return replica.commands.stream()
        .filter(RaftCommand.ReadSnapshot.class::isInstance)
        .map(RaftCommand.class::cast)
        .toList();
  }

  private static SnapshotReply reply(LogPosition state, long next, boolean installed) {
    return new SnapshotReply(3, 1, term(2), 0, state, next, installed, true);
  }

  /** A piece that got no answer is sent again; the transfer goes on where it was. */
  @Test
  void aLostPieceIsSentAgain() {
    OneReplica replica = compactedLeader();
    replica.refuse(3, 2, at(0, 0));
    replica.step(new RaftInput.SnapshotRead(3, new SnapshotChunk(at(2, 2), 0, 7, false, "one")));
    replica.sent.clear();

    for (int round = 0; round < 4; round++) {
      replica.tick(HEARTBEAT_TICKS);
      replica.accept(2, 3);
    }

    assertEquals(0, replica.only(SnapshotRequest.class).get(0).chunk().offset());
  }

  /** After the snapshot come the entries behind it, and none is missing between. */
  @Test
  void appendsGoOnBehindTheSnapshot() {
    OneReplica replica = compactedLeader();
    replica.refuse(3, 2, at(0, 0));
    replica.step(new RaftInput.SnapshotRead(3, new SnapshotChunk(at(2, 2), 0, 7, true, "all")));
    replica.sent.clear();

    replica.receive(reply(at(2, 2), 0, true));

    assertEquals(at(2, 2), replica.appendsTo(3).get(0).previous());
    assertEquals(1, replica.appendsTo(3).get(0).entries().size());
  }

  /** While a snapshot is under way, the log behind it stays. */
  @Test
  void theLogBehindASnapshotUnderWayStays() {
    OneReplica replica = compactedLeader();
    replica.refuse(3, 2, at(0, 0));
    replica.commands.clear();

    replica.step(new RaftInput.Saved(3));

    assertEquals(List.of(), replica.commands);
  }

  /** Figure 13: "Write data into snapshot file at given offset"; out of order, it says what it wants. */
  @Test
  void piecesAreTakenInOrder() {
    OneReplica replica = OneReplica.withLog();

    assertEquals(0, snapshot(replica, 7, 9, true).next());
    assertEquals(7, snapshot(replica, 0, 7, false).next());
    assertEquals(7, snapshot(replica, 0, 7, false).next());
    assertTrue(snapshot(replica, 7, 9, true).installed());
  }

  private static SnapshotReply snapshot(OneReplica replica, long from, long next, boolean last) {
    SnapshotChunk chunk = new SnapshotChunk(at(2, 5), from, next, last, "");
    replica.receive(new SnapshotRequest(2, 1, term(2), 0, chunk));
    List<SnapshotReply> replies = replica.only(SnapshotReply.class);
    return replies.get(replies.size() - 1);
  }

  /** Figure 13: "If existing entry has same index and term as last included, retain what follows". */
  @Test
  void aSnapshotKeepsTheLogBehindIt() {
    OneReplica replica = OneReplica.withLog(2, 2, 2, 2, 2, 2, 2);

    snapshot(replica, 0, 9, true);

    assertEquals(at(2, 5), replica.core.log().base());
    assertEquals(at(2, 7), replica.core.log().last());
  }

  /** Figure 13: "Discard the entire log; reset state machine using snapshot contents". */
  @Test
  void aSnapshotReplacesALogThatPartsFromIt() {
    OneReplica replica = OneReplica.withLog(1, 1, 1, 1, 1, 1, 1);

    snapshot(replica, 0, 9, true);

    assertEquals(at(2, 5), replica.core.log().last());
    assertEquals(5, replica.core.status().committed());
    assertTrue(replica.commands.contains(new RaftCommand.InstallSnapshot(at(2, 5))));
  }

  /** An append whose previous index is compacted is no conflict: what is compacted is committed. */
  @Test
  void aCompactedPreviousIndexMatches() {
    OneReplica replica = OneReplica.withLog(2, 2, 2, 2, 2, 2, 2);
    snapshot(replica, 0, 9, true);

    AppendReply reply = replica.append(
        2, at(2, 3), 7, Entry.noOp(4, term(2)), Entry.noOp(5, term(2)), Entry.noOp(6, term(2)));

    assertTrue(reply.accepted());
    assertEquals(at(2, 7), replica.core.log().last());
  }

  /** 5.1.3: the log keeps a tail, so that a follower a little behind needs no snapshot. */
  @Test
  void aTailOfTheLogIsKept() {
    OneReplica replica = new OneReplica(
        new RaftOptions(1, List.of(2, 3), ELECTION_TICKS, HEARTBEAT_TICKS, 4, 2, 3, false, 42),
        new Restored(new Promise(term(1), 0), LogPosition.START, List.of(), LogPosition.START),
        Rule.ALL);
    Entry[] entries = new Entry[9];
    for (int index = 1; index <= 9; index++) {
      entries[index - 1] = entry(1, index);
    }
    replica.append(1, at(0, 0), 9, entries);

    replica.step(new RaftInput.Saved(8));

    assertEquals(List.of(new RaftCommand.DropThrough(at(1, 5))), replica.commands);
  }

  // 6.2 and 6.4, leaders that are none any more, and reads.

  /** "A leader steps down if an election timeout elapses without a successful round of heartbeats". */
  @Test
  void aLeaderThatNobodyAnswersStepsDown() {
    OneReplica replica = OneReplica.leader();

    replica.tick(2 * ELECTION_TICKS);

    assertFalse(replica.core.status().role() == Role.LEADER);
    assertEquals(term(2), replica.core.status().promised());
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

  /** "A candidate only increments its term if it learns that a majority would grant it its vote". */
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

  /** 10.2.2: appends go out ahead of their answers, up to the window, and what waits goes together. */
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

  // A disk that is new or lost: what was on it, others relied on (Raft figure 2).

  /** It takes no part before all others have answered. */
  @Test
  void aReplicaWithoutMemoryNeitherVotesNorCounts() {
    OneReplica replica = OneReplica.of(Restored.NOTHING, Rule.ALL);
    VoteRequest request = new VoteRequest(3, 1, term(2), at(0, 0), false, false);

    assertEquals(List.of(false), replica.votes(request));
    assertFalse(replica.append(2, at(0, 0), 0, entry(2, 1)).voter());
    assertEquals(Role.REBUILDING, replica.core.status().role());
  }

  /** What it writes meanwhile is no memory either: a restart finds it rebuilding still. */
  @Test
  void whileItRebuildsItWritesNoPromise() {
    OneReplica replica = OneReplica.of(Restored.NOTHING, Rule.ALL);

    Effects effects =
        replica.receive(new AppendRequest(2, 1, term(2), at(0, 0), List.of(entry(2, 1)), 0, 0));

    assertEquals(Promise.NONE, effects.toPersist().orElseThrow().promise());
    assertTrue(effects.toPersist().orElseThrow().rebuilding());
  }

  /** It takes part when it has what the best of the others had; it abstains in the term at hand. */
  @Test
  void aReplicaThatHasFetchedEverythingTakesPart() {
    OneReplica replica = OneReplica.of(Restored.NOTHING, Rule.ALL);
    replica.tick(1);
    long life = replica.only(RecoverRequest.class).get(0).life();
    replica.receive(new RecoverReply(2, 1, life, term(4), at(2, 1)));
    replica.receive(new RecoverReply(3, 1, life + 1, term(9), at(0, 0)));
    replica.append(2, at(0, 0), 0, entry(2, 1));
    assertEquals(Role.REBUILDING, replica.core.status().role());

    replica.receive(new RecoverReply(3, 1, life, term(3), at(0, 0)));

    assertEquals(Role.FOLLOWER, replica.core.status().role());
    VoteRequest request = new VoteRequest(3, 1, term(4), at(3, 9), false, false);
    assertEquals(List.of(false), replica.votes(request));
  }

  /** Where all logs are empty, a new store begins. */
  @Test
  void aNewGroupBeginsWhenAllHaveAnswered() {
    OneReplica replica = OneReplica.of(Restored.NOTHING, Rule.ALL);
    replica.tick(1);
    long life = replica.only(RecoverRequest.class).get(0).life();

    replica.receive(new RecoverReply(2, 1, life, 0, LogPosition.START));
    replica.receive(new RecoverReply(3, 1, life, 0, LogPosition.START));

    assertEquals(Role.FOLLOWER, replica.core.status().role());
    assertEquals(term(1), replica.core.status().promised());
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
}
