package toystore.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.disk.Schema.Loss;

/** A file that came up older than it was, or with other rows, and the mark beside it. */
class OlderFileTest {
  private static final int SLOT = 4_096;
  private static final int FRAME = 4_096 + 24;

  @TempDir
  Path folder;

  private NumbersFile numbers;

  /** A file after three changes, as a killed process leaves it: in its write-ahead log. */
  @BeforeEach
  void writeThree() throws IOException {
    numbers = new NumbersFile(folder.resolve("killed"));
    try (Database database = numbers.open()) {
      for (int n = 1; n <= 3; n++) {
        NumbersFile.write(database, n);
      }
      numbers = numbers.copy(folder.resolve("found"));
    }
  }

  @Test
  void aKilledProcessLeavesAFileThatOpens() {
    assertEquals("1 2 3", numbers.read());
  }

  @Test
  void aWriteAheadLogThatIsCutIsRefusedAndLeftAsItIs() throws IOException {
    Path log = numbers.beside("-wal");
    flip(log, Files.size(log) - FRAME / 2);
    byte[] before = Files.readAllBytes(log);

    DataFolderException refusal = numbers.refusal();

    assertTrue(refusal.isDamage());
    assertTrue(refusal.getMessage().contains("holds 3 changes, but numbers.db.mark says that 4"));
    assertEquals(ByteBuffer.wrap(before), ByteBuffer.wrap(Files.readAllBytes(log)));
    // The second look finds what the first one did.
    assertTrue(numbers.refusal().isDamage());
  }

  @Test
  void aCrashBetweenCommitAndMarkIsNone() throws IOException {
    Path mark = numbers.beside(".mark");
    // Slot 0 has the third insertion, the fourth change of all; slot 1 the one before.
    clear(mark, 0);

    assertEquals("1 2 3", numbers.read());
    assertEquals("1 2 3", numbers.read());
  }

  @Test
  void aMarkWithoutAReadableCopyIsRefused() throws IOException {
    clear(numbers.beside(".mark"), 0);
    clear(numbers.beside(".mark"), SLOT);

    assertTrue(numbers.refusal().getMessage().contains("numbers.db.mark is damaged"));
  }

  @Test
  void withoutAMarkTheFileIsTakenAsItIs() throws IOException {
    Files.delete(numbers.beside(".mark"));

    assertEquals("1 2 3", numbers.read());
    assertTrue(Files.exists(numbers.beside(".mark")));
  }

  @Test
  void anOlderCopyBesideANewerMarkIsRefused() throws IOException {
    NumbersFile copy = numbers.copy(folder.resolve("copy"));
    try (Database database = numbers.open()) {
      NumbersFile.write(database, 4);
    }
    for (String file : List.of("", "-wal")) {
      Files.deleteIfExists(numbers.beside(file));
      Files.copy(copy.beside(file), numbers.beside(file));
    }

    assertTrue(numbers.refusal().isDamage());
  }

  @Test
  void rowsThatWereChangedLostOrAddedAreRefused() throws Exception {
    for (String change : List.of(
        "UPDATE numbers SET n = 9 WHERE n = 2",
        "DELETE FROM numbers WHERE n = 3",
        "INSERT INTO numbers VALUES(4)",
        "UPDATE progress SET changes = changes + 1",
        "UPDATE progress SET digest = digest + 1",
        "DELETE FROM progress")) {
      NumbersFile changed = numbers.copy(folder.resolve(Integer.toString(change.hashCode())));
      changed.sql(change);

      assertTrue(changed.refusal().isDamage(), change);
    }
  }

  @Test
  void aLostFileIsMadeAnewWhereOthersHaveWhatItHeld() throws IOException {
    numbers.lose();

    assertEquals("", numbers.read());
    assertEquals("", numbers.read());
  }

  @Test
  void aLostFileThatNobodyElseHasIsRefused() throws IOException {
    numbers.lose();
    Schema schema = NumbersFile.schema(Loss.IS_FINAL);

    DataFolderException refusal =
        assertThrows(DataFolderException.class, () -> numbers.open(schema));

    assertTrue(refusal.getMessage().contains("is missing or empty"), refusal.getMessage());
    assertFalse(Files.exists(numbers.beside("")));
  }

  @Test
  void anEmptiedFileIsRefused() throws IOException {
    Files.write(numbers.beside(""), new byte[0]);

    assertTrue(numbers.refusal().isDamage());
  }

  private static void flip(Path file, long at) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, at);
      one.put(0, (byte) (one.get(0) ^ 4)).rewind();
      channel.write(one, at);
    }
  }

  private static void clear(Path file, long at) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(8), at);
    }
  }
}
