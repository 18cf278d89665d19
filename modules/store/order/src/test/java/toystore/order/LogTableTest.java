package toystore.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static toystore.order.OpenReplica.EPOCH;
import static toystore.order.OpenReplica.PROMISE;
import static toystore.order.OpenReplica.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.disk.DataFolder;
import toystore.disk.DataFolderException;
import toystore.disk.Database;
import toystore.disk.Schema;
import toystore.disk.WriteWait;
import toystore.order.log.SegmentedLog;
import toystore.replication.DurableState;
import toystore.replication.Effects;
import toystore.replication.Entry;

/** A folder of an earlier version, whose log is in the file of the orders. */
class LogTableTest {
  private static final List<String> TABLES = List.of(
      """
      CREATE TABLE log(
        idx INTEGER PRIMARY KEY, epoch INTEGER NOT NULL, key TEXT, toy TEXT, quantity INTEGER)""",
      """
      CREATE TABLE meta(
        id INTEGER PRIMARY KEY CHECK(id = 1), promise INTEGER NOT NULL, leader INTEGER NOT NULL,
        committed INTEGER NOT NULL, rebuilding INTEGER NOT NULL)""",
      "INSERT INTO meta VALUES(1, 0, 0, 0, 1)");

  private static final DurableState STATE = new DurableState(
      List.of(Entry.noOp(1, EPOCH), entry(2, "a"), entry(3, "b"), entry(4, "c")),
      PROMISE,
      3,
      3,
      false);

  @TempDir
  Path folder;

  @BeforeEach
  void writeAsTheVersionBefore() {
    try (DataFolder data = DataFolder.open(folder)) {
      change(
          data,
          "INSERT INTO log VALUES(1, " + EPOCH + ", NULL, NULL, NULL), (2, " + EPOCH
              + ", 'a', 'Tux', 1), (3, " + EPOCH + ", 'b', 'Tux', 1), (4, " + EPOCH
              + ", 'c', 'Tux', 1)",
          "UPDATE meta SET promise = " + EPOCH + ", leader = 2, committed = 3, rebuilding = 0");
    }
  }

  /** One transaction of the program of the version before. */
  private static void change(DataFolder data, String... statements) {
    WriteWait wait = new WriteWait();
    try (Database database = older(data, wait)) {
      wait.durable(done -> database.write(
          session -> {
            session.removed(LogTable.digest(session));
            for (String statement : statements) {
              session.execute(statement);
            }
            session.added(LogTable.digest(session));
          },
          done));
    }
  }

  /** As the program of the version before opens it. */
  private static Database older(DataFolder data, WriteWait wait) {
    Schema schema = new Schema(
        "order-1",
        "primary-backup",
        Schema.Loss.IS_MADE_GOOD,
        2,
        Stream.concat(OrderStore.TABLES.stream(), TABLES.stream()).toList());
    return Database.open(
        data.file("orders.db"),
        schema,
        session -> OrderStore.digest(session) + LogTable.digest(session),
        data.files(),
        wait::failed);
  }

  private DurableState found() {
    try (OpenReplica replica = new OpenReplica(folder)) {
      return replica.found;
    }
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("log"))
          .toList();
    }
  }

  @Test
  void itsLogIsMoved() throws IOException {
    assertEquals(STATE, found());

    assertEquals(List.of("log"), names());
    assertEquals(STATE, found());
  }

  @Test
  void theProgramOfBeforeRefusesWhatWasMoved() {
    found();

    try (DataFolder data = DataFolder.open(folder)) {
      DataFolderException refusal =
          assertThrows(DataFolderException.class, () -> older(data, new WriteWait()));

      assertFalse(refusal.isDamage());
      assertTrue(refusal.getMessage().contains("has schema version 3"), refusal.getMessage());
    }
  }

  /** The tables count until they are gone: the program of before may have gone on with them. */
  @Test
  void whatACrashLeftOfAMoveIsMadeAnew() throws IOException {
    Path moved = folder.resolve(LogTable.MOVED);
    try (SegmentedLog half = SegmentedLog.open(moved, "order-1", SegmentedLog.SEGMENT_BYTES)) {
      half.promise(new Effects.Promise(EPOCH, 1));
      half.append(List.of(Entry.noOp(1, EPOCH)));
      half.sync();
    }

    assertEquals(STATE, found());
    assertEquals(List.of("log"), names());
  }

  @Test
  void aLogThatWasMovedGetsItsNameAfterACrash() throws IOException {
    found();
    Files.move(folder.resolve("log"), folder.resolve(LogTable.MOVED));

    assertEquals(STATE, found());
    assertEquals(List.of("log"), names());
  }

  /** It may lack what the program of before went on with, and would not count as rebuilding. */
  @Test
  void aLogThatWasMovedIsRefusedWithoutTheFileThatSaysWhetherItCounts() throws IOException {
    found();
    Files.move(folder.resolve("log"), folder.resolve(LogTable.MOVED));
    Files.delete(folder.resolve("orders.db.mark"));
    Files.delete(folder.resolve("orders.db"));

    for (int start = 1; start <= 2; start++) {
      DataFolderException refusal = assertThrows(DataFolderException.class, this::found);

      assertTrue(refusal.isDamage());
      assertTrue(refusal.getMessage().contains("it may lack the last"), refusal.getMessage());
      assertEquals(List.of(LogTable.MOVED), names());
    }
  }

  @Test
  void aReplicaThatWasRebuildingGoesOnWithIt() {
    try (DataFolder data = DataFolder.open(folder)) {
      change(data, "UPDATE meta SET promise = 0, leader = 0, rebuilding = 1");
    }

    assertEquals(new DurableState(STATE.entries(), Effects.Promise.NONE, 3, 3, true), found());
  }

  @Test
  void anOlderCopyOfTheFileBesideALogThatWasMovedIsRefused() throws IOException {
    Path copy = folder.resolve("copy");
    Files.copy(folder.resolve("orders.db"), copy);
    found();
    Files.delete(folder.resolve("orders.db.mark"));
    Files.delete(folder.resolve("orders.db"));
    Files.move(copy, folder.resolve("orders.db"));

    DataFolderException refusal = assertThrows(DataFolderException.class, this::found);

    assertTrue(refusal.isDamage());
    assertTrue(refusal.getMessage().contains("it is an older copy"), refusal.getMessage());
    assertEquals(List.of("log"), names());
  }

  @Test
  void aRowThatWasChangedIsRefusedAndNothingIsMoved() throws IOException, SQLException {
    try (var connection =
        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("orders.db"))) {
      connection.createStatement().execute("UPDATE log SET quantity = 2 WHERE idx = 3");
    }

    assertTrue(assertThrows(DataFolderException.class, this::found).isDamage());
    assertEquals(List.of(), names());
  }

  @Test
  void whoOnlyReadsFindsTheLogThereToo() throws IOException {
    assertEquals(List.of(entry(4, "c").purchase()), OrdersFile.logBehind(folder, 3));
    try (OrdersFile file = OrdersFile.open(folder.resolve("orders.db"))) {
      file.demandWhole();
    }
    found();
    assertEquals(List.of(entry(4, "c").purchase()), OrdersFile.logBehind(folder, 3));
    try (OrdersFile file = OrdersFile.open(folder.resolve("orders.db"))) {
      file.demandWhole();
    }
  }
}
