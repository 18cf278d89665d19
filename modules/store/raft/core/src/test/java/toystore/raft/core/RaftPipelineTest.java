package toystore.raft.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static toystore.raft.core.OneReplica.HEARTBEAT_TICKS;
import static toystore.raft.core.OneReplica.at;
import static toystore.raft.core.OneReplica.entry;
import static toystore.raft.core.OneReplica.term;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import toystore.raft.core.RaftMessage.AppendReply;
import toystore.raft.core.RaftMessage.AppendRequest;
import toystore.replication.Effects;
import toystore.replication.Effects.Fact;
import toystore.replication.Input;

/** Appends in flight, and heartbeats beside them: section 10.2 of the dissertation. */
class RaftPipelineTest {
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

    Effects effects = replica.heartbeat(2, at(2, 2));

    AppendReply reply = (AppendReply) effects.toSend().get(0);
    assertTrue(reply.accepted());
    assertEquals(7, reply.round());
    assertEquals(1, reply.index());
  }

  /** Once the entry is on disk, the heartbeat's answer says so. */
  @Test
  void aHeartbeatTellsWhatIsDurable() {
    OneReplica replica = OneReplica.withLog(2);
    replica.append(2, at(2, 1), 1, entry(2, 2));

    AppendReply reply = (AppendReply) replica.heartbeat(2, at(2, 2)).toSend().get(0);

    assertEquals(2, reply.index());
  }

  /** A term that a crash could undo is not answered in. */
  @Test
  void aHeartbeatOfANewTermWaitsForTheDisk() {
    OneReplica replica = OneReplica.withLog(2);
    replica.holdDisk();

    assertEquals(List.of(), replica.heartbeat(3, at(2, 1)).toSend());
    assertEquals(List.of(), replica.heartbeat(3, at(2, 1)).toSend());
    replica.releaseDisk();

    assertEquals(1, replica.heartbeat(3, at(2, 1)).toSend().size());
  }

  /** A snapshot that is being installed is not on disk yet. */
  @Test
  void aHeartbeatSaysNothingOfASnapshotThatIsNotDurable() {
    OneReplica replica = OneReplica.withLog(2);
    replica.holdDisk();
    SnapshotChunk all = new SnapshotChunk(at(2, 5), 0, 5, "");
    replica.receive(new RaftMessage.SnapshotRequest(2, 1, term(2), 0, all));

    AppendReply early = (AppendReply) replica.heartbeat(2, at(2, 5)).toSend().get(0);
    replica.releaseDisk();
    AppendReply late = (AppendReply) replica.heartbeat(2, at(2, 5)).toSend().get(0);

    assertTrue(early.index() < 5);
    assertEquals(5, late.index());
  }
}
