package toystore.raft.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static toystore.raft.core.OneReplica.ELECTION_TICKS;
import static toystore.raft.core.OneReplica.HEARTBEAT_TICKS;
import static toystore.raft.core.OneReplica.at;
import static toystore.raft.core.OneReplica.entry;
import static toystore.raft.core.OneReplica.term;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.model.LogPosition;
import toystore.raft.core.RaftMessage.AppendReply;
import toystore.raft.core.RaftMessage.SnapshotReply;
import toystore.raft.core.RaftMessage.SnapshotRequest;
import toystore.replication.Effects.Promise;
import toystore.replication.Entry;
import toystore.replication.Input;

/** Snapshots and compaction (Raft 7 and figure 13, dissertation 5). */
class RaftSnapshotTest {

  /** "The leader must send a snapshot when it has discarded the next entry to send" (Raft 7). */
  @Test
  void aFollowerBehindTheLogGetsASnapshotInPieces() {
    OneReplica replica = compactedLeader();

    replica.refuse(3, 2, at(0, 0));
    assertEquals(List.of(new RaftCommand.ReadSnapshot(3, at(2, 2), 0)), snapshotReads(replica));
    replica.step(new RaftInput.SnapshotRead(3, new SnapshotChunk(at(2, 2), 0, 1, "one")));
    assertEquals("one", replica.only(SnapshotRequest.class).get(0).chunk().data());
    replica.receive(reply(at(2, 2), 1, false));

    assertEquals(
        new RaftCommand.ReadSnapshot(3, at(2, 2), 1), snapshotReads(replica).get(1));
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
    replica.step(new RaftInput.SnapshotRead(3, new SnapshotChunk(at(2, 2), 0, 1, "one")));
    replica.sent.clear();

    for (int round = 0; round < 4; round++) {
      replica.tick(HEARTBEAT_TICKS);
      replica.accept(2, 3);
    }

    assertEquals(0, replica.only(SnapshotRequest.class).get(0).chunk().offset());
  }

  /** A follower that is only slow would be slower still, with one piece after the other. */
  @Test
  void aPieceIsSentAgainLessAndLessOften() {
    OneReplica replica = compactedLeader();
    replica.refuse(3, 2, at(0, 0));
    replica.step(new RaftInput.SnapshotRead(3, new SnapshotChunk(at(2, 2), 0, 1, "one")));
    replica.sent.clear();

    List<Integer> rounds = new ArrayList<>();
    for (int round = 1; round <= 3 + 6 + 12; round++) {
      int before = replica.only(SnapshotRequest.class).size();
      replica.tick(HEARTBEAT_TICKS);
      replica.accept(2, 3);
      if (replica.only(SnapshotRequest.class).size() > before) {
        rounds.add(round);
      }
    }

    assertEquals(List.of(3, 3 + 6, 3 + 6 + 12), rounds);
  }

  /** After the snapshot come the entries behind it, and none is missing between. */
  @Test
  void appendsGoOnBehindTheSnapshot() {
    OneReplica replica = compactedLeader();
    replica.refuse(3, 2, at(0, 0));
    replica.step(new RaftInput.SnapshotRead(3, new SnapshotChunk(at(2, 2), 0, 2, "all")));
    replica.sent.clear();

    replica.receive(reply(at(2, 2), 0, true));

    assertEquals(at(2, 2), replica.appendsTo(3).get(0).previous());
    assertEquals(1, replica.appendsTo(3).get(0).entries().size());
  }

  /** What is applied is the beginning of every snapshot: a returning replica asks for the rest. */
  @Test
  void aSnapshotStartsBehindWhatIsApplied() {
    OneReplica replica = OneReplica.withLog(1, 1, 1);
    replica.append(1, at(1, 3), 2);

    assertEquals(2, snapshot(replica, 0, 1).next());
    assertEquals(List.of(), replica.commands);
    assertEquals(4, snapshot(replica, 2, 4).next());
    assertTrue(snapshot(replica, 4, 5).installed());
  }

  /** What was taken in of one leader's snapshot counts for the next one's. */
  @Test
  void aLaterSnapshotGoesOnWhereAnEarlierOneBrokeOff() {
    OneReplica replica = OneReplica.withLog();
    snapshot(replica, 0, 3);

    SnapshotChunk rest = new SnapshotChunk(at(2, 8), 3, 8, "");
    replica.receive(new SnapshotRequest(2, 1, term(2), 0, rest));

    assertEquals(at(2, 8), replica.core.log().base());
  }

  /** Nor is what an earlier life has taken in sent again. */
  @Test
  void aRestartGoesOnBehindWhatWasTakenIn() {
    Restored halfWay =
        new Restored(new Promise(term(1), 0), LogPosition.START, List.of(), LogPosition.START, 3);
    OneReplica replica = OneReplica.of(halfWay);

    assertEquals(3, snapshot(replica, 0, 2).next());
    assertEquals(List.of(), replica.commands);
    assertTrue(snapshot(replica, 3, 5).installed());
  }

  /** While it answers, the log waits for a follower; for a silent one it does not. */
  @Test
  void theLogWaitsForAFollowerThatAnswers() {
    OneReplica replica = OneReplica.with(new RaftOptions.LogBounds(4, 9, 3), false, 42);
    replica.elect(2);
    replica.accept(3, 1);
    for (long index = 2; index <= 13; index++) {
      replica.propose("key" + index);
      replica.accept(2, index);
    }

    replica.step(new RaftInput.Saved(12));
    assertEquals(1, replica.core.log().base().index());
    for (int tick = 0; tick <= 4 * ELECTION_TICKS; tick++) {
      replica.tick(1);
      replica.accept(2, 13);
    }
    replica.step(new RaftInput.Saved(13));

    assertEquals(10, replica.core.log().base().index());
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

  /**
   * Figure 13: "Write data into snapshot file at given offset"; out of order, it says what it
   * wants.
   */
  @Test
  void piecesAreTakenInOrder() {
    OneReplica replica = OneReplica.withLog();

    assertEquals(0, snapshot(replica, 3, 5).next());
    assertEquals(3, snapshot(replica, 0, 3).next());
    assertEquals(3, snapshot(replica, 0, 3).next());
    assertTrue(snapshot(replica, 3, 5).installed());
  }

  private static SnapshotReply snapshot(OneReplica replica, long from, long next) {
    SnapshotChunk chunk = new SnapshotChunk(at(2, 5), from, next, "");
    replica.receive(new SnapshotRequest(2, 1, term(2), 0, chunk));
    List<SnapshotReply> replies = replica.only(SnapshotReply.class);
    return replies.get(replies.size() - 1);
  }

  /** The very object that was admitted: so nobody has to read it twice. */
  @Test
  void aPieceIsTakenInAsItCame() {
    OneReplica replica = OneReplica.withLog();
    SnapshotChunk chunk = new SnapshotChunk(at(2, 5), 0, 3, "");

    replica.receive(new SnapshotRequest(2, 1, term(2), 0, chunk));

    RaftCommand.StageSnapshot staged = (RaftCommand.StageSnapshot) replica.commands.get(0);
    assertSame(chunk, staged.chunk());
  }

  /**
   * Figure 13: "If existing entry has same index and term as last included, retain what follows".
   */
  @Test
  void aSnapshotKeepsTheLogBehindIt() {
    OneReplica replica = OneReplica.withLog(2, 2, 2, 2, 2, 2, 2);

    snapshot(replica, 0, 5);

    assertEquals(at(2, 5), replica.core.log().base());
    assertEquals(at(2, 7), replica.core.log().last());
  }

  /** Figure 13: "Discard the entire log; reset state machine using snapshot contents". */
  @Test
  void aSnapshotReplacesALogThatPartsFromIt() {
    OneReplica replica = OneReplica.withLog(1, 1, 1, 1, 1, 1, 1);

    snapshot(replica, 0, 5);

    assertEquals(at(2, 5), replica.core.log().last());
    assertEquals(5, replica.core.status().committed());
    assertTrue(replica.commands.contains(new RaftCommand.InstallSnapshot(at(2, 5))));
  }

  /** An append whose previous index is compacted is no conflict: what is compacted is committed. */
  @Test
  void aCompactedPreviousIndexMatches() {
    OneReplica replica = OneReplica.withLog(2, 2, 2, 2, 2, 2, 2);
    snapshot(replica, 0, 5);

    AppendReply reply = replica.append(
        2, at(2, 3), 7, Entry.noOp(4, term(2)), Entry.noOp(5, term(2)), Entry.noOp(6, term(2)));

    assertTrue(reply.accepted());
    assertEquals(at(2, 7), replica.core.log().last());
  }

  /** 5.1.3: the log keeps a tail, so that a follower a little behind needs no snapshot. */
  @Test
  void aTailOfTheLogIsKept() {
    OneReplica replica = OneReplica.with(new RaftOptions.LogBounds(4, 2, 3), false, 42);
    Entry[] entries = new Entry[9];
    for (int index = 1; index <= 9; index++) {
      entries[index - 1] = entry(1, index);
    }
    replica.append(1, at(0, 0), 9, entries);

    replica.step(new RaftInput.Saved(8));

    assertEquals(List.of(new RaftCommand.DropThrough(at(1, 5))), replica.commands);
  }

  /** A full window of lost appends, which the log has left behind, does not wait for ever. */
  @Test
  void lostAppendsBehindTheLogAreMadeUpForByASnapshot() {
    OneReplica replica = OneReplica.leader();
    replica.accept(3, 1);
    for (long index = 2; index <= 5; index++) {
      replica.propose("key" + index);
      replica.accept(2, index);
    }
    replica.step(new RaftInput.Saved(5));

    replica.tick(HEARTBEAT_TICKS);

    assertEquals(List.of(new RaftCommand.ReadSnapshot(3, at(2, 5), 1)), snapshotReads(replica));
  }
}
