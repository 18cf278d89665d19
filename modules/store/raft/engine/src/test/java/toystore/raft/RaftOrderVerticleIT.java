package toystore.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.edge.NotLeaderException;
import toystore.edge.StartException;
import toystore.model.Epochs;
import toystore.model.KnownLeader;
import toystore.model.PurchaseRequest;
import toystore.model.ReplicaHealth;
import toystore.model.Role;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.order.log.SegmentedLog;
import toystore.purchase.OrderMessages.BuyOutcome;
import toystore.purchase.OrderMessages.Summary;
import toystore.replication.Entry;

class RaftOrderVerticleIT {
  private static final PurchaseRequest TUX = new PurchaseRequest("k-tux", "Tux", 1);
  private static final PurchaseRequest FOX = new PurchaseRequest("k-fox", "Fox", 2);

  @TempDir
  private Path folder;

  private RaftStore store;

  @BeforeEach
  void open() throws IOException {
    store = new RaftStore(folder);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void replicasElectALeaderThatSellsEachKeyOnce() {
    store.start(1, 2, 3);
    int leader = store.leader();

    assertEquals(
        List.of(BuyOutcome.ordered(0), BuyOutcome.ordered(1)), store.bought(leader, TUX, FOX));
    assertEquals(List.of(BuyOutcome.ordered(0)), store.bought(leader, TUX));
    assertEquals(StoreError.ORDER_NOT_FOUND, store.found(leader, 7L).get(0).error());
  }

  @Test
  void othersNameTheLeader() {
    store.start(1, 2, 3);
    int leader = store.leader();
    int other = leader % 3 + 1;
    store.until(() -> store.health(other), health -> health.leader() == leader);

    NotLeaderException refusal =
        assertThrows(NotLeaderException.class, () -> store.bought(other, TUX));

    assertEquals(
        new KnownLeader(leader, RaftStore.await(store.health(leader)).promised()),
        refusal.leader());
  }

  @Test
  void ordersOutliveTheirLeaderAndLogsEndUpTheSame() {
    store.start(1, 2, 3);
    int first = store.leader();
    store.bought(first, TUX);
    store.stop(first);

    int second = store.leader();
    assertEquals(List.of(BuyOutcome.ordered(0)), store.bought(second, TUX));
    assertEquals(List.of(BuyOutcome.ordered(1)), store.bought(second, FOX));

    store.start(first);
    Summary expected = RaftStore.await(store.summary(second));
    for (int id = 1; id <= 3; id++) {
      int replica = id;
      store.until(() -> store.summary(replica), expected::equals);
    }
    committedLog();
    assertTrue(store.log(2).stream().anyMatch(entry -> TUX.equals(entry.purchase())));
  }

  /** Whoever is told to stop leaves when another has the office, not before. */
  @Test
  void aLeaderThatStopsLeavesAnotherInOffice() {
    store.start(1, 2, 3);
    for (int place = 0; place < 3; place++) {
      int leader = store.leader();
      store.bought(leader, new PurchaseRequest("key-" + place, "Tux", 1));
      long term = RaftStore.await(store.health(leader)).promised();

      store.stop(leader);

      List<ReplicaHealth> others = IntStream.rangeClosed(1, 3)
          .filter(id -> id != leader)
          .mapToObj(id -> RaftStore.await(store.health(id)))
          .toList();
      assertTrue(
          others.stream()
              .anyMatch(health ->
                  health.role() == Role.LEADER && health.promised() == Epochs.next(term, 0)),
          others::toString);
      store.start(leader);
    }
  }

  @Test
  void purchasesSentToDifferentReplicasEndInOneOrder() {
    store.start(1, 2, 3);
    store.leader();
    List<PurchaseRequest> purchases = IntStream.range(0, 90)
        .mapToObj(number -> new PurchaseRequest("key-" + number, "Tux", 1))
        .toList();

    List<CompletableFuture<BuyOutcome>> bought = IntStream.range(0, purchases.size())
        .mapToObj(place ->
            CompletableFuture.supplyAsync(() -> buyFrom(place % 3 + 1, purchases.get(place))))
        .toList();
    bought.forEach(CompletableFuture::join);

    List<String> inTheLog = committedLog().stream()
        .filter(entry -> entry.purchase() != null)
        .map(entry -> entry.purchase().key())
        .toList();
    for (int place = 0; place < purchases.size(); place++) {
      assertEquals(
          BuyOutcome.ordered(inTheLog.indexOf("key-" + place)),
          bought.get(place).join());
    }
    assertEquals(purchases.size(), inTheLog.size());
  }

  /**
   * Asks this replica first, and goes on to the next as long as it is told that it asks the wrong
   * one.
   */
  private BuyOutcome buyFrom(int first, PurchaseRequest purchase) {
    for (int id = first; id < first + 30; id++) {
      try {
        return store.bought((id - 1) % 3 + 1, purchase).get(0);
      } catch (StoreException notHere) {
        assertEquals(StoreError.NOT_LEADER, notHere.error());
      }
    }
    throw new AssertionError("no replica led");
  }

  /** Stops the replicas once they are level: their logs are the same, entry by entry. */
  private List<Entry> committedLog() {
    long last = RaftStore.await(store.health(store.leader())).lastIndex();
    for (int id = 1; id <= 3; id++) {
      int replica = id;
      store.until(
          () -> store.health(replica), (ReplicaHealth health) -> health.committed() >= last);
    }
    List.of(1, 2, 3).forEach(store::stop);
    List<Entry> log = store.log(1).subList(0, (int) last);
    assertEquals(log, store.log(2).subList(0, (int) last));
    assertEquals(log, store.log(3).subList(0, (int) last));
    return log;
  }

  @Test
  void allStartAgainWithWhatTheyHad() {
    store.start(1, 2, 3);
    store.bought(store.leader(), TUX, FOX);
    List.of(1, 2, 3).forEach(store::stop);

    store.start(1, 2, 3);

    assertEquals(List.of(BuyOutcome.ordered(1)), store.bought(store.leader(), FOX));
  }

  @Test
  void aDamagedLogIsRefusedAndFetchedAnewFromTheOthers() throws IOException {
    store.start(1, 2, 3);
    int leader = store.leader();
    int other = leader % 3 + 1;
    PurchaseRequest[] many = IntStream.range(0, 500)
        .mapToObj(number -> new PurchaseRequest("key-" + number, "Tux", 1))
        .toArray(PurchaseRequest[]::new);
    store.bought(leader, many);
    store.bought(leader, TUX);
    Summary expected = RaftStore.await(store.summary(leader));
    store.until(() -> store.summary(other), expected::equals);
    store.stop(other);
    Path segment = SegmentedLog.segmentPaths(store.folder(other).resolve(SegmentedLog.FOLDER))
        .get(0);
    byte[] bytes = Files.readAllBytes(segment);
    bytes[5_512] ^= 1;
    Files.write(segment, bytes);

    StartException refusal = assertThrows(StartException.class, () -> store.start(other));
    assertTrue(refusal.getMessage().contains("bin/toystore rebuild order-" + other));
    assertTrue(store.readLog(other).damage().contains("damaged"));
    deleteAll(store.folder(other));
    store.start(other);

    store.until(() -> store.summary(other), expected::equals);
    store.until(() -> store.health(other), ReplicaHealth::eligible);
  }

  private static void deleteAll(Path folder) throws IOException {
    List<Path> paths;
    try (Stream<Path> all = Files.walk(folder)) {
      paths = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }
}
