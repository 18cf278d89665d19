package toystore.raft.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static toystore.raft.core.OneReplica.at;
import static toystore.raft.core.OneReplica.entry;
import static toystore.raft.core.OneReplica.term;

import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.model.LogPosition;
import toystore.model.Role;
import toystore.raft.core.RaftMessage.AppendRequest;
import toystore.raft.core.RaftMessage.VoteRequest;
import toystore.replication.ContradictionException;
import toystore.replication.Effects;
import toystore.replication.Effects.Fact;
import toystore.replication.Entry;
import toystore.replication.FencedCore;
import toystore.replication.Input;

/** Raft, where a disk may be older than what was acknowledged. */
class OlderDiskTest {

  private static OneReplica electedAndNotCompared() {
    OneReplica replica = OneReplica.withLog(1, 1);
    replica.agrees = false;
    replica.elect(2);
    replica.sent.clear();
    return replica;
  }

  @Test
  void anElectedLeaderAppendsNothingBeforeTheCatalogAgrees() {
    OneReplica replica = electedAndNotCompared();

    assertTrue(replica.facts.contains(new Fact.Elected(term(2), at(1, 2))));
    replica.propose("early");
    replica.tick(OneReplica.HEARTBEAT_TICKS);

    assertEquals(Role.LEADER, replica.core.status().role());
    assertFalse(replica.appends().isEmpty(), "its heartbeats say who leads");
    assertTrue(replica.appends().stream().allMatch(append -> append.entries().isEmpty()));
    assertEquals(List.of(1L, 1L), replica.terms());

    replica.step(new Input.LogVerified(term(2), at(1, 2)));
    assertEquals(List.of(1L, 1L, 2L), replica.terms());
  }

  @Test
  void itSaysNothingOfItsLogBeforeTheCatalogAgrees() {
    OneReplica replica = electedAndNotCompared();

    replica.refuse(2, 2, at(1, 1));
    replica.tick(OneReplica.HEARTBEAT_TICKS);

    assertFalse(replica.appends().isEmpty());
    for (AppendRequest append : replica.appends()) {
      assertEquals(LogPosition.START, append.previous(), "a follower may have committed another");
      assertEquals(List.of(), append.entries(), "a follower may have what is missing here");
    }
  }

  @Test
  void aStartingReplicaThatForgotItsVoteIsInTheTermOfTheFenceAndAbstains() {
    OneReplica replica = OneReplica.withLog(1, 1);

    replica.step(new Input.FenceKnown(term(3)));

    assertEquals(term(3), replica.core.status().promised());
    assertFalse(replica.append(2, at(1, 2), 0).accepted(), "of a leader of before");
    assertEquals(
        List.of(false), replica.votes(new VoteRequest(3, 1, term(3), at(1, 2), false, false)));
    assertTrue(replica.append(3, at(1, 2), 0).accepted());
  }

  @Test
  void aTermThatIsLaterThanTheFenceStays() {
    OneReplica replica = OneReplica.withLog(1, 4);

    replica.step(new Input.FenceKnown(term(3)));

    assertEquals(term(4), replica.core.status().promised());
  }

  @Test
  void beforeItKnowsTheFenceItNeitherVotesNorStands() {
    OneReplica replica = OneReplica.withLog(1, 1);
    FencedCore starting = new FencedCore(replica.core);

    Effects vote =
        starting.step(new Input.Received(new VoteRequest(3, 1, term(2), at(1, 2), false, false)));
    for (int tick = 0; tick < 5 * OneReplica.ELECTION_TICKS; tick++) {
      assertEquals(Effects.NONE, starting.step(new Input.Tick()));
    }

    assertEquals(Effects.NONE, vote);
    assertEquals(Role.FOLLOWER, starting.status().role());
    assertEquals(term(1), starting.status().promised());
  }

  @Test
  void anAnswerToAnotherTermIsNone() {
    OneReplica replica = electedAndNotCompared();

    replica.step(new Input.LogVerified(term(1), at(1, 2)));

    assertEquals(List.of(1L, 1L), replica.terms());
  }

  @Test
  void oneThatIsDoubtedStepsDownAndLetsAnotherStandFirst() {
    OneReplica replica = electedAndNotCompared();

    replica.step(new Input.Doubted(term(2)));
    replica.tick(10 * OneReplica.ELECTION_TICKS - 1);

    assertEquals(Role.FOLLOWER, replica.core.status().role());
    assertTrue(replica.only(VoteRequest.class).isEmpty());
    assertEquals(
        List.of(true), replica.votes(new VoteRequest(3, 1, term(3), at(1, 4), false, false)));
    replica.tick(20 * OneReplica.ELECTION_TICKS);
    assertFalse(replica.only(VoteRequest.class).isEmpty(), "nobody else came");
  }

  @Test
  void oneThatIsDoubtedStandsAgainOnceItsLogHasGrown() {
    OneReplica replica = electedAndNotCompared();
    replica.step(new Input.Doubted(term(2)));

    replica.append(3, at(1, 2), 2, Entry.noOp(3, term(3)));
    replica.tick(3 * OneReplica.ELECTION_TICKS);

    assertFalse(replica.only(VoteRequest.class).isEmpty());
  }

  @Test
  void aTermThatTheCatalogHasSeenIsNotStoodForAgain() {
    OneReplica replica = electedAndNotCompared();

    replica.step(new Input.Outdated(term(7)));

    assertEquals(Role.FOLLOWER, replica.core.status().role());
    assertEquals(term(7), replica.core.status().promised());
  }

  @Test
  void itsOwnTermTakenByAnotherEndsItsOffice() {
    OneReplica replica = electedAndNotCompared();

    replica.step(new Input.Outdated(term(2)));

    assertEquals(Role.FOLLOWER, replica.core.status().role());
    assertEquals(term(3), replica.core.status().promised(), "so that all leave this one");
  }

  @Test
  void aLeaderThatLacksWhatIsCommittedHereIsContradicted() {
    OneReplica replica = OneReplica.withLog(1, 1, 1);
    replica.append(1, at(1, 3), 3);

    assertThrows(
        ContradictionException.class, () -> replica.append(2, at(1, 1), 1, Entry.noOp(2, term(2))));
    assertThrows(ContradictionException.class, () -> replica.append(2, at(2, 3), 1));
  }

  @Test
  void aFollowerThatLacksWhatItAcknowledgedGetsItAgain() {
    OneReplica leader = OneReplica.leader();
    leader.propose("a", "b");
    leader.accept(2, 3);
    leader.sent.clear();

    leader.refuse(2, 3, LogPosition.START);

    AppendRequest again = leader.appendsTo(2).get(0);
    assertEquals(LogPosition.START, again.previous());
    assertEquals(Entry.noOp(1, term(2)), again.entries().get(0));
    assertEquals(3, leader.core.status().committed());
  }

  @Test
  void whatIsNotAppliedIsKnown() {
    OneReplica replica = OneReplica.withLog(1);
    replica.append(1, at(1, 1), 1, entry(1, 2), entry(1, 3));

    assertEquals(List.of(entry(1, 2), entry(1, 3)), replica.core.unapplied());
  }
}
