package toystore.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.NativeLibraryNotFoundException;

class DatabaseTest {
  private static final List<String> TABLES = List.of("CREATE TABLE numbers(n INTEGER PRIMARY KEY)");
  private static final Schema SCHEMA = schema("order-1", "test", 2);

  @TempDir
  Path folder;

  private final OpenFiles files = new OpenFiles();
  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

  @Test
  void whatWasSaidToBeDurableIsThereAfterReopening() throws Exception {
    try (Database database = open()) {
      assertTrue(database.created());
      write(database, 7);
    }

    try (Database database = open()) {
      assertFalse(database.created());
      assertEquals("7", database.read(connection -> connection.text("SELECT n FROM numbers")));
    }
  }

  @Test
  void aFolderMayHaveAnyName() throws Exception {
    for (String name :
        List.of("a:b", "c?d%20#e&f", "what?mode=ro", "100%", "%41#1", "a&b c", "'\"$x")) {
      Path file = Files.createDirectory(folder.resolve(name)).resolve("orders.db");
      try (Database database = open(file, SCHEMA, new OpenFiles())) {
        write(database, 7);
      }

      assertTrue(Files.exists(file), name);
      try (DatabaseConnection reader = SqliteFile.openReader(file)) {
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
        database.write(insert(n), () -> {
          order.add(n);
          done.countDown();
        });
      }
      assertTrue(done.await(10, TimeUnit.SECONDS));

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
      assertTrue(entered.await(10, TimeUnit.SECONDS));

      for (int i = 0; i < 50; i++) {
        database.write(insert(i), () -> {});
      }
      release.countDown();
      write(database, 99);

      assertTrue(database.counts().commits() <= 3, () -> database.counts().toString());
    }
  }

  @Test
  void afterAFailedChangeNothingIsWrittenAndNobodyIsToldOtherwise() throws Exception {
    try (Database database = open()) {
      write(database, 1);

      database.write(insert(1), () -> failure.complete(null));

      assertTrue(failure.get(10, TimeUnit.SECONDS) instanceof SQLException);
      CompletableFuture<Void> later = new CompletableFuture<>();
      database.write(insert(2), () -> later.complete(null));
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

      assertSame(error, failure.get(10, TimeUnit.SECONDS));
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

      assertSame(error, broken.get(10, TimeUnit.SECONDS));
      assertEquals("read", next.get(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void anotherOwnersFileIsRefused() {
    open().close();

    DataFolderException refusal = refusal(schema("order-2", "test", 2));
    assertTrue(refusal.getMessage().endsWith("belongs to order-1, not order-2"));
  }

  @Test
  void anotherEnginesFileIsRefused() {
    open().close();

    DataFolderException refusal = refusal(schema("order-1", "raft", 2));
    assertTrue(refusal.getMessage().contains("engine test, not raft"), refusal.getMessage());
  }

  @Test
  void anotherSchemaIsRefused() {
    open().close();

    DataFolderException refusal = refusal(schema("order-1", "test", 3));
    assertTrue(refusal.getMessage().contains("schema version 2;"), refusal.getMessage());
  }

  @Test
  void aDamagedFileIsRefused() throws IOException {
    Files.writeString(file(), "This is not a database, whatever its name says. ".repeat(100));

    DataFolderException refusal = refusal(SCHEMA);
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
    return assertThrows(DataFolderException.class, () -> open(schema));
  }

  private Database open() {
    return open(SCHEMA);
  }

  private Database open(Schema schema) {
    return open(file(), schema, files);
  }

  private Database open(Path file, Schema schema, OpenFiles files) {
    return Database.open(file, schema, DatabaseTest::digest, files, failure::complete);
  }

  private static Schema schema(String owner, String engine, int version) {
    return new Schema(owner, engine, Schema.Loss.IS_MADE_GOOD, version, TABLES);
  }

  private static long digest(DatabaseConnection connection) throws SQLException {
    return Long.parseLong(connection.text("SELECT coalesce(sum(n), 0) FROM numbers"));
  }

  private Path file() {
    return folder.resolve("orders.db");
  }

  private static Transaction insert(int n) {
    return connection -> {
      PreparedStatement statement = connection.prepare("INSERT INTO numbers VALUES(?)");
      statement.setInt(1, n);
      statement.executeUpdate();
      connection.added(n);
    };
  }

  private static void write(Database database, int n)
      throws InterruptedException, ExecutionException, TimeoutException {
    CompletableFuture<Void> durable = new CompletableFuture<>();
    database.write(insert(n), () -> durable.complete(null));
    durable.get(10, TimeUnit.SECONDS);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(10, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
