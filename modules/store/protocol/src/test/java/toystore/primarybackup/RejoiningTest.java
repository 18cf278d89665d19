package toystore.primarybackup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static toystore.primarybackup.ScriptedReplica.E1;
import static toystore.primarybackup.ScriptedReplica.E2;
import static toystore.primarybackup.ScriptedReplica.OPTIONS;
import static toystore.primarybackup.ScriptedReplica.order;

import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.model.Role;
import toystore.primarybackup.PrimaryBackupMessage.AppendReply;
import toystore.primarybackup.PrimaryBackupMessage.AppendRequest;
import toystore.primarybackup.PrimaryBackupMessage.FetchReply;
import toystore.primarybackup.PrimaryBackupMessage.FetchRequest;
import toystore.primarybackup.PrimaryBackupMessage.PromiseReply;
import toystore.primarybackup.PrimaryBackupMessage.PromiseRequest;
import toystore.replication.DurableState;
import toystore.replication.Effects;
import toystore.replication.Effects.Promise;
import toystore.replication.Effects.Write;
import toystore.replication.Entry;
import toystore.replication.Input;

/** Catching up after a restart, and rebuilding a lost file. */
class RejoiningTest {
  private static final List<Integer> MEMBERS = List.of(1, 2, 3);
  private static final Entry ONE = Entry.noOp(1, E1);
  private static final Entry TWO = order(2, E1, "a");
  private static final Entry THREE = Entry.noOp(3, E2);
  private static final Entry FOUR = order(4, E2, "b");

  private final ScriptedReplica returning = new ScriptedReplica(
      1, MEMBERS, new DurableState(List.of(ONE, TWO), new Promise(E1, 3), 1, 1, false));
  private final ScriptedReplica fresh = new ScriptedReplica(1, MEMBERS, DurableState.fresh());

  /** Where a peer with this log stands, or what it gives. */
  private static FetchReply reply(
      int from, FetchRequest request, long committed, Promise promise, Entry... log) {
    LogPosition last = log.length == 0 ? LogPosition.START : log[log.length - 1].position();
    List<Entry> entries = List.of(log).subList((int) request.after().index(), log.length).stream()
        .limit(request.limit())
        .toList();
    return new FetchReply(
        from,
        1,
        0,
        request.after(),
        request.limit(),
        true,
        entries,
        last,
        committed,
        promise,
        false);
  }

  private static FetchReply emptyAndRebuilding(int from, FetchRequest request) {
    return new FetchReply(
        from,
        1,
        0,
        request.after(),
        request.limit(),
        true,
        List.of(),
        LogPosition.START,
        0,
        Promise.NONE,
        true);
  }

  @Test
  void aReturningReplicaAsksAllOthersAndAdoptsOnlyWhatIsCommitted() {
    returning.ticks(1);
    assertEquals(Role.CATCHING_UP, returning.status().role());
    FetchRequest inquiry = returning.sent(FetchRequest.class, 3);
    assertEquals(ONE.position(), inquiry.after());

    returning.receive(reply(3, inquiry, 3, new Promise(E2, 2), ONE, TWO, THREE, FOUR));
    FetchRequest chunk = returning.sent(FetchRequest.class, 3);
    returning.receive(reply(3, chunk, 3, new Promise(E2, 2), ONE, TWO, THREE, FOUR));

    assertEquals(THREE.position(), returning.status().last());
    assertEquals(List.of(TWO, THREE), returning.applied());
    assertEquals(3, returning.status().known());
  }

  @Test
  void anUncommittedTailOfAPeerIsNotAdopted() {
    returning.ticks(1);
    FetchRequest inquiry = returning.sent(FetchRequest.class, 3);
    returning.receive(reply(3, inquiry, 2, new Promise(E2, 2), ONE, TWO, THREE));

    FetchRequest chunk = returning.sent(FetchRequest.class, 3);
    FetchReply both = reply(3, chunk, 2, new Promise(E2, 2), ONE, TWO, THREE);
    assertEquals(List.of(TWO, THREE), both.entries());
    returning.receive(both);

    assertEquals(TWO.position(), returning.status().last());
    assertEquals(2, returning.status().committed());
  }

  @Test
  void adoptingRaisesThePromiseWithALeaderThatIsNotKnown() {
    aReturningReplicaAsksAllOthersAndAdoptsOnlyWhatIsCommitted();

    Write write = returning.last().toPersist().orElseThrow();

    assertEquals(new Promise(E2, 0), write.promise());
    assertEquals(List.of(THREE), write.append());
  }

  private AppendRequest append(Entry previous, Entry entry, long committed) {
    return new AppendRequest(
        2, 1, E2, previous.position(), List.of(entry), committed, entry.index());
  }

  @Test
  void whatALeaderSendsIsNotFetchedAsWell() {
    returning.ticks(1);
    FetchRequest inquiry = returning.sent(FetchRequest.class, 3);
    returning.receive(reply(3, inquiry, 4, new Promise(E2, 2), ONE, TWO, THREE, FOUR));
    FetchRequest chunk = returning.sent(FetchRequest.class, 3);

    returning.receive(append(TWO, THREE, 4));
    returning.receive(reply(3, chunk, 4, new Promise(E2, 2), ONE, TWO, THREE, FOUR));
    assertEquals(List.of(), returning.last().toSend());

    returning.ticks(OPTIONS.retryTicks());
    assertEquals(THREE.position(), returning.sent(FetchRequest.class, 3).after());
  }

  @Test
  void itIsNoFollowerWhileALeaderBringsItLevel() {
    Entry previous = TWO;
    for (int index = 3; index < 10; index++) {
      Entry next = Entry.noOp(index, E2);
      returning.receive(append(previous, next, 100));
      returning.ticks(OPTIONS.retryTicks() - 1);
      previous = next;
    }

    assertEquals(Role.CATCHING_UP, returning.status().role());
  }

  @Test
  void itIsAFollowerWhenLevelWithAll() {
    returning.ticks(1);
    FetchRequest inquiry = returning.sent(FetchRequest.class, 2);
    returning.receive(reply(2, inquiry, 1, new Promise(E1, 3), ONE));
    assertEquals(Role.CATCHING_UP, returning.status().role());

    returning.receive(reply(3, inquiry, 1, new Promise(E1, 3), ONE));

    assertEquals(Role.FOLLOWER, returning.status().role());
  }

  @Test
  void itIsAFollowerWhenNobodyAnswersForAWhile() {
    returning.ticks(3 * OPTIONS.retryTicks());

    assertEquals(Role.FOLLOWER, returning.status().role());
  }

  @Test
  void aReturningReplicaTakesPartAllTheSame() {
    returning.receive(new PromiseRequest(2, 1, E2));
    assertTrue(returning.sent(PromiseReply.class, 2).granted());

    returning.receive(new AppendRequest(2, 1, E2, TWO.position(), List.of(THREE), 3, 1));
    assertTrue(returning.sent(AppendReply.class, 2).accepted());
    assertEquals(3, returning.status().committed());
  }

  @Test
  void aReplicaWithANewFilePromisesAndAcknowledgesNothing() {
    fresh.ticks(1);
    assertEquals(Role.REBUILDING, fresh.status().role());

    fresh.step(new Input.Appoint(E1, 1));
    assertEquals(Role.REBUILDING, fresh.status().role());
    fresh.receive(new PromiseRequest(2, 1, E1));
    assertFalse(fresh.sent(PromiseReply.class, 2).granted());
    assertTrue(fresh.sent(PromiseReply.class, 2).rebuilding());
    fresh.receive(new AppendRequest(2, 1, E1, LogPosition.START, List.of(ONE), 0, 1));
    assertFalse(fresh.sent(AppendReply.class, 2).accepted());
    assertEquals(Epochs.NONE, fresh.status().promised());
    assertEquals(LogPosition.START, fresh.status().last());
  }

  @Test
  void whenAllAreEmptyTheStoreIsNew() {
    fresh.ticks(1);
    FetchRequest inquiry = fresh.sent(FetchRequest.class, 2);
    fresh.receive(emptyAndRebuilding(2, inquiry));
    assertEquals(Role.REBUILDING, fresh.status().role());

    Effects done = fresh.receive(emptyAndRebuilding(3, inquiry));

    assertFalse(done.toPersist().orElseThrow().rebuilding());
    assertEquals(Role.CATCHING_UP, fresh.status().role());
  }

  @Test
  void aLostFileIsRebuiltFromTheMostUpToDateLogUncommittedTailIncluded() {
    fresh.ticks(1);
    FetchRequest inquiry = fresh.sent(FetchRequest.class, 2);
    fresh.receive(reply(2, inquiry, 1, new Promise(E2, 2), ONE, TWO, THREE, FOUR));
    fresh.receive(reply(3, inquiry, 2, new Promise(E1, 3), ONE, TWO));

    FetchRequest first = fresh.sent(FetchRequest.class, 2);
    Effects chunk = fresh.receive(reply(2, first, 1, new Promise(E2, 2), ONE, TWO, THREE, FOUR));
    assertTrue(chunk.toPersist().orElseThrow().rebuilding());
    FetchRequest second = fresh.sent(FetchRequest.class, 2);
    Effects done = fresh.receive(reply(2, second, 1, new Promise(E2, 2), ONE, TWO, THREE, FOUR));

    assertFalse(done.toPersist().orElseThrow().rebuilding());
    assertEquals(new Promise(E2, 2), done.toPersist().orElseThrow().promise());
    assertEquals(FOUR.position(), fresh.status().last());
  }

  @Test
  void aLostFileIsNotRebuiltWhileAnotherIsLost() {
    fresh.ticks(1);
    FetchRequest inquiry = fresh.sent(FetchRequest.class, 2);
    fresh.receive(reply(2, inquiry, 1, new Promise(E1, 2), ONE, TWO));

    fresh.receive(emptyAndRebuilding(3, inquiry));

    assertTrue(fresh.allSent(FetchRequest.class).isEmpty());
    assertEquals(Role.REBUILDING, fresh.status().role());
  }

  @Test
  void promisesThatDisagreeOnTheLeaderAreTakenOverWithoutOne() {
    fresh.ticks(1);
    FetchRequest inquiry = fresh.sent(FetchRequest.class, 2);
    fresh.receive(reply(2, inquiry, 0, new Promise(E1, 2)));
    Effects done = fresh.receive(reply(3, inquiry, 0, new Promise(E1, 3)));

    assertEquals(new Promise(E1, 0), done.toPersist().orElseThrow().promise());
  }
}
