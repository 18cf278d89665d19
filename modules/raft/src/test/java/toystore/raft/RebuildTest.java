package toystore.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static toystore.raft.OneReplica.at;
import static toystore.raft.OneReplica.entry;
import static toystore.raft.OneReplica.term;

import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.raft.RaftMessage.AppendRequest;
import toystore.raft.RaftMessage.RecoverReply;
import toystore.raft.RaftMessage.RecoverRequest;
import toystore.raft.RaftMessage.VoteRequest;
import toystore.replication.Effects;
import toystore.replication.Effects.Promise;
import toystore.replication.LogPosition;
import toystore.replication.Role;

/** A disk that is new or lost: what was on it, others relied on (Raft figure 2). */
class RebuildTest {

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
}
