package toystore.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static toystore.order.OpenReplica.EPOCH;
import static toystore.order.OpenReplica.entry;
import static toystore.order.OpenReplica.purchase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.disk.DataFolder;
import toystore.disk.DataFolderException;
import toystore.disk.Patience;
import toystore.model.PurchaseRequest;
import toystore.order.log.SegmentedLog;
import toystore.replication.DurableState;
import toystore.replication.Effects;
import toystore.replication.Entry;

/** A log and the file of its orders, of which one is lost, or older than the other. */
class LogAndOrdersTest {
  @TempDir
  Path temporary;

  private Path folder;
  private Path early;

  @BeforeEach
  void write() throws IOException {
    folder = temporary.resolve("data");
    early = temporary.resolve("early");
    try (OpenReplica replica = new OpenReplica(folder)) {
      replica.persist(0, 1, entry(1, "a"));
      replica.apply(entry(1, "a"));
    }
    copy(folder, early);
    try (OpenReplica replica = new OpenReplica(folder)) {
      replica.persist(0, 0, entry(2, "b"));
      replica.persist(0, 2, entry(3, "c"));
      replica.apply(entry(2, "b"));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (var files = Files.list(from)) {
      for (Path file : files.toList()) {
        if (Files.isDirectory(file)) {
          copy(file, to.resolve(file.getFileName()));
        } else {
          Files.copy(file, to.resolve(file.getFileName()));
        }
      }
    }
  }

  private void delete(String name) throws IOException {
    Path path = folder.resolve(name);
    if (Files.isDirectory(path)) {
      try (var files = Files.list(path)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
    }
    Files.delete(path);
  }

  private DataFolderException refusal() {
    DataFolderException refusal =
        assertThrows(DataFolderException.class, () -> OpenReplica.engine(folder, 1));
    assertTrue(refusal.isDamage());
    return refusal;
  }

  private List<OrderStore.OrderRow> ordersAfterAStart() {
    OpenReplica.engine(folder, 1).log().close();
    List<OrderStore.OrderRow> rows = new ArrayList<>();
    try (OpenReplica replica = new OpenReplica(folder)) {
      replica.orders.load(0, rows::add);
    }
    return rows;
  }

  private static List<OrderStore.OrderRow> bothOrders() {
    return List.of(
        new OrderStore.OrderRow(0, purchase("a"), 1), new OrderStore.OrderRow(1, purchase("b"), 2));
  }

  @Test
  void ordersWithoutTheirLogAreRefusedAndNothingIsMade() throws IOException {
    delete("log");

    String said = refusal().getMessage();

    assertTrue(said.contains("log is damaged: it is missing, but orders.db beside it"), said);
    assertFalse(Files.exists(folder.resolve("log")));
  }

  @Test
  void anIdleReplicaNoticesThatItsLogIsGone() throws Exception {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    try (DataFolder data = DataFolder.open(folder)) {
      data.watch(failure::complete);
      DurableLog log = OpenReplica.engine(data, 1).log();

      delete("log");

      assertTrue(failure
          .get(Patience.SECONDS, TimeUnit.SECONDS)
          .getMessage()
          .contains("is gone while it was in"));
      log.close();
    }
  }

  @Test
  void anOlderLogIsRefused() throws IOException {
    delete("log");
    copy(early.resolve("log"), folder.resolve("log"));

    String said = refusal().getMessage();

    assertTrue(said.contains("one of both is an older copy"), said);
  }

  @Test
  void aLogThatIsOlderThanItsMarkIsRefused() throws IOException {
    delete("log");
    copy(early.resolve("log"), folder.resolve("log"));
    try (SegmentedLog log =
        SegmentedLog.open(early.resolve("log"), "order-1", SegmentedLog.SEGMENT_BYTES)) {
      log.append(List.of(entry(2, "b"), entry(3, "c"), entry(4, "d")));
      log.sync();
    }
    Files.copy(
        early.resolve("log").resolve("mark"),
        folder.resolve("log").resolve("mark"),
        StandardCopyOption.REPLACE_EXISTING);

    assertTrue(refusal().getMessage().contains("its entry 4 was durable, and is missing"));
  }

  @Test
  void aLogWithoutItsBeginningIsRefused() throws IOException {
    try (OpenReplica replica = new OpenReplica(folder)) {
      Entry[] segmentful = LongStream.rangeClosed(4, 103)
          .mapToObj(index -> entry(index, "key-" + index))
          .toArray(Entry[]::new);
      replica.persist(0, 3, segmentful);
      replica.persist(0, 104, entry(104, "last"));
      replica.apply(entry(104, "last"));
    }
    Files.delete(SegmentedLog.segmentPaths(folder.resolve("log")).get(0));

    String said = refusal().getMessage();

    assertTrue(said.contains("but the orders beside it are those up to"), said);
  }

  @Test
  void aLogOfAnotherHistoryIsRefused() throws IOException {
    delete("log");
    try (SegmentedLog log =
        SegmentedLog.open(folder.resolve("log"), "order-1", SegmentedLog.SEGMENT_BYTES)) {
      log.promise(new Effects.Promise(EPOCH + 1, 1));
      log.append(List.of(
          Entry.of(1, EPOCH + 1, purchase("x")),
          Entry.of(2, EPOCH + 1, purchase("y")),
          Entry.of(3, EPOCH + 1, purchase("z"))));
      log.sync();
    }

    assertTrue(refusal().getMessage().contains("one of both is an older copy"));
  }

  /** It has the same orders, but not what this replica has promised. */
  @Test
  void theLogOfAnotherReplicaIsRefused() throws IOException {
    Path other = temporary.resolve("other");
    try (PrimaryBackupMaker maker = PrimaryBackupMaker.open(other, "order-2", EPOCH)) {
      maker.add(List.of(purchase("a"), purchase("b"), purchase("c")));
    }
    delete("log");
    copy(other.resolve("log"), folder.resolve("log"));

    DataFolderException refusal =
        assertThrows(DataFolderException.class, () -> OpenReplica.engine(folder, 1));

    assertTrue(refusal.getMessage().contains("log belongs to order-2, not order-1"));
    assertFalse(refusal.isDamage());
  }

  /** The file of the orders has the first one; only the log has what is committed behind it. */
  @Test
  void theBookHasTheOrdersOnDiskAndWhatTheLogHasBehindThem() throws IOException {
    try (OpenReplica replica = new OpenReplica(folder)) {
      replica.persist(0, 3, entry(4, "a"));
      replica.persist(0, 5, entry(5, "d"));
    }

    Engine.OpenedEngine opened = OpenReplica.engine(folder, 1);
    opened.log().close();

    List<PurchaseRequest> orders = LongStream.range(0, opened.book().count())
        .mapToObj(opened.book()::purchase)
        .toList();
    assertEquals(List.of(purchase("a"), purchase("b"), purchase("c"), purchase("d")), orders);
  }

  private static Entry[] twenty(long first) {
    return LongStream.range(first, first + 20)
        .mapToObj(index -> entry(index, "key-" + index))
        .toArray(Entry[]::new);
  }

  /** Another leader may take them back. */
  @Test
  void whatIsNotKnownCommittedIsNotAppliedHoweverManySegmentsItHas() {
    Path many = temporary.resolve("many");
    try (OpenReplica replica = new OpenReplica(many)) {
      for (long first = 1; first < 200; first += 20) {
        replica.persist(0, 0, twenty(first));
      }
    }

    Engine.OpenedEngine opened = OpenReplica.engine(many, 1);

    assertEquals(0, opened.book().count());
    opened.log().close();
  }

  @Test
  void whatAStartHasPassedOverIsCheckedUntilTheReplicaEnds() throws InterruptedException {
    Path many = temporary.resolve("many");
    try (OpenReplica replica = new OpenReplica(many, "order-6")) {
      for (long first = 1; first < 200; first += 20) {
        Entry[] entries = twenty(first);
        replica.persist(0, first + 19, entries);
        replica.apply(entries);
      }
      replica.flush();
    }

    Engine.OpenedEngine opened = OpenReplica.engine(many, 6);

    Thread check = Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("order-6-log-check"))
        .findFirst()
        .orElseThrow();
    opened.log().close();
    check.join(TimeUnit.SECONDS.toMillis(10));
    assertFalse(check.isAlive());
  }

  @Test
  void ordersThatAreLostAreMadeAnewFromTheLog() throws IOException {
    delete("orders.db");

    assertEquals(bothOrders(), ordersAfterAStart());
  }

  @Test
  void ordersThatAreLostWithTheirMarkAreMadeAnewToo() throws IOException {
    delete("orders.db");
    delete("orders.db.mark");

    assertEquals(bothOrders(), ordersAfterAStart());
  }

  @Test
  void ordersOfAnOlderTimeAreBroughtLevel() throws IOException {
    delete("orders.db");
    delete("orders.db.mark");
    Files.copy(early.resolve("orders.db"), folder.resolve("orders.db"));
    Files.copy(early.resolve("orders.db.mark"), folder.resolve("orders.db.mark"));

    assertEquals(bothOrders(), ordersAfterAStart());
  }

  @Test
  void ordersThatAreOlderThanTheirMarkAreRefused() throws IOException {
    delete("orders.db");
    Files.copy(early.resolve("orders.db"), folder.resolve("orders.db"));

    assertTrue(refusal().getMessage().contains("it is an older copy"));
  }

  @Test
  void aReplicaThatLostBothIsRebuilt() throws IOException {
    delete("log");
    delete("orders.db");

    try (OpenReplica replica = new OpenReplica(folder)) {
      assertEquals(DurableState.fresh(), replica.found);
    }
  }
}
