package toystore.raft.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static toystore.raft.core.OneReplica.at;
import static toystore.raft.core.OneReplica.entry;
import static toystore.raft.core.OneReplica.term;

import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.model.LogPosition;
import toystore.model.Role;
import toystore.raft.core.RaftMessage.AppendRequest;
import toystore.raft.core.RaftMessage.RecoverReply;
import toystore.raft.core.RaftMessage.RecoverRequest;
import toystore.raft.core.RaftMessage.VoteRequest;
import toystore.replication.Effects;
import toystore.replication.Effects.Promise;

/** A disk that is new or lost: what was on it, others relied on (Raft figure 2). */
class LostDiskRecoveryTest {

  /** It takes no part before all others have answered. */
  @Test
  void aReplicaWithoutMemoryNeitherVotesNorCounts() {
    OneReplica replica = OneReplica.of(Restored.NOTHING);
    VoteRequest request = new VoteRequest(3, 1, term(2), at(0, 0), false, false);

    assertEquals(List.of(false), replica.votes(request));
    assertFalse(replica.append(2, at(0, 0), 0, entry(2, 1)).voter());
    assertEquals(Role.REBUILDING, replica.core.status().role());
  }

  /** What it writes meanwhile is no memory either: a restart finds it rebuilding still. */
  @Test
  void whileItRebuildsItWritesNoPromise() {
    OneReplica replica = OneReplica.of(Restored.NOTHING);

    Effects effects =
        replica.receive(new AppendRequest(2, 1, term(2), at(0, 0), List.of(entry(2, 1)), 0, 0));

    assertEquals(Promise.NONE, effects.toPersist().orElseThrow().promise());
    assertTrue(effects.toPersist().orElseThrow().rebuilding());
  }

  /** It takes part when it has what the best of the others had; it abstains in the term at hand. */
  @Test
  void aReplicaThatHasFetchedEverythingTakesPart() {
    OneReplica replica = OneReplica.of(Restored.NOTHING);
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

  /** A crash must not find the promise on disk without the log that it stands for. */
  @Test
  void whatItHasFetchedIsOnDiskBeforeItPromises() {
    OneReplica replica = OneReplica.of(Restored.NOTHING);
    askedAll(replica, at(2, 2));
    replica.append(2, at(0, 0), 0, entry(2, 1));
    replica.holdDisk();

    Effects effects =
        replica.receive(new AppendRequest(2, 1, term(2), at(2, 1), List.of(entry(2, 2)), 0, 0));

    assertEquals(Promise.NONE, effects.toPersist().orElseThrow().promise());
    assertEquals(Role.REBUILDING, replica.core.status().role());
    replica.releaseDisk();
    assertEquals(Role.FOLLOWER, replica.core.status().role());
  }

  /** A write that was torn behind its promise leaves a replica that rebuilds still. */
  @Test
  void aCrashWhileTheLastEntryIsWrittenLeavesItRebuilding() {
    OneReplica replica = OneReplica.of(Restored.NOTHING);
    askedAll(replica, at(2, 1));
    replica.holdDisk();
    Effects.Write write = replica
        .receive(new AppendRequest(2, 1, term(2), at(0, 0), List.of(entry(2, 1)), 0, 0))
        .toPersist()
        .orElseThrow();

    SimDisk disk = new SimDisk();
    disk.write(new Effects.Write(write.id(), 0, List.of(), write.promise(), 0, true));
    OneReplica restarted = OneReplica.of(disk.restore());

    // Another that lacks the entry too must not be elected by this one.
    VoteRequest request = new VoteRequest(3, 1, term(3), at(0, 0), false, false);
    assertEquals(List.of(false), restarted.votes(request));
  }

  /** Two may rebuild at once, and one that starts again has no term but what its log says. */
  @Test
  void aRestartedReplicaThatRebuildsAnswersAnotherThatDoes() {
    OneReplica replica = OneReplica.of(
        new Restored(Promise.NONE, LogPosition.START, List.of(entry(3, 1)), LogPosition.START));

    replica.receive(new RecoverRequest(2, 1, 5));

    assertEquals(
        List.of(new RecoverReply(1, 2, 5, term(3), at(3, 1))), replica.only(RecoverReply.class));
  }

  /** What a snapshot brings counts once it is installed on disk. */
  @Test
  void anInstalledSnapshotIsOnDiskBeforeItPromises() {
    OneReplica replica = OneReplica.of(Restored.NOTHING);
    askedAll(replica, at(2, 5));
    replica.holdDisk();

    SnapshotChunk all = new SnapshotChunk(at(2, 5), 0, 5, "");
    replica.receive(new RaftMessage.SnapshotRequest(2, 1, term(2), 0, all));

    assertEquals(Role.REBUILDING, replica.core.status().role());
    replica.releaseDisk();
    assertEquals(Role.FOLLOWER, replica.core.status().role());
  }

  /** Both others have answered: the best log among theirs ends here. */
  private static void askedAll(OneReplica replica, LogPosition best) {
    replica.tick(1);
    long life = replica.only(RecoverRequest.class).get(0).life();
    replica.receive(new RecoverReply(2, 1, life, term(2), best));
    replica.receive(new RecoverReply(3, 1, life, term(2), at(0, 0)));
  }

  /** Where all logs are empty, a new store begins. */
  @Test
  void aNewGroupBeginsWhenAllHaveAnswered() {
    OneReplica replica = OneReplica.of(Restored.NOTHING);
    replica.tick(1);
    long life = replica.only(RecoverRequest.class).get(0).life();

    replica.receive(new RecoverReply(2, 1, life, 0, LogPosition.START));
    replica.receive(new RecoverReply(3, 1, life, 0, LogPosition.START));

    assertEquals(Role.FOLLOWER, replica.core.status().role());
    assertEquals(term(1), replica.core.status().promised());
  }
}
