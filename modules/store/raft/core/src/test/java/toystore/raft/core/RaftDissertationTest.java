package toystore.raft.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static toystore.raft.core.OneReplica.ELECTION_TICKS;
import static toystore.raft.core.OneReplica.HEARTBEAT_TICKS;
import static toystore.raft.core.OneReplica.at;
import static toystore.raft.core.OneReplica.term;

import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.model.LogPosition;
import toystore.raft.core.RaftMessage.AppendReply;
import toystore.raft.core.RaftMessage.VoteReply;
import toystore.raft.core.RaftMessage.VoteRequest;
import toystore.replication.Effects;
import toystore.replication.Input;

/** One test per rule of the dissertation's chapters that go beyond the paper, section cited. */
class RaftDissertationTest {
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
}
