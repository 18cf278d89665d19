package toystore.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import toystore.disk.DataFolder;
import toystore.disk.Patience;
import toystore.edge.WireFormat;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.model.PurchaseRequest;
import toystore.order.Engine;
import toystore.order.OrderStore;
import toystore.order.log.LogFile;
import toystore.purchase.OrderMessages.Summary;
import toystore.raft.core.RaftCommand;
import toystore.raft.core.RaftInput;
import toystore.raft.core.RaftMessage.SnapshotReply;
import toystore.raft.core.RaftMessage.SnapshotRequest;
import toystore.raft.core.SnapshotChunk;
import toystore.replication.Input;
import toystore.replication.Message;
import toystore.replication.OrderBook;

/** Snapshots of real files, for a replica that missed more than the others' logs keep. */
class RaftSnapshotIT {
  private static final int KEPT = 50;
  private static final int SEGMENT = 16 << 10;
  private static final int BEFORE = 100;
  private static final int BATCH = 500;

  @TempDir
  private Path folder;

  private RaftStore store;
  private int leader;
  private int other;
  private int bought;

  @BeforeEach
  void aReplicaMissesMuch() throws IOException {
    store = new RaftStore(folder, RaftSnapshotIT::engine);
    store.start(1, 2, 3);
    leader = store.leader();
    other = leader % 3 + 1;
    buy(BEFORE);
    Summary before = RaftStore.await(store.summary(leader));
    store.until(() -> store.summary(other), before::equals);
    store.stop(other);
    // More than a piece of a snapshot holds, and until the log has gone on.
    while (bought < BEFORE + 4 * BATCH || firstIndex(leader) <= 2 * BEFORE) {
      buy(BATCH);
    }
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static RaftEngine engine() {
    return new RaftEngine(KEPT, SEGMENT, 16, LogFile::open);
  }

  private void buy(int count) {
    PurchaseRequest[] purchases = IntStream.range(bought, bought + count)
        .mapToObj(number -> new PurchaseRequest("key-" + number, "Tux", 1))
        .toArray(PurchaseRequest[]::new);
    store.bought(leader, purchases);
    bought += count;
  }

  private long firstIndex(int id) {
    return store.readLog(id).first();
  }

  @Test
  void itGetsASnapshotAndEndsWithTheSameOrders() throws IOException {
    Summary expected = RaftStore.await(store.summary(leader));

    store.start(other);

    store.until(() -> store.summary(other), expected::equals);
    buy(10);
    Summary more = RaftStore.await(store.summary(leader));
    store.until(() -> store.summary(other), more::equals);
    assertTrue(firstIndex(other) > 2 * BEFORE);
  }

  @Test
  void whatASnapshotBroughtIsSealedAndKnownAfterARestart() throws IOException {
    Summary expected = RaftStore.await(store.summary(leader));
    store.start(other);
    store.until(() -> store.summary(other), expected::equals);

    store.stop(other);
    try (DataFolder data = DataFolder.open(store.folder(other))) {
      Engine.OpenedEngine opened = OpenEngine.of(engine(), other, data);
      assertTrue(opened.book().inMemoryFrom() > BEFORE);
      assertEquals(expected.digest(), opened.book().digest());
      assertEquals(expected.sold(), opened.book().sold());
      // The first came by the log, the others by the snapshot.
      for (int number = 0; number < bought; number++) {
        assertEquals("key-" + number, keyOf(opened, number));
      }
      opened.log().close();
    }

    store.start(other);
    buy(10);
    Summary more = RaftStore.await(store.summary(leader));
    store.until(() -> store.summary(other), more::equals);
  }

  /** A crash when some pieces were taken in, or all, but the log not yet replaced. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCrashInTheMiddleOfTheInstallLosesNothing(boolean all) throws IOException {
    Summary expected = RaftStore.await(store.summary(leader));
    store.stop(leader);
    store.stop(6 - leader - other);
    crashInstalling(all);

    store.start(1, 2, 3);
    leader = store.leader();

    store.until(() -> store.summary(other), expected::equals);
    buy(10);
    Summary more = RaftStore.await(store.summary(leader));
    store.until(() -> store.summary(other), more::equals);
  }

  /** Orders do not change, nor do their numbers: whatever says otherwise is not of this store. */
  @Test
  void aPieceThatContradictsAnOrderIsRefused() throws IOException {
    try (DataFolder data = DataFolder.open(store.folder(other))) {
      Engine.OpenedEngine target = OpenEngine.of(engine(), other, data);

      stage(target, 3, "key-3");
      assertThrows(IllegalStateException.class, () -> stage(target, 3, "key-4"));
      assertThrows(IllegalStateException.class, () -> stage(target, 3, "key-of-nobody"));

      target.log().close();
    }
  }

  private static void stage(Engine.OpenedEngine target, long number, String key) {
    PurchaseRequest purchase = target
        .book()
        .byKey(key)
        .map(OrderBook.PlacedOrder::purchase)
        .orElseGet(() -> new PurchaseRequest(key, "Tux", 1));
    String piece = WireFormat.encode(
            new Snapshots.Rows(List.of(new OrderStore.OrderRow(number, purchase, number + 1))))
        .toString();
    LogPosition state = target.orders().applied();
    target
        .log()
        .carryOut(
            new RaftCommand.StageSnapshot(new SnapshotChunk(state, 0, state.index(), piece)),
            () -> {});
  }

  private void crashInstalling(boolean all) {
    try (DataFolder from = DataFolder.open(store.folder(leader));
        DataFolder to = DataFolder.open(store.folder(other))) {
      Engine.OpenedEngine source = OpenEngine.of(engine(), leader, from);
      Engine.OpenedEngine target = OpenEngine.of(engine(), other, to);
      assertEquals(BEFORE, target.book().count());
      SnapshotChunk chunk = null;
      do {
        chunk = read(source, chunk == null ? target.orders().applied().index() : chunk.next());
        target.log().carryOut(new RaftCommand.StageSnapshot(chunk), () -> {});
      } while (all && chunk.next() < chunk.state().index());
      if (all) {
        target.orders().appliedUpTo(chunk.state());
      }
      assertTrue(target.book().count() > BEFORE);
      target.log().close();
      source.log().close();
      demandGoesOn(to, chunk);
    }
  }

  /** The next life wants what is behind the pieces it has, and no more. */
  private void demandGoesOn(DataFolder data, SnapshotChunk last) {
    Engine.OpenedEngine reopened = OpenEngine.of(engine(), other, data);
    SnapshotChunk first = new SnapshotChunk(last.state(), 0, 1, "");
    long term = Epochs.next(reopened.core().status().promised(), 0);

    List<Message> answers = reopened
        .core()
        .step(new Input.Received(new SnapshotRequest(leader, other, term, 0, first)))
        .toSendOnceDurable();

    SnapshotReply wanted = (SnapshotReply) answers.get(0);
    assertTrue(wanted.next() >= last.next(), wanted::toString);
    assertEquals("key-" + BEFORE, keyOf(reopened, BEFORE));
    reopened.log().close();
  }

  /** What a snapshot brings is known by its key, as all else is. */
  private static String keyOf(Engine.OpenedEngine opened, int number) {
    return opened
        .book()
        .byKey("key-" + number)
        .filter(placed -> placed.order().number() == number)
        .map(placed -> placed.purchase().key())
        .orElseThrow();
  }

  private static SnapshotChunk read(Engine.OpenedEngine source, long offset) {
    CompletableFuture<SnapshotChunk> chunk = new CompletableFuture<>();
    source.log().feed(input -> chunk.complete(((RaftInput.SnapshotRead) input).chunk()));
    source
        .log()
        .carryOut(new RaftCommand.ReadSnapshot(1, source.orders().applied(), offset), () -> {});
    return chunk.orTimeout(Patience.SECONDS, TimeUnit.SECONDS).join();
  }
}
