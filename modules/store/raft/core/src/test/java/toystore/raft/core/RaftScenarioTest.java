package toystore.raft.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.model.Role;
import toystore.raft.core.RaftMessage.AppendReply;
import toystore.raft.core.RaftMessage.AppendRequest;
import toystore.raft.core.RaftMessage.SnapshotRequest;
import toystore.raft.core.RaftMessage.VoteReply;
import toystore.raft.core.RaftMessage.VoteRequest;
import toystore.replication.Effects.Promise;
import toystore.replication.Entry;
import toystore.replication.Message;

/**
 * Courses of events that chance rarely meets. Each is about one rule: {@link RaftMutantTest} sees
 * it fail without that.
 */
class RaftScenarioTest {

  @Test
  void duplicateVotesAreCountedOnce() {
    Group group = new Group(5);
    group.stand(1);
    group.stand(5);

    group.deliver(vote(1, 2));
    group.deliver(vote(5, 3));
    group.deliver(vote(5, 4));
    List<Message> votes = group.takeOut(VoteReply.class::isInstance);
    votes.forEach(group::receive);
    votes.forEach(group::receive);
  }

  private static Predicate<Message> vote(int candidate, int voter) {
    return message ->
        message instanceof VoteRequest && message.from() == candidate && message.to() == voter;
  }

  @Test
  void aVoteSurvivesAStepDownInItsTerm() {
    Group group = new Group(3);
    group.stand(1);
    group.stand(3);
    List<Message> late = group.takeOut(vote(3, 2));
    deliverVotes(group);
    assertEquals(Role.LEADER, group.role(1));

    group.mail.clear();
    group.tick(2, 2 * Group.ELECTION_TICKS);
    late.forEach(group::receive);
    group.settleAmong(2, 3);
  }

  @Test
  void aVoteIsDurableBeforeItIsAnswered() {
    Group group = new Group(3);
    group.stand(1);
    group.stand(3);
    List<Message> late = group.takeOut(vote(3, 2));
    group.holdDisk(2);
    group.settleAmong(1, 2);

    group.restart(2);
    late.forEach(group::receive);
    group.settleAmong(2, 3);
  }

  @Test
  void figure8OfFive() {
    figure8(new Group(5), 2, 3, 4, 5);
  }

  @Test
  void figure8OfThree() {
    figure8(new Group(3), 0, 2, 0, 3);
  }

  /**
   * Raft figure 8.
   *
   * @param second who gets the first leader's entry at once, or 0
   * @param third who gets it in step (c)
   * @param fourth who only votes, or 0
   * @param last the leader of step (b) and (d)
   */
  private static void figure8(Group group, int second, int third, int fourth, int last) {
    // (a) 1 leads and appends; the entry reaches a minority.
    group.stand(1);
    deliverVotes(group);
    group.mail.removeIf(message -> message.to() != second && !message.isReply());
    group.deliver(AppendRequest.class::isInstance);
    group.mail.clear();
    // (b) 1 falls; the last one leads by the votes of those without the entry, and appends.
    group.stand(last);
    group.mail.removeIf(message -> message.to() == 1 || message.to() == second);
    deliverVotes(group);
    assertEquals(Role.LEADER, group.role(last));
    group.mail.clear();
    // (c) The last one falls; 1 leads again and brings its old entry, and that one only, to more.
    group.restart(1);
    enterTermOf(group, last, 1);
    group.stand(1);
    group.mail.removeIf(message -> message.to() == last);
    deliverVotes(group);
    assertEquals(Role.LEADER, group.role(1));
    for (int round = 0; round < 6; round++) {
      group.mail.removeIf(message -> message instanceof AppendRequest append
          && append.entries().stream().anyMatch(entry -> entry.epoch() == epochOf(group, 1))
          && group.core(append.to()).log().holds(append.previous()));
      group.mail.removeIf(message -> message.to() == last);
      group.deliver(message -> true);
      group.tick(1, 2);
    }
    assertTrue(group.core(third).log().termAt(1) == group.core(1).log().termAt(1));
    group.mail.clear();
    // (d) 1 falls; the last one leads by the votes of the others, and overwrites the old entry.
    group.restart(last);
    enterTermOf(group, 1, last);
    group.stand(last);
    group.mail.removeIf(message -> message.to() == 1);
    deliverVotes(group);
    assertEquals(Role.LEADER, group.role(last));
  }

  private static long epochOf(Group group, int id) {
    return group.core(id).status().promised();
  }

  private static void enterTermOf(Group group, int other, int id) {
    group.receive(
        new AppendReply(other, id, epochOf(group, other), 0, false, 0, LogPosition.START, true));
  }

  private static void deliverVotes(Group group) {
    group.deliver(VoteRequest.class::isInstance);
    group.deliver(VoteReply.class::isInstance);
  }

  @Test
  void aReadWaitsForARoundThatBeganAfterIt() {
    Group group = new Group(3);
    group.stand(1);
    group.settleAmong(1, 2, 3);
    group.prove(1, 1);
    group.deliver(AppendRequest.class::isInstance);
    List<Message> early = group.takeOut(AppendReply.class::isInstance);

    group.stand(2);
    group.settleAmong(2, 3);
    group.propose(2, "new");
    group.settleAmong(2, 3);
    group.prove(1, 2);
    group.tick(1, 2);
    early.forEach(group::receive);

    assertEquals(List.of(1L), group.proven(1));
  }

  @Test
  void aPausedLeaderAnswersNoRead() {
    Group group = new Group(3);
    group.stand(1);
    group.settleAmong(1, 2, 3);
    group.stand(2);
    group.settleAmong(2, 3);
    group.propose(2, "new");
    group.settleAmong(2, 3);

    group.prove(1, 1);

    assertEquals(List.of(), group.proven(1));
  }

  @Test
  void aReplicaThatReturnsDisturbsNobody() {
    Group group = new Group(3);
    group.stand(1);
    group.settleAmong(1, 2, 3);
    group.tick(3, 10 * Group.ELECTION_TICKS);
    group.mail.clear();
    IntStream.range(0, 4).forEach(round -> {
      group.tick(1, 2);
      group.settleAmong(1, 2, 3);
    });

    assertEquals(2, group.term(1), "disturbed");
  }

  @Test
  void aReplicaThatOnlyHearsTheOtherFollowerDisturbsNobody() {
    Group group = new Group(3);
    group.stand(1);
    group.settleAmong(1, 2, 3);
    for (int round = 0; round < 2 * Group.ELECTION_TICKS; round++) {
      group.tick(1, 2);
      group.mail.removeIf(message -> message.from() + message.to() == 4);
      group.settleAmong(1, 2, 3);
      group.tick(2, 2);
      group.tick(3, 2);
      group.mail.removeIf(message -> message.from() + message.to() == 4);
      group.settleAmong(1, 2, 3);
    }

    assertEquals(2, group.term(2), "disturbed");
  }

  @Test
  void aStateOlderThanTheLogIsRefused() {
    Restored gap = new Restored(
        new Promise(Epochs.of(3, 0), 0),
        new LogPosition(Epochs.of(2, 0), 10),
        List.of(Entry.noOp(11, Epochs.of(2, 0))),
        new LogPosition(Epochs.of(1, 0), 5));

    assertThrows(IllegalStateException.class, () -> OneReplica.of(gap), "entries are missing");
  }

  @Test
  void aLogBehindTheStateRestartsThere() {
    long term = Epochs.of(2, 0);
    Restored torn = new Restored(
        new Promise(term, 0),
        LogPosition.START,
        List.of(Entry.noOp(1, term), Entry.noOp(2, term)),
        new LogPosition(term, 5));
    VoteRequest lacksCommitted =
        new VoteRequest(2, 1, Epochs.of(3, 0), new LogPosition(term, 4), false, false);

    assertEquals(
        List.of(false),
        OneReplica.of(torn).votes(lacksCommitted),
        "votes for a log that lacks what is committed");
  }

  /** A copy of a piece that was long under way: the follower has gone on, and compacted. */
  @Test
  void anOlderSnapshotChangesNothing() {
    Group group = new Group(3, 0);
    group.stand(1);
    group.settleAmong(1, 2, 3);
    group.propose(1, "all have it");
    group.settleAmong(1, 2, 3);
    LogPosition state = group.core(1).log().last();
    SnapshotChunk all = new SnapshotChunk(state, 0, state.index(), "");
    Message late = new SnapshotRequest(1, 3, state.epoch(), 0, all);
    group.propose(1, "1 and 3 have it");
    group.settleAmong(1, 3);
    group.propose(1, "and say that it is committed");
    group.settleAmong(1, 3);
    group.step(3, new RaftInput.Saved(3));
    assertEquals(3, group.core(3).log().base().index());

    group.receive(late);
    group.stand(2);
    group.settleAmong(2, 3);

    // 3 has what is committed, and 2 lacks it.
    assertEquals(Role.FOLLOWER, group.role(3));
  }

  /** Whoever has what is committed has no snapshot of an earlier term that goes on behind it. */
  @Test
  void aSnapshotThatLacksWhatIsCommittedIsRefused() {
    OneReplica replica = OneReplica.withLog(2, 2, 2);
    replica.append(2, new LogPosition(Epochs.of(2, 0), 3), 3);
    SnapshotChunk other = new SnapshotChunk(new LogPosition(Epochs.of(1, 0), 5), 0, 5, "");

    replica.receive(new SnapshotRequest(2, 1, Epochs.of(2, 0), 0, other));

    assertEquals(3, replica.core.log().last().index(), "lacks what is committed");
  }

  /**
   * A leader that kept an older snapshot than its log begins with would send it again and again.
   */
  @Test
  void aSnapshotReachesTheLog() {
    OneReplica leader = OneReplica.leader();
    leader.propose("a", "b", "c");
    leader.accept(2, 4);
    leader.step(new RaftInput.Saved(3));
    assertEquals(3, leader.core.log().base().index());

    leader.step(new RaftInput.Saved(2));
    leader.accept(3, 1);
    leader.tick(OneReplica.HEARTBEAT_TICKS);

    List<RaftCommand.ReadSnapshot> reads = leader.commands.stream()
        .filter(RaftCommand.ReadSnapshot.class::isInstance)
        .map(RaftCommand.ReadSnapshot.class::cast)
        .toList();
    assertEquals(3, reads.get(0).state().index(), "a snapshot that ends before the log begins");
  }
}
