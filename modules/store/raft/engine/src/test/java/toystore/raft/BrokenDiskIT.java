package toystore.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.disk.Patience;
import toystore.model.PurchaseRequest;
import toystore.model.ReplicaHealth;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.order.log.BrokenDisk;
import toystore.order.log.SegmentedLog;
import toystore.purchase.OrderMessages.BuyOutcome;
import toystore.purchase.OrderMessages.Summary;

/** A leader whose log cannot be written: its process ends, and it has told nobody of an order. */
class BrokenDiskIT {
  private static final int LEADER = 3;
  private static final PurchaseRequest TUX = new PurchaseRequest("k-tux", "Tux", 1);
  private static final PurchaseRequest FOX = new PurchaseRequest("k-fox", "Fox", 1);

  @TempDir
  private Path folder;

  private RaftStore store;
  private Process leader;

  @BeforeEach
  void open() throws IOException {
    store = new RaftStore(folder).with("handOver", true);
    leader = ReplicaProcess.start(store.config(LEADER), said(), fault());
    store.start(1, 2);
  }

  @AfterEach
  void close() throws InterruptedException {
    leader.destroyForcibly().waitFor();
    store.close();
  }

  private Path said() {
    return folder.resolve("said.log");
  }

  private Path fault() {
    return folder.resolve("fault");
  }

  @Test
  void aLeaderWhoseDiskIsFullEndsAndHasToldNobody() throws Exception {
    // The highest id has the office sooner or later: that is how they are configured.
    store.until(() -> store.onceUp(() -> store.health(LEADER)), ReplicaHealth::ready);
    assertEquals(List.of(BuyOutcome.ordered(0)), store.bought(LEADER, TUX));

    Files.writeString(fault(), BrokenDisk.Fault.FULL.name());
    StoreException refusal = assertThrows(StoreException.class, () -> store.bought(LEADER, FOX));

    assertEquals(StoreError.UNAVAILABLE, refusal.error());
    assertTrue(leader.waitFor(Patience.SECONDS, TimeUnit.SECONDS));
    assertEquals(1, leader.exitValue());
    assertTrue(Files.readString(said()).contains("fatal=order-3 write"));
    // The others may have it or not; who asks again with its key gets one order, and keeps it.
    int next = store.leader();
    assertEquals(List.of(BuyOutcome.ordered(1)), store.bought(next, FOX));
    assertEquals(List.of(BuyOutcome.ordered(0)), store.bought(next, TUX));

    Files.delete(fault());
    leader = ReplicaProcess.start(store.config(LEADER), said(), fault());
    Summary expected = RaftStore.await(store.summary(next));
    store.until(() -> store.onceUp(() -> store.summary(LEADER)), expected::equals);
  }

  @Test
  void aReplicaWhoseLogIsDeletedEnds() throws Exception {
    store.until(() -> store.onceUp(() -> store.health(LEADER)), ReplicaHealth::ready);
    assertEquals(List.of(BuyOutcome.ordered(0)), store.bought(LEADER, TUX));

    for (Path segment :
        SegmentedLog.segmentPaths(store.folder(LEADER).resolve(SegmentedLog.FOLDER))) {
      Files.delete(segment);
    }
    assertThrows(StoreException.class, () -> store.bought(LEADER, FOX));

    assertTrue(leader.waitFor(Patience.SECONDS, TimeUnit.SECONDS));
    assertEquals(1, leader.exitValue());
    assertTrue(Files.readString(said()).contains("is gone while it was in use"));
  }
}
