package toystore.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.NativeLibraryNotFoundException;

class DatabaseTest {
  @TempDir
  Path folder;

  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
  private NumbersFile numbers;

  @BeforeEach
  void makeFolder() throws IOException {
    numbers = new NumbersFile(folder.resolve("numbers"));
  }

  @Test
  void whatWasSaidToBeDurableIsThereAfterReopening() throws Exception {
    try (Database database = open()) {
      NumbersFile.write(database, 7);
    }

    try (Database database = open()) {
      assertEquals("7", database.read(connection -> connection.text("SELECT n FROM numbers")));
    }
  }

  @Test
  void aFolderMayHaveAnyName() throws Exception {
    for (String name :
        List.of("a:b", "c?d%20#e&f", "what?mode=ro", "100%", "%41#1", "a&b c", "'\"$x")) {
      NumbersFile named = new NumbersFile(folder.resolve(name));
      try (Database database = named.open()) {
        NumbersFile.write(database, 7);
      }

      assertTrue(Files.exists(named.beside("")), name);
      try (DatabaseConnection reader = SqliteFile.openReader(named.beside(""))) {
        assertEquals("7", reader.text("SELECT n FROM numbers"), name);
      }
    }
  }

  @Test
  void callbacksComeInTheOrderOfTheChanges() throws Exception {
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch done = new CountDownLatch(100);

    try (Database database = open()) {
      for (int i = 0; i < 100; i++) {
        int n = i;
        database.write(NumbersFile.insert(n), () -> {
          order.add(n);
          done.countDown();
        });
      }
      assertTrue(done.await(Patience.SECONDS, TimeUnit.SECONDS));

      assertEquals(order.stream().sorted().toList(), order);
      assertEquals(
          "100", database.read(connection -> connection.text("SELECT count(*) FROM numbers")));
    }
  }

  @Test
  void changesThatWaitShareOneTransaction() throws Exception {
    try (Database database = open()) {
      CountDownLatch entered = new CountDownLatch(1);
      CountDownLatch release = new CountDownLatch(1);
      database.write(
          connection -> {
            entered.countDown();
            await(release);
          },
          () -> {});
      assertTrue(entered.await(Patience.SECONDS, TimeUnit.SECONDS));

      for (int i = 0; i < 50; i++) {
        database.write(NumbersFile.insert(i), () -> {});
      }
      release.countDown();
      NumbersFile.write(database, 99);

      assertTrue(database.counts().commits() <= 3, () -> database.counts().toString());
    }
  }

  @Test
  void afterAFailedChangeNothingIsWrittenAndNobodyIsToldOtherwise() throws Exception {
    try (Database database = open()) {
      NumbersFile.write(database, 1);

      database.write(NumbersFile.insert(1), () -> failure.complete(null));

      assertTrue(failure.get(Patience.SECONDS, TimeUnit.SECONDS) instanceof SQLException);
      CompletableFuture<Void> later = new CompletableFuture<>();
      database.write(NumbersFile.insert(2), () -> later.complete(null));
      assertThrows(TimeoutException.class, () -> later.get(50, TimeUnit.MILLISECONDS));
    }
  }

  @Test
  void anErrorIsReportedAsAFailedChangeIs() throws Exception {
    AssertionError error = new AssertionError("no such case");
    try (Database database = open()) {
      database.write(
          connection -> {
            throw error;
          },
          () -> failure.complete(null));

      assertSame(error, failure.get(Patience.SECONDS, TimeUnit.SECONDS));
    }
  }

  @Test
  void aReadAlwaysAnswersAndTheNextOneIsServed() throws Exception {
    CompletableFuture<Throwable> broken = new CompletableFuture<>();
    CompletableFuture<String> next = new CompletableFuture<>();
    AssertionError error = new AssertionError("no such case");
    try (Database database = open()) {
      database.readAsync(
          connection -> {
            throw error;
          },
          (nothing, thrown) -> broken.complete(thrown));
      database.readAsync(connection -> "read", (text, thrown) -> next.complete(text));

      assertSame(error, broken.get(Patience.SECONDS, TimeUnit.SECONDS));
      assertEquals("read", next.get(Patience.SECONDS, TimeUnit.SECONDS));
    }
  }

  @Test
  void anotherOwnersFileIsRefused() {
    open().close();

    DataFolderException refusal = refusal(NumbersFile.schema("order-2", "test", 2));
    assertTrue(refusal.getMessage().endsWith("belongs to numbers, not order-2"));
  }

  @Test
  void anotherEnginesFileIsRefused() {
    open().close();

    DataFolderException refusal = refusal(NumbersFile.schema("numbers", "raft", 2));
    assertTrue(refusal.getMessage().contains("engine test, not raft"), refusal.getMessage());
  }

  /** Each engine counts its versions for itself. */
  @Test
  void anotherEnginesFileIsNoNewerOne() {
    open().close();

    DataFolderException refusal = refusal(NumbersFile.schema("numbers", "raft", 1));
    assertTrue(refusal.getMessage().contains("engine test, not raft"), refusal.getMessage());
  }

  @Test
  void anotherSchemaIsRefused() {
    open().close();

    DataFolderException refusal = refusal(NumbersFile.schema("numbers", "test", 3));
    assertTrue(refusal.getMessage().contains("schema version 2;"), refusal.getMessage());
  }

  @Test
  void aFileOfANewerProgramIsRefusedAsOne() {
    open().close();

    DataFolderException refusal = refusal(NumbersFile.schema("numbers", "test", 1));
    assertTrue(refusal.getMessage().contains("by a newer toystore"), refusal.getMessage());
    assertFalse(refusal.isDamage());
  }

  @Test
  void aDamagedFileIsRefused() throws IOException {
    Files.writeString(
        numbers.beside(""), "This is not a database, whatever its name says. ".repeat(100));

    DataFolderException refusal = numbers.refusal();
    assertTrue(refusal.getMessage().contains("is damaged"), refusal.getMessage());
  }

  @Test
  void aFolderHasOneUserAtATime() {
    try (DataFolder first = DataFolder.open(folder)) {
      assertThrows(DataFolderException.class, () -> DataFolder.open(first.path()));
    }
    DataFolder.open(folder).close();
  }

  @Test
  void aProgramThatCannotLoadItsNativeCodeDoesNotCallTheFileDamaged() {
    Exception cause = new NativeLibraryNotFoundException("no native library");

    DataFolderException refusal = SqliteFile.unreadable(
        Path.of("orders.db"), new SQLException("Error opening connection", cause));

    assertFalse(refusal.isDamage());
    assertTrue(refusal.getMessage().startsWith("SQLite's native code does not load: no native"));
  }

  private DataFolderException refusal(Schema schema) {
    return assertThrows(DataFolderException.class, () -> numbers.open(schema));
  }

  private Database open() {
    return numbers.open(failure::complete);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(Patience.SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
