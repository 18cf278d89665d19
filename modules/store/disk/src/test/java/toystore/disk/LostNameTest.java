package toystore.disk;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are deleted, moved or replaced while a process has them open. */
class LostNameTest {
  @TempDir
  Path folder;

  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

  @ParameterizedTest
  @ValueSource(strings = {"", "-wal", ".mark"})
  void nothingIsDurableInAFileWithoutAName(String suffix) throws Exception {
    NumbersFile numbers = new NumbersFile(folder.resolve("numbers"));
    Database database = numbers.open(failure::complete);
    NumbersFile.write(database, 1);

    Files.delete(numbers.beside(suffix));
    CompletableFuture<Void> durable = NumbersFile.begin(database, 2);

    assertTrue(failure
        .get(Patience.SECONDS, TimeUnit.SECONDS)
        .getMessage()
        .contains("is gone while it was in"));
    assertFalse(durable.isDone());
  }

  @Test
  void norInOneWhoseNameLeadsElsewhere() throws Exception {
    NumbersFile numbers = new NumbersFile(folder.resolve("numbers"));
    Database database = numbers.open(failure::complete);
    Files.move(folder.resolve("numbers"), folder.resolve("moved"));
    try (Database other = new NumbersFile(folder.resolve("numbers")).open()) {
      NumbersFile.write(other, 1);

      CompletableFuture<Void> durable = NumbersFile.begin(database, 1);

      assertTrue(
          failure.get(Patience.SECONDS, TimeUnit.SECONDS).getMessage().contains("was replaced"));
      assertFalse(durable.isDone());
    }
  }

  @Test
  void anIdleServiceNoticesItToo() throws Exception {
    try (DataFolder data = DataFolder.open(folder.resolve("data"))) {
      data.watch(failure::complete);

      Files.delete(data.file("lock"));

      assertTrue(
          failure.get(Patience.SECONDS, TimeUnit.SECONDS).getMessage().contains("lock is gone"));
    }
  }

  @Test
  void whatItsOwnerRemovesIsNotMissed() throws IOException {
    OpenFiles files = new OpenFiles();
    Path file = Files.createFile(folder.resolve("file"));
    files.add(file);
    assertDoesNotThrow(files::demandInPlace);

    Files.delete(file);
    assertThrows(DataFolderException.class, files::demandInPlace);
    files.remove(file);

    assertDoesNotThrow(files::demandInPlace);
  }

  @Test
  void theWriteAheadLogIsNotMissedOnceTheDatabaseIsClosed() throws Exception {
    NumbersFile numbers = new NumbersFile(folder.resolve("numbers"));
    OpenFiles files = new OpenFiles();
    Database database = numbers.open(files);
    NumbersFile.write(database, 1);

    database.close();

    assertFalse(Files.exists(numbers.beside("-wal")));
    assertDoesNotThrow(files::demandInPlace);
  }
}
