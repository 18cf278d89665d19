package toystore.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.disk.DataFolderException;
import toystore.disk.OpenFiles;
import toystore.disk.Patience;
import toystore.stock.CatalogWrite;
import toystore.stock.LedgerRow;
import toystore.stock.LedgerState;
import toystore.stock.OlderRows;

/** The ledger's oldest rows: on disk, found by key, and not read by a start. */
class SealedLedgerTest {
  private static final int STEP = 4;

  @TempDir
  Path folder;

  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private int rows;
  private long writes;

  /** What a start gets. */
  private record Start(OlderRows older, List<String> keys) {}

  private Path file() {
    return folder.resolve("catalog.db");
  }

  private CatalogStore open() {
    return CatalogStore.open(file(), STEP, new OpenFiles(), failures::add);
  }

  private static Start load(CatalogStore store) {
    return store.load(disk -> {
      List<String> keys = new ArrayList<>();
      disk.ledger().forEach(row -> keys.add(row.key()));
      return new Start(disk.older(), keys);
    });
  }

  private static LedgerRow row(int number, LedgerState state) {
    return new LedgerRow("key-" + number, "Tux", 1 + number % 9, state);
  }

  private void write(CatalogStore store, int count, LedgerState state) {
    List<LedgerRow> added = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      added.add(row(rows + i, state));
    }
    write(store, new CatalogWrite(++writes, List.of(), rows, added, List.of(), Map.of()));
    rows += count;
  }

  private static void write(CatalogStore store, CatalogWrite write) {
    CompletableFuture<Void> durable = new CompletableFuture<>();
    store.write(write, () -> durable.complete(null));
    durable.orTimeout(Patience.SECONDS, TimeUnit.SECONDS).join();
  }

  private static void seal(Start start, int below) {
    try {
      ((SealedLedger) start.older()).seal(below).get(Patience.SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  private static void demandOlder(OlderRows older, int count) {
    assertEquals(count, older.count());
    for (int row = 0; row < count; row++) {
      assertEquals(
          new OlderRows.OlderRow(row, row(row, LedgerState.SOLD)), older.find("key-" + row));
    }
    assertNull(older.find("key-" + count));
  }

  private List<String> runs() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("catalog.runs"))) {
      return files
          .map(each -> each.getFileName().toString())
          .filter(name -> name.endsWith(".run"))
          .sorted()
          .toList();
    }
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement change = connection.createStatement()) {
      change.execute(statement);
    }
  }

  @Test
  void whatIsSealedIsFoundAndNotReadByTheNextStart() {
    CatalogStore store = open();
    Start before = load(store);
    write(store, 2 * STEP + 1, LedgerState.SOLD);
    seal(before, STEP);
    demandOlder(before.older(), STEP);
    seal(before, 2 * STEP);
    demandOlder(before.older(), 2 * STEP);
    store.close();

    CatalogStore again = open();
    Start start = load(again);

    demandOlder(start.older(), 2 * STEP);
    assertEquals(List.of("key-8"), start.keys());
    again.close();
  }

  /** Such as one of a version before. */
  @Test
  void aFolderWithoutRunsGetsThemByItsFirstStart() throws IOException {
    CatalogStore store = open();
    write(store, 3 * STEP + 2, LedgerState.SOLD);
    store.close();
    assertEquals(List.of(), runs());

    CatalogStore again = open();
    Start start = load(again);

    demandOlder(start.older(), 3 * STEP);
    assertEquals(List.of("key-12", "key-13"), start.keys());
    assertEquals(List.of("0-8.run", "8-4.run"), runs());
    again.close();
  }

  @Test
  void behindAHoldNothingIsSealed() throws IOException {
    CatalogStore store = open();
    write(store, STEP, LedgerState.SOLD);
    write(store, 1, LedgerState.HELD);
    write(store, 2 * STEP, LedgerState.SOLD);
    store.close();

    CatalogStore again = open();
    Start start = load(again);
    assertEquals(STEP, start.older().count());
    assertEquals(2 * STEP + 1, start.keys().size());
    write(again, new CatalogWrite(++writes, List.of(), 0, List.of(), List.of(STEP), Map.of()));
    seal(start, 3 * STEP);

    assertEquals(3 * STEP, start.older().count());
    again.close();
  }

  /** The core says when: so this is a broken rule, and ends the process. */
  @Test
  void aHoldIsNeverSealed() {
    CatalogStore store = open();
    Start start = load(store);
    write(store, STEP, LedgerState.HELD);

    seal(start, STEP);

    assertEquals(0, start.older().count());
    assertEquals(1, failures.size());
    store.close();
  }

  @Test
  void runsThatAreLostOrDamagedAreMadeAnew() throws IOException {
    CatalogStore store = open();
    write(store, 3 * STEP, LedgerState.SOLD);
    load(store);
    store.close();

    for (String name : List.of("0-8.run", "8-4.run", "seed")) {
      Path run = folder.resolve("catalog.runs").resolve(name);
      byte[] bytes = Files.readAllBytes(run);
      bytes[bytes.length / 2] ^= 1;
      Files.write(run, bytes);
      CatalogStore again = open();
      demandOlder(load(again).older(), 3 * STEP);
      again.close();
    }
    Files.delete(folder.resolve("catalog.runs").resolve("0-8.run"));
    CatalogStore last = open();
    demandOlder(load(last).older(), 3 * STEP);
    last.close();
  }

  /** The row is told to somebody: so it is compared with what was written. */
  @Test
  void aDamagedRowIsNotToldAndRefusedByTheNextStart() throws SQLException {
    CatalogStore store = open();
    write(store, 2 * STEP, LedgerState.SOLD);
    load(store);
    store.close();
    for (String damage : List.of("quantity = 7", "toy = 'Fox'", "key = 'other'")) {
      sql("create table saved as select * from ledger where id = 3");
      sql("update ledger set " + damage + " where id = 3");
      CatalogStore again = open();
      Start start = load(again);
      assertEquals(2 * STEP, start.older().count(), "not read at a start");

      assertThrows(DataFolderException.class, () -> start.older().find("key-2"), damage);

      again.close();
      DataFolderException refusal = assertThrows(DataFolderException.class, this::open);
      assertTrue(refusal.isDamage());
      sql("delete from ledger where id = 3");
      sql("insert into ledger select * from saved");
      sql("drop table saved");
      CatalogStore whole = open();
      load(whole);
      whole.close();
    }
  }

  @Test
  void anotherCatalogsRunsAreNotTaken() throws IOException {
    CatalogStore store = open();
    write(store, STEP, LedgerState.SOLD);
    load(store);
    store.close();
    Path runs = folder.resolve("catalog.runs");
    for (String suffix : List.of("", ".mark")) {
      Files.delete(folder.resolve("catalog.db" + suffix));
    }
    rows = 0;

    CatalogStore other = open();

    assertFalse(Files.exists(runs.resolve("0-4.run")));
    assertEquals(0, load(other).older().count());
    other.close();
  }
}
