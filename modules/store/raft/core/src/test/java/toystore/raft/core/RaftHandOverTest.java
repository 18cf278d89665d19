package toystore.raft.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static toystore.raft.core.OneReplica.ELECTION_TICKS;
import static toystore.raft.core.OneReplica.at;
import static toystore.raft.core.OneReplica.term;

import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.raft.core.RaftMessage.TimeoutNow;
import toystore.raft.core.RaftMessage.VoteRequest;
import toystore.replication.Effects.Fact;
import toystore.replication.Input;

/** Leadership transfer: section 3.10 of the dissertation. */
class RaftHandOverTest {
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
    replica.tickWhileAnswered(ELECTION_TICKS, 2);
    assertEquals(List.of(), replica.only(TimeoutNow.class));

    replica.accept(3, 1);
    replica.tick(ELECTION_TICKS);

    assertEquals(3, replica.only(TimeoutNow.class).get(0).to());
  }

  /** An office that was not taken is not offered again at once: purchases wait meanwhile. */
  @Test
  void aHandOverThatCameToNothingIsNotRepeatedSoon() {
    OneReplica replica = leaderThatHandsOver();

    replica.tickWhileAnswered(25 * ELECTION_TICKS, 2, 3);
    assertEquals(1, offers(replica));
    replica.tickWhileAnswered(15 * ELECTION_TICKS, 2, 3);

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
}
