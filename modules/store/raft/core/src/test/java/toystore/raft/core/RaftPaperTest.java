package toystore.raft.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static toystore.raft.core.OneReplica.HEARTBEAT_TICKS;
import static toystore.raft.core.OneReplica.at;
import static toystore.raft.core.OneReplica.entry;
import static toystore.raft.core.OneReplica.term;
import static toystore.raft.core.OneReplica.vote;

import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.model.LogPosition;
import toystore.model.Role;
import toystore.raft.core.RaftMessage.AppendReply;
import toystore.raft.core.RaftMessage.AppendRequest;
import toystore.raft.core.RaftMessage.VoteReply;
import toystore.replication.Effects;
import toystore.replication.Effects.Promise;
import toystore.replication.Entry;
import toystore.replication.Input;

/**
 * One test per sentence of the Raft paper's figure 2, and of the sections it rests on: what a
 * replica answers, and what a leader does.
 */
class RaftPaperTest {
  // RequestVote RPC, figure 2.

  /** "Reply false if term &lt; currentTerm" (5.1). */
  @Test
  void refusesACandidateOfAnEarlierTerm() {
    OneReplica replica = OneReplica.withLog(3);

    assertEquals(List.of(false), replica.votes(vote(2, 2, at(2, 9))));
    assertEquals(term(3), replica.only(VoteReply.class).get(0).term());
  }

  /**
   * "Each server will vote for at most one candidate in a given term, first come first served"
   * (5.2).
   */
  @Test
  void votesOnceATermForWhoAsksFirst() {
    OneReplica replica = OneReplica.withLog();

    assertEquals(
        List.of(true, false, true),
        replica.votes(vote(2, 2, at(0, 0)), vote(3, 2, at(0, 0)), vote(2, 2, at(0, 0))));
  }

  /**
   * "If votedFor is null or candidateId, and candidate's log is at least as up-to-date, grant"
   * (5.4.1).
   */
  @Test
  void votesForALogThatIsAsUpToDate() {
    assertEquals(List.of(true), OneReplica.withLog(1, 2).votes(vote(2, 3, at(2, 2))));
  }

  /**
   * "If the logs have last entries with different terms, the later term is more up-to-date"
   * (5.4.1).
   */
  @Test
  void refusesALongerLogOfAnEarlierTerm() {
    assertEquals(List.of(false), OneReplica.withLog(1, 2).votes(vote(2, 3, at(1, 9))));
  }

  /** "If the logs end with the same term, whichever log is longer is more up-to-date" (5.4.1). */
  @Test
  void refusesAShorterLogOfTheSameTerm() {
    assertEquals(List.of(false), OneReplica.withLog(1, 2).votes(vote(2, 3, at(2, 1))));
  }

  /** "Persistent state: updated on stable storage before responding to RPCs" (figure 2). */
  @Test
  void theVoteIsWrittenBeforeItIsAnswered() {
    Effects effects = OneReplica.withLog().receive(vote(2, 2, at(0, 0)));

    assertEquals(new Promise(term(2), 2), effects.toPersist().orElseThrow().promise());
    assertEquals(List.of(), effects.toSend());
    assertEquals(1, effects.toSendOnceDurable().size());
  }

  // AppendEntries RPC, figure 2.

  /** "Reply false if term &lt; currentTerm" (5.1). */
  @Test
  void refusesALeaderOfAnEarlierTerm() {
    OneReplica replica = OneReplica.withLog(3);

    AppendReply reply = replica.append(2, at(0, 0), 0, entry(2, 1));

    assertFalse(reply.accepted());
    assertEquals(term(3), reply.term());
    assertEquals(List.of(3L), replica.terms());
  }

  /** "Reply false if log doesn't contain an entry at prevLogIndex whose term matches" (5.3). */
  @Test
  void refusesWhatDoesNotFollowItsLog() {
    OneReplica replica = OneReplica.withLog(1, 1);

    assertFalse(replica.append(2, at(1, 3), 0, entry(2, 4)).accepted());
    assertFalse(replica.append(2, at(2, 2), 0, entry(2, 3)).accepted());
    assertEquals(List.of(1L, 1L), replica.terms());
  }

  /** "If an existing entry conflicts with a new one, delete it and all that follow it" (5.3). */
  @Test
  void removesAConflictAndAllBehindIt() {
    OneReplica replica = OneReplica.withLog(1, 2, 2, 2);

    assertTrue(replica.append(3, at(1, 1), 0, entry(3, 2)).accepted());

    assertEquals(List.of(1L, 3L), replica.terms());
  }

  /** "Append any new entries not already in the log" (5.3). */
  @Test
  void appendsOnlyWhatIsNew() {
    OneReplica replica = OneReplica.withLog(1, 1);

    Effects effects = replica.receive(new AppendRequest(
        2, 1, term(1), at(1, 1), List.of(Entry.noOp(2, term(1)), entry(1, 3)), 0, 0));

    assertEquals(List.of(entry(1, 3)), effects.toPersist().orElseThrow().append());
  }

  /** A request that comes late must not remove what a later one has appended (5.3). */
  @Test
  void aLateAppendRemovesNothing() {
    OneReplica replica = OneReplica.withLog(1);
    replica.append(2, at(1, 1), 0, entry(2, 2), entry(2, 3));

    assertTrue(replica.append(2, at(1, 1), 0, entry(2, 2)).accepted());

    assertEquals(List.of(1L, 2L, 2L), replica.terms());
  }

  /** "AppendEntries RPCs are idempotent: a follower ignores entries already present" (5.5). */
  @Test
  void aRepeatedAppendChangesNothing() {
    OneReplica replica = OneReplica.withLog(1);
    replica.append(2, at(1, 1), 2, entry(2, 2));

    assertTrue(replica.append(2, at(1, 1), 2, entry(2, 2)).accepted());

    assertEquals(List.of(1L, 2L), replica.terms());
    assertEquals(2, replica.applied.size());
  }

  /** "commitIndex = min(leaderCommit, index of last new entry)" (figure 2). */
  @Test
  void commitsNoFurtherThanTheRequestProves() {
    OneReplica replica = OneReplica.withLog(1, 1, 1);

    replica.append(2, at(1, 1), 3);

    assertEquals(1, replica.core.status().committed());
  }

  /** An append is on disk before it is acknowledged (figure 2). */
  @Test
  void anAppendIsWrittenBeforeItIsAcknowledged() {
    Effects effects = OneReplica.withLog(1)
        .receive(new AppendRequest(2, 1, term(2), at(1, 1), List.of(entry(2, 2)), 0, 0));

    assertEquals(List.of(), effects.toSend());
    assertEquals(1, effects.toSendOnceDurable().size());
    assertTrue(effects.toPersist().isPresent());
  }

  // Rules for servers, figure 2.

  /** "If commitIndex &gt; lastApplied: increment lastApplied, apply log[lastApplied]" (5.3). */
  @Test
  void appliesWhatIsCommittedInOrderAndOnce() {
    OneReplica replica = OneReplica.withLog();

    replica.append(2, at(0, 0), 0, entry(2, 1), entry(2, 2), entry(2, 3));
    replica.append(2, at(2, 3), 2);
    replica.append(2, at(2, 3), 3);

    assertEquals(List.of(entry(2, 1), entry(2, 2), entry(2, 3)), replica.applied);
  }

  /** Applying waits for the own disk: the state is never ahead of the log. */
  @Test
  void appliesNothingThatItsDiskLacks() {
    OneReplica replica = OneReplica.withLog();
    replica.holdDisk();
    replica.append(2, at(0, 0), 1, entry(2, 1));
    assertEquals(List.of(), replica.applied);

    replica.releaseDisk();

    assertEquals(List.of(entry(2, 1)), replica.applied);
  }

  /**
   * "If RPC request or response contains term T &gt; currentTerm: set it, convert to follower"
   * (5.1).
   */
  @Test
  void aLaterTermMakesALeaderAFollower() {
    OneReplica replica = OneReplica.leader();

    replica.receive(new AppendReply(2, 1, term(7), 0, false, 1, LogPosition.START, true));

    assertEquals(Role.FOLLOWER, replica.core.status().role());
    assertEquals(term(7), replica.core.status().promised());
  }

  /** "Upon election: send heartbeats to each server; repeat during idle periods" (5.2). */
  @Test
  void aLeaderSendsHeartbeats() {
    OneReplica replica = OneReplica.withLog();
    replica.elect(2);
    assertEquals(1, replica.appendsTo(2).size());
    assertEquals(1, replica.appendsTo(3).size());

    replica.sent.clear();
    replica.tick(3 * HEARTBEAT_TICKS);

    assertEquals(3, replica.appendsTo(2).size());
    assertEquals(3, replica.appendsTo(3).size());
  }

  /** "Command received: append to local log, respond after entry applied" (5.3). */
  @Test
  void aLeaderAppliesWhatAMajorityHas() {
    OneReplica replica = OneReplica.leader();

    replica.propose("a");
    assertEquals(1, replica.applied.size());
    replica.accept(3, 2);

    assertEquals(2, replica.applied.size());
    assertEquals("a", replica.applied.get(1).purchase().key());
  }

  /** "If last log index &gt;= nextIndex: send AppendEntries starting at nextIndex" (5.3). */
  @Test
  void aLeaderSendsWhatAFollowerLacks() {
    OneReplica replica = OneReplica.leader();

    replica.propose("a", "b");

    AppendRequest append = replica.appendsTo(2).get(0);
    assertEquals(at(2, 1), append.previous());
    assertEquals(2, append.entries().size());
  }

  /** "If AppendEntries fails because of inconsistency: decrement nextIndex and retry" (5.3). */
  @Test
  void aLeaderGoesBackToWhereTheLogsPart() {
    OneReplica replica = OneReplica.withLog(1, 1, 1);
    replica.elect(2);
    replica.sent.clear();

    replica.refuse(2, 3, at(1, 1));

    AppendRequest append = replica.appendsTo(2).get(0);
    assertEquals(at(1, 1), append.previous());
    assertEquals(3, append.entries().size());
  }

  /** A heartbeat that any log accepts does not say that the logs match (5.3). */
  @Test
  void aHeartbeatThatProvesLessThanWasAskedEndsNoSearch() {
    OneReplica replica = OneReplica.withLog(1, 1, 1);
    replica.elect(2);

    replica.accept(2, 0);
    replica.propose("a");
    assertEquals(1, replica.appendsTo(2).size());
    replica.accept(2, 3);

    assertEquals(at(1, 3), replica.appendsTo(2).get(1).previous());
    assertEquals(2, replica.appendsTo(2).get(1).entries().size());
  }

  /** "The protocol can be optimized to reduce the number of rejected RPCs": a term a time (5.3). */
  @Test
  void aFollowerHintsPastAWholeTerm() {
    OneReplica replica = OneReplica.withLog(1, 3, 3, 3);

    AppendReply reply = replica.append(4, at(2, 4), 0);

    assertEquals(at(1, 1), reply.hint());
  }

  /** "Only log entries from the leader's current term are committed by counting" (5.4.2). */
  @Test
  void entriesOfEarlierTermsAreCommittedByOneOfTheOwn() {
    OneReplica replica = OneReplica.withLog(1, 1);
    replica.elect(2);

    replica.accept(2, 2);
    assertEquals(0, replica.core.status().committed());
    replica.accept(2, 3);

    assertEquals(3, replica.core.status().committed());
  }

  /** "Leader Append-Only: a leader never overwrites or deletes entries in its log" (figure 3). */
  @Test
  void aLeaderKeepsWhatItFinds() {
    OneReplica replica = OneReplica.withLog(1, 1);

    replica.elect(2);

    assertEquals(List.of(1L, 1L, 2L), replica.terms());
  }

  /** "If followers crash or run slowly, the leader retries indefinitely" (5.3, 5.5). */
  @Test
  void aLeaderTriesAgainUntilAFollowerAnswers() {
    OneReplica replica = OneReplica.leader();
    replica.propose("a");
    replica.accept(2, 2);
    replica.step(new Input.Unreachable(3));
    replica.sent.clear();

    for (int round = 0; round < 50; round++) {
      replica.tick(HEARTBEAT_TICKS);
      replica.accept(2, 2);
    }

    List<AppendRequest> tries = replica.appendsTo(3);
    assertTrue(tries.size() >= 50);
    // A follower that does not answer is not sent the same entries again and again.
    assertTrue(tries.stream().allMatch(append -> append.entries().isEmpty()));
    replica.accept(3, 0);
    assertEquals(2, replica.appendsTo(3).get(tries.size()).entries().size());
  }

  /** While the first append waits for a slow disk, its entries are sent once (5.3). */
  @Test
  void aFollowerThatTakesItsTimeIsAskedWithoutEntries() {
    OneReplica replica = OneReplica.withLog(1, 1);
    replica.elect(2);

    for (int round = 0; round < 3; round++) {
      replica.accept(2, 2);
      replica.tick(HEARTBEAT_TICKS);
    }

    List<AppendRequest> appends = replica.appendsTo(3);
    assertEquals(1, appends.get(0).entries().size());
    assertTrue(appends.stream().skip(1).allMatch(append -> append.entries().isEmpty()));
    assertTrue(appends.stream().allMatch(append -> append.previous().equals(at(1, 2))));
  }
}
