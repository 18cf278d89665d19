package toystore.raft.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static toystore.raft.core.OneReplica.ELECTION_TICKS;
import static toystore.raft.core.OneReplica.at;
import static toystore.raft.core.OneReplica.term;
import static toystore.raft.core.OneReplica.vote;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import toystore.model.LogPosition;
import toystore.model.Role;
import toystore.raft.core.RaftMessage.TimeoutNow;
import toystore.raft.core.RaftMessage.VoteReply;
import toystore.raft.core.RaftMessage.VoteRequest;
import toystore.replication.Effects;
import toystore.replication.Effects.Promise;
import toystore.replication.Input;

/** One test per sentence of the Raft paper's figure 2: who stands, and who is elected. */
class RaftPaperElectionTest {
  /** "If election timeout elapses without receiving AppendEntries: convert to candidate" (5.2). */
  @Test
  void standsForElectionWhenNobodyLeads() {
    OneReplica replica = OneReplica.withLog();

    replica.tick(2 * ELECTION_TICKS);

    assertFalse(replica.only(VoteRequest.class).isEmpty());
  }

  /** "...or granting vote to candidate" (5.2): each puts the next election off. */
  @Test
  void aLeaderAndAGrantedVotePutTheElectionOff() {
    OneReplica replica = OneReplica.withLog();
    replica.tick(ELECTION_TICKS - 1);
    replica.votes(vote(2, 2, at(0, 0)));
    replica.tick(ELECTION_TICKS - 1);
    replica.append(2, at(0, 0), 0);
    replica.tick(ELECTION_TICKS - 1);

    assertEquals(List.of(), replica.only(VoteRequest.class));
  }

  /** "Election timeouts are chosen randomly from a fixed interval" (5.2). */
  @Test
  void electionTimeoutsAreSpreadOverTheirInterval() {
    Set<Integer> timeouts = new HashSet<>();
    for (int seed = 0; seed < 200; seed++) {
      OneReplica replica = OneReplica.with(new RaftOptions.LogBounds(4, 2, 0), false, seed);
      int ticks = 0;
      while (replica.sent.isEmpty()) {
        replica.tick(1);
        ticks++;
      }
      timeouts.add(ticks);
    }

    assertEquals(ELECTION_TICKS, timeouts.size());
    assertTrue(timeouts.stream().allMatch(t -> t >= ELECTION_TICKS && t < 2 * ELECTION_TICKS));
  }

  /** "On conversion to candidate: increment term, vote for self, send RequestVote to all" (5.2). */
  @Test
  void aCandidateVotesForItselfAndAsksAll() {
    OneReplica replica = OneReplica.withLog(1);

    Effects effects = replica.receive(new TimeoutNow(2, 1, term(1)));

    assertEquals(new Promise(term(2), 1), effects.toPersist().orElseThrow().promise());
    assertEquals(
        List.of(2, 3),
        replica.only(VoteRequest.class).stream().map(VoteRequest::to).toList());
  }

  /** "If votes received from majority of servers: become leader" (5.2). */
  @Test
  void aMajorityOfVotesMakesALeader() {
    OneReplica replica = OneReplica.withLog();
    replica.receive(new TimeoutNow(2, 1, term(1)));
    assertEquals(Role.CANDIDATE, replica.core.status().role());

    replica.receive(new VoteReply(3, 1, term(2), false, true));

    assertEquals(Role.LEADER, replica.core.status().role());
  }

  /** A candidate's own vote counts once it is on disk, like any other (figure 2). */
  @Test
  void aCandidateCountsItsOwnVoteOnceDurable() {
    OneReplica replica = OneReplica.withLog();
    replica.holdDisk();
    replica.elect(2);
    assertEquals(Role.CANDIDATE, replica.core.status().role());

    replica.releaseDisk();

    assertEquals(Role.LEADER, replica.core.status().role());
  }

  /** An election does not time out while the own vote is on its way to the disk (5.2). */
  @Test
  void aCandidateWaitsForItsOwnVote() {
    OneReplica replica = OneReplica.withLog();
    replica.holdDisk();
    replica.receive(new TimeoutNow(2, 1, term(1)));
    replica.tick(4 * ELECTION_TICKS);
    assertEquals(2, replica.only(VoteRequest.class).size());

    replica.releaseDisk();
    replica.receive(new VoteReply(3, 1, term(2), false, true));

    assertEquals(Role.LEADER, replica.core.status().role());
  }

  /**
   * A vote lasts as long as its term (5.2): slow disks must not make every election come too late.
   */
  @Test
  void aVoteThatComesWhileItAsksAgainCounts() {
    OneReplica replica = OneReplica.withLog();
    replica.receive(new TimeoutNow(2, 1, term(1)));
    replica.tick(2 * ELECTION_TICKS);
    assertTrue(replica.only(VoteRequest.class).stream().anyMatch(VoteRequest::probe));

    replica.receive(new VoteReply(3, 1, term(2), false, true));

    assertEquals(Role.LEADER, replica.core.status().role());
    assertEquals(term(2), replica.core.status().promised());
  }

  /** Who gave up its office is not given it again by a vote that comes late (5.2). */
  @Test
  void aTermIsWonOnce() {
    OneReplica replica = OneReplica.leader();
    replica.tick(2 * ELECTION_TICKS);
    assertEquals(Role.FOLLOWER, replica.core.status().role());

    replica.receive(new VoteReply(3, 1, term(2), false, true));

    assertEquals(Role.FOLLOWER, replica.core.status().role());
  }

  /** A vote for a life that this one knows nothing of is none. */
  @Test
  void onlyVotesThatItAskedForCount() {
    OneReplica replica = OneReplica.of(
        new Restored(new Promise(term(2), 1), LogPosition.START, List.of(), LogPosition.START));

    replica.receive(new VoteReply(2, 1, term(2), false, true));
    replica.receive(new VoteReply(3, 1, term(2), false, true));

    assertEquals(Role.FOLLOWER, replica.core.status().role());
  }

  /** A front-end asks it to stand in place of a leader that it cannot use. */
  @Test
  void whoIsAskedToStandDoesSoIfItWouldWin() {
    OneReplica replica = OneReplica.withLog();
    replica.append(1, LogPosition.START, 0);

    replica.step(new Input.Appoint(term(1), 1));
    replica.append(1, LogPosition.START, 0);
    assertEquals(term(1), replica.core.status().promised());
    replica.receive(new VoteReply(3, 1, term(2), true, true));

    assertEquals(term(2), replica.core.status().promised());
    assertTrue(replica.only(VoteRequest.class).stream().allMatch(VoteRequest::transfer));
    replica.receive(new VoteReply(3, 1, term(2), false, true));
    assertEquals(Role.LEADER, replica.core.status().role());
  }

  /** Else its leader would lose the office for nothing. */
  @Test
  void whoIsAskedToStandAndWouldNotWinDisturbsNobody() {
    OneReplica replica = OneReplica.withLog();
    replica.append(1, LogPosition.START, 0);

    replica.step(new Input.Appoint(term(1), 1));
    replica.receive(new VoteReply(2, 1, term(1), true, false));
    replica.receive(new VoteReply(3, 1, term(1), true, false));

    assertEquals(term(1), replica.core.status().promised());
    assertEquals(2, replica.core.status().leader());
    replica.step(new Input.Appoint(term(1), 1));
    for (int tick = 0; tick < ELECTION_TICKS; tick++) {
      replica.append(1, LogPosition.START, 0);
      replica.tick(1);
    }
    replica.receive(new VoteReply(3, 1, term(2), true, true));
    assertEquals(term(1), replica.core.status().promised(), "too late");
  }

  @Test
  void whoIsAskedToStandInAnotherTermOrLeadsDoesNothing() {
    OneReplica replica = OneReplica.withLog();

    replica.step(new Input.Appoint(term(2), 1));
    replica.step(new Input.Appoint(term(1), 2));
    assertEquals(List.of(), replica.only(VoteRequest.class));

    OneReplica leader = OneReplica.leader();
    leader.step(new Input.Appoint(term(2), 1));
    assertEquals(List.of(), leader.only(VoteRequest.class));
    assertEquals(Role.LEADER, leader.core.status().role());
  }

  /** A vote of another term is no vote (5.2). */
  @Test
  void aVoteOfAnEarlierTermDoesNotCount() {
    OneReplica replica = OneReplica.withLog();
    replica.receive(new TimeoutNow(2, 1, term(1)));
    replica.receive(new TimeoutNow(2, 1, term(2)));

    replica.receive(new VoteReply(3, 1, term(2), false, true));

    assertEquals(Role.CANDIDATE, replica.core.status().role());
  }

  /** "If AppendEntries RPC received from new leader: convert to follower" (5.2). */
  @Test
  void aCandidateYieldsToTheLeaderOfItsTerm() {
    OneReplica replica = OneReplica.withLog();
    replica.receive(new TimeoutNow(2, 1, term(1)));

    replica.append(2, at(0, 0), 0);

    assertEquals(Role.FOLLOWER, replica.core.status().role());
    assertEquals(2, replica.core.status().leader());
  }

  /** "If election timeout elapses: start new election" (5.2). */
  @Test
  void aCandidateTriesAgain() {
    OneReplica replica = OneReplica.withLog();
    replica.receive(new TimeoutNow(2, 1, term(1)));
    replica.sent.clear();

    replica.tick(2 * ELECTION_TICKS);
    replica.receive(new VoteReply(3, 1, term(3), true, true));

    assertEquals(term(3), replica.core.status().promised());
  }
}
