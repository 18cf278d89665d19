package toystore.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database whose oldest rows are sealed: the numbers from 0 on, each its own row and digest. */
class SealedDatabaseTest {
  private static final int NUMBERS = 10;
  private static final int SEALED = 6;

  @TempDir
  Path folder;

  private final List<Long> readFrom = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();
  private final List<Runnable> tasks = new ArrayList<>();
  private final List<Long> delays = new ArrayList<>();
  private NumbersFile numbers;

  @BeforeEach
  void makeFile() throws IOException {
    numbers = new NumbersFile(folder.resolve("numbers"));
    try (SealedRows sealed = sealedRows();
        Database database = open(sealed)) {
      for (int n = 0; n < NUMBERS; n++) {
        NumbersFile.write(database, n);
      }
      sealed.seal(batch(0, 4));
      sealed.seal(batch(4, SEALED));
    }
    readFrom.clear();
  }

  private static SealedRows.Added batch(int first, int end) {
    List<String> keys = new ArrayList<>();
    long digest = 0;
    for (int n = first; n < end; n++) {
      keys.add("key-" + n);
      digest += n;
    }
    return new SealedRows.Added(first, keys, new long[0], digest, new byte[0]);
  }

  @Test
  void aStartReadsOnlyTheRowsBehindTheSealedOnes() {
    open(sealedRows()).close();

    assertEquals(List.of((long) SEALED), readFrom);
  }

  @Test
  void sealedRowsThatAreNotOfThisFileAreForgotten() throws IOException {
    SealedRows sealed = sealedRows();
    sealed.seal(new SealedRows.Added(SEALED, List.of("other"), new long[0], 99, new byte[0]));

    open(sealed).close();

    assertEquals(0, sealed.count());
    assertEquals(List.of(SEALED + 1L, 0L), readFrom);
  }

  /** Such as an older copy of the database beside newer runs. */
  @Test
  void sealedRowsThatTheFileDoesNotHaveAreForgotten() throws IOException {
    SealedRows sealed = sealedRows();
    sealed.seal(batch(SEALED, NUMBERS + 1));

    open(sealed).close();

    assertEquals(0, sealed.count());
  }

  @Test
  void sealedRowsOfAFileThatIsMadeAnewAreForgotten() throws IOException {
    numbers.lose();
    SealedRows sealed = sealedRows();

    open(sealed).close();

    assertEquals(0, sealed.count());
  }

  @Test
  void aDamagedRowBehindTheSealedOnesIsRefused() throws SQLException {
    numbers.sql("update numbers set n = 77 where n = 7");

    DataFolderException refusal = assertThrows(DataFolderException.class, () -> open(sealedRows()));

    assertTrue(refusal.getMessage().endsWith("its rows are not those that were written"));
  }

  @Test
  void aDamagedSealedRowIsFoundByTheCheckAndRefusedByTheNextStart() throws SQLException {
    numbers.sql("update numbers set n = -2 where n = 2");
    try (SealedRows sealed = sealedRows();
        Database database = open(sealed)) {
      startCheck(database, sealed);
      runTasks(10);

      assertEquals(SEALED, sealed.count(), "looked up until the process ends");
    }

    assertEquals(1, failures.size());
    assertTrue(failures.get(0).getMessage().contains("damaged"), failures.toString());
    assertTrue(tasks.isEmpty());
    assertEquals(0, sealedRows().count());
    assertThrows(DataFolderException.class, () -> open(sealedRows()));
  }

  @Test
  void theCheckOfSoundRowsGoesOnForEver() {
    try (SealedRows sealed = sealedRows();
        Database database = open(sealed)) {
      startCheck(database, sealed);
      runTasks(20);
    }

    assertEquals(List.of(), failures);
    assertEquals(1, tasks.size());
    assertEquals(OldRowsCheck.FIRST_MS, delays.get(0));
    assertTrue(delays.contains(OldRowsCheck.BETWEEN_PASSES_MS));
  }

  @Test
  void theCheckEndsWithItsService() {
    SealedRows sealed = sealedRows();
    Database database = open(sealed);
    OldRowsCheck check = OldRowsCheck.start(database, new Sums(), sealed, failures::add);

    check.close();
    database.close();

    assertEquals(List.of(), failures);
  }

  @Test
  void rowsThatCannotBeReadStopTheService() {
    SealedRows sealed = sealedRows();
    DataFolderException unreadable = new DataFolderException("no");
    new OldRowsCheck(
        numbers.beside(""),
        sealed,
        (first, end) -> {
          throw unreadable;
        },
        failures::add,
        (task, delayMs) -> tasks.add(task),
        () -> {});

    runTasks(1);

    assertEquals(List.of(unreadable), failures);
  }

  @Test
  void aLookUpWaitsForNoLongReading() {
    try (Database database = open(sealedRows())) {
      String found = database.read(
          reading -> database.lookUp(connection -> connection.text("SELECT max(n) FROM numbers")));

      assertEquals("9", found);
    }
  }

  private void startCheck(Database database, SealedRows sealed) {
    new OldRowsCheck(
        database.file(),
        sealed,
        (first, end) -> database.read(reader -> new Sums().rows(reader, first, end)),
        failures::add,
        (task, delayMs) -> {
          tasks.add(task);
          delays.add(delayMs);
        },
        () -> {});
  }

  private void runTasks(int most) {
    for (int i = 0; i < most && !tasks.isEmpty(); i++) {
      tasks.remove(0).run();
    }
  }

  private SealedRows sealedRows() {
    return SealedRows.open(folder.resolve("numbers.runs"), "numbers");
  }

  private Database open(SealedRows sealed) {
    Schema schema = NumbersFile.schema(Schema.Loss.IS_MADE_GOOD);
    return Database.open(
        numbers.beside(""), schema, new Sums(), sealed, new OpenFiles(), failures::add);
  }

  private final class Sums implements RowSums {
    @Override
    public long others(DatabaseConnection connection) {
      return 0;
    }

    @Override
    public long rows(DatabaseConnection connection, long first, long end) throws SQLException {
      readFrom.add(first);
      return Long.parseLong(
          connection.text("SELECT coalesce(sum(n), 0) FROM numbers WHERE abs(n) >= " + first
              + " AND abs(n) < " + end));
    }
  }
}
