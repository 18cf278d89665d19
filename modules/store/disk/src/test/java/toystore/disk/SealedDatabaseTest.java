package toystore.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
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

  /** To look at each page takes as long as to read all rows. */
  @Test
  void aStartLooksAtEachPageOnlyWhereItReadsAllRows() throws IOException {
    countAFreePageThatIsNotThere();

    open(sealedRows()).close();

    SealedRows others = sealedRows();
    others.seal(new SealedRows.Added(SEALED, List.of("other"), new long[0], 99, new byte[0]));
    DataFolderException refusal = assertThrows(DataFolderException.class, () -> open(others));
    assertTrue(refusal.isDamage());
    assertEquals(0, others.count());
  }

  /** No row shows it. */
  private void countAFreePageThatIsNotThere() throws IOException {
    byte[] bytes = Files.readAllBytes(numbers.beside(""));
    bytes[39] = 1; // The file format: "Total number of freelist pages".
    Files.write(numbers.beside(""), bytes);
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
      OldRowsCheck.Reading check = check(database, sealed);

      DataFolderException damage = assertThrows(DataFolderException.class, check::readNext);

      assertTrue(damage.isDamage());
      assertEquals(SEALED, sealed.count(), "looked up until the process ends");
    }

    assertEquals(0, sealedRows().count());
    assertThrows(DataFolderException.class, () -> open(sealedRows()));
  }

  @Test
  void theCheckReadsSoundRowsAgainAndAgain() {
    try (SealedRows sealed = sealedRows();
        Database database = open(sealed)) {
      readFrom.clear();
      OldRowsCheck.Reading check = check(database, sealed);

      assertTrue(check.readNext());
      assertFalse(check.readNext());
      assertTrue(check.readNext());
    }

    assertEquals(List.of(0L, 4L, 0L), readFrom);
  }

  @Test
  void whereNothingIsSealedTheCheckReadsNothing() {
    try (SealedRows sealed = sealedRows();
        Database database = open(sealed)) {
      sealed.forget();
      readFrom.clear();

      assertFalse(check(database, sealed).readNext());
    }

    assertEquals(List.of(), readFrom);
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
  void aLookUpWaitsForNoLongReading() {
    try (Database database = open(sealedRows())) {
      String found = database.read(
          reading -> database.lookUp(connection -> connection.text("SELECT max(n) FROM numbers")));

      assertEquals("9", found);
    }
  }

  private OldRowsCheck.Reading check(Database database, SealedRows sealed) {
    return new OldRowsCheck.Reading(
        database.file(),
        sealed,
        (first, end) -> database.read(reader -> new Sums().rows(reader, first, end)));
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
