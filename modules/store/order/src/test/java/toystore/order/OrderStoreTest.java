package toystore.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static toystore.order.OpenReplica.EPOCH;
import static toystore.order.OpenReplica.PROMISE;
import static toystore.order.OpenReplica.entry;
import static toystore.order.OpenReplica.purchase;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.disk.DataFolder;
import toystore.disk.DataFolderException;
import toystore.disk.Patience;
import toystore.model.LogPosition;
import toystore.order.log.BrokenDisk;
import toystore.order.log.LogFile;
import toystore.replication.DurableState;
import toystore.replication.Effects;
import toystore.replication.Entry;
import toystore.replication.OrderBook;

class OrderStoreTest {
  private static final int FLUSH_TICKS = 10;

  @TempDir
  Path folder;

  @Test
  void aNewFileIsMarkedAsRebuilding() {
    try (OpenReplica replica = open()) {
      assertEquals(DurableState.fresh(), replica.found);
    }
  }

  @Test
  void whatWasWrittenIsThereAfterARestart() {
    try (OpenReplica replica = open()) {
      replica.persist(0, 2, Entry.noOp(1, EPOCH), entry(2, "a"), entry(3, "b"));
    }

    DurableState expected = new DurableState(
        List.of(Entry.noOp(1, EPOCH), entry(2, "a"), entry(3, "b")), PROMISE, 2, 2, false);
    assertEquals(expected, found());
  }

  @Test
  void whatIsRebuildingIsSoAfterARestart() {
    try (OpenReplica replica = open()) {
      replica.persist(
          new Effects.Write(1, 0, List.of(entry(1, "a")), Effects.Promise.NONE, 0, true));
    }

    assertEquals(
        new DurableState(List.of(entry(1, "a")), Effects.Promise.NONE, 0, 0, true), found());
  }

  /** Else a replica that lost some of what it had fetched would take part without it. */
  @Test
  void aReplicaIsRebuiltOnceAllThatItFetchedIsDurable() {
    List<String> forced = new ArrayList<>();
    try (OpenReplica replica = new OpenReplica(DataFolder.open(folder), noting(forced))) {
      forced.clear();
      replica.persist(0, 0, entry(1, "a"));
    }

    int count = forced.size();
    assertEquals(List.of("next.tmp", "promise", "promise"), forced.subList(count - 3, count));
  }

  @Test
  void aPromiseIsDurableBeforeAnEntryOfItsEpochIsWritten() {
    List<String> forced = new ArrayList<>();
    try (OpenReplica replica = open()) {
      replica.persist(0, 0, entry(1, "a"));
    }
    try (OpenReplica replica = new OpenReplica(DataFolder.open(folder), noting(forced))) {
      forced.clear();
      Effects.Promise later = new Effects.Promise(EPOCH + 1, 2);
      Entry entry = Entry.of(2, EPOCH + 1, purchase("b"));
      replica.persist(new Effects.Write(1, 0, List.of(entry), later, 0));
    }

    assertEquals(List.of("promise", "promise", "00000000000000000001.log"), forced);
  }

  /** Else its old leader could count on entries that are gone. */
  @Test
  void aPromiseIsDurableBeforeAnEntryOfAnEarlierEpochIsRemoved() {
    List<String> forced = new ArrayList<>();
    try (OpenReplica replica = open()) {
      replica.persist(0, 0, entry(1, "a"), entry(2, "b"));
    }
    try (OpenReplica replica = new OpenReplica(DataFolder.open(folder), noting(forced))) {
      forced.clear();
      Effects.Promise later = new Effects.Promise(EPOCH + 1, 2);
      Entry entry = Entry.of(2, EPOCH + 1, purchase("c"));
      replica.persist(new Effects.Write(1, 2, List.of(entry), later, 0));
    }

    assertEquals(List.of("promise", "promise"), forced.subList(0, 2));
    assertEquals(Set.of("00000000000000000001.log"), Set.copyOf(forced.subList(2, forced.size())));
  }

  /** The names of the files that are made durable, in their order. */
  private static LogFile.Opener noting(List<String> forced) {
    return path -> {
      LogFile file = LogFile.open(path);
      return new LogFile() {
        @Override
        public void write(ByteBuffer bytes, long offset) throws IOException {
          file.write(bytes, offset);
        }

        @Override
        public void force() throws IOException {
          forced.add(path.getFileName().toString());
          file.force();
        }

        @Override
        public void close() throws IOException {
          file.close();
        }
      };
    };
  }

  @Test
  void truncationRemovesFromItsIndexOn() {
    try (OpenReplica replica = open()) {
      replica.persist(0, 1, entry(1, "a"), entry(2, "b"), entry(3, "c"));
      replica.persist(2, 1, entry(2, "d"));
    }

    assertEquals(
        new DurableState(List.of(entry(1, "a"), entry(2, "d")), PROMISE, 1, 1, false), found());
  }

  @Test
  void appliedOrdersWaitForCompany() {
    try (OpenReplica replica = open()) {
      replica.persist(0, 0, entry(1, "a"), entry(2, "b"));
      replica.apply(entry(1, "a"));
      for (int tick = 1; tick < FLUSH_TICKS; tick++) {
        replica.log.tick();
      }
      replica.apply(entry(2, "b"));
      assertFalse(replica.orders.isLevel());

      replica.log.tick();

      assertTrue(replica.orders.isLevel());
      replica.persist(0, 2);
      replica.flush();
      assertEquals(2, rows(replica));
    }
  }

  /** Orders on disk that are ahead of the log would be those of another one. */
  @Test
  void appliedOrdersAreWrittenOnceTheLogThatHasThemIsDurable() {
    CompletableFuture<Void> disk = new CompletableFuture<>();
    LogFile.Opener slow = path ->
        path.getFileName().toString().equals("next.tmp") ? waitFor(disk, path) : LogFile.open(path);
    try (OpenReplica replica = new OpenReplica(DataFolder.open(folder), slow)) {
      Effects.Write write = new Effects.Write(1, 0, List.of(entry(1, "a")), PROMISE, 1);
      CompletableFuture<Void> durable = new CompletableFuture<>();
      replica.log.persist(write, () -> durable.complete(null));
      replica.apply(entry(1, "a"));
      for (int tick = 1; tick <= FLUSH_TICKS; tick++) {
        replica.log.tick();
      }
      assertTrue(replica.orders.isLevel());
      replica.flush();
      assertEquals(0, rows(replica));

      disk.complete(null);

      durable.orTimeout(Patience.SECONDS, TimeUnit.SECONDS).join();
      replica.persist(0, 1);
      replica.flush();
      assertEquals(1, rows(replica));
    }
  }

  @Test
  void ordersOfALogThatFailedAreNotWrittenAsItCloses() {
    AtomicReference<BrokenDisk.Fault> fault = new AtomicReference<>(BrokenDisk.Fault.NONE);
    try (OpenReplica replica =
        new OpenReplica(DataFolder.open(folder), new BrokenDisk(fault::get))) {
      replica.persist(0, 0, entry(1, "a"));
      fault.set(BrokenDisk.Fault.WRITE);
      replica.log.persist(
          new Effects.Write(2, 0, List.of(entry(2, "b")), PROMISE, 2), Assertions::fail);
      replica.apply(entry(1, "a"), entry(2, "b"));
    }

    assertEquals(0, found().committed());
  }

  private static LogFile waitFor(CompletableFuture<Void> disk, Path path) throws IOException {
    disk.orTimeout(Patience.SECONDS, TimeUnit.SECONDS).join();
    return LogFile.open(path);
  }

  @Test
  void whatIsAppliedWasCommittedEvenIfTheLogWasNotTold() {
    try (OpenReplica replica = open()) {
      replica.persist(0, 0, entry(1, "a"));
      replica.apply(entry(1, "a"));
      replica.flush();
      assertEquals(1, rows(replica));
    }

    assertEquals(1, found().committed());
  }

  @Test
  void aStartBringsTheOrdersLevelWithWhatIsCommitted() {
    try (OpenReplica replica = open()) {
      replica.persist(0, 0, entry(1, "a"), Entry.noOp(2, EPOCH), entry(3, "b"));
      replica.persist(0, 3, entry(4, "c"));
    }

    Engine.OpenedEngine opened = OpenReplica.engine(folder, 1);
    OrderBook book = opened.book();
    OrderBook expected = new OrderBook(1);
    List.of(entry(1, "a"), Entry.noOp(2, EPOCH), entry(3, "b")).forEach(expected::apply);

    assertEquals(2, book.count());
    assertEquals(expected.digest(), book.digest());
    assertFalse(opened.orders().isLevel());
    opened.log().close();
    try (OpenReplica replica = open()) {
      List<OrderStore.OrderRow> stored = new ArrayList<>();
      replica.orders.load(0, stored::add);
      assertEquals(
          List.of(
              new OrderStore.OrderRow(0, purchase("a"), 1),
              new OrderStore.OrderRow(1, purchase("b"), 3)),
          stored);
      assertEquals(new LogPosition(EPOCH, 3), replica.orders.applied());
    }
  }

  @Test
  void aFileOfAnotherReplicaIsRefused() {
    open().close();

    DataFolderException refusal =
        assertThrows(DataFolderException.class, () -> OpenReplica.engine(folder, 2));

    assertFalse(refusal.isDamage());
    assertTrue(refusal.getMessage().contains("belongs to order-1, not order-2"));
  }

  @Test
  void aLogWithAGapIsDamage() {
    try (OpenReplica replica = open()) {
      replica.persist(0, 0, entry(1, "a"), entry(3, "b"));
    }

    assertTrue(assertThrows(DataFolderException.class, this::open).isDamage());
  }

  @Test
  void aDamagedFileIsRefusedAsDamage() throws IOException {
    Files.writeString(folder.resolve(PrimaryBackupEngine.FILE), "not a database ".repeat(100));

    assertTrue(assertThrows(DataFolderException.class, this::open).isDamage());
  }

  private OpenReplica open() {
    return new OpenReplica(folder);
  }

  private DurableState found() {
    try (OpenReplica replica = open()) {
      return replica.found;
    }
  }

  private static long rows(OpenReplica replica) {
    return replica.database.read(
        session -> Long.parseLong(session.text("SELECT count(*) FROM orders")));
  }
}
