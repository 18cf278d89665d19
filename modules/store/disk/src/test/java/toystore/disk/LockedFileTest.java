package toystore.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A person holds the lock of a file, for longer than SQLite itself waits. */
class LockedFileTest {
  @TempDir
  Path folder;

  private final Logger logger = (Logger) LoggerFactory.getLogger(LockWait.class);
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
    @Override
    protected void append(ILoggingEvent line) {
      lines.add(line.getFormattedMessage());
    }
  };
  private NumbersFile numbers;

  @BeforeEach
  void open() throws IOException {
    numbers = new NumbersFile(folder.resolve("locked"));
    appender.start();
    logger.addAppender(appender);
  }

  @AfterEach
  void close() {
    logger.detachAppender(appender);
  }

  @Test
  void aWriteWaitsUntilTheLockIsFreeAndSaysSoOnce() throws Exception {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    try (Database database = numbers.open(failure::complete)) {
      Connection person = connect("BEGIN IMMEDIATE");
      CompletableFuture<Void> durable = NumbersFile.begin(database, 1);
      assertTrue(line().contains("became=LOCKED by another program"));
      assertFalse(durable.isDone());
      assertEquals(
          "0", database.read(connection -> connection.text("SELECT count(*) FROM numbers")));

      person.close();
      durable.get(Patience.SECONDS, TimeUnit.SECONDS);

      assertTrue(line().contains("became=UNLOCKED"));
      assertFalse(failure.isDone());
    }
    assertEquals("1", numbers.read());
  }

  @Test
  void aStartWaitsToo() throws Exception {
    numbers.open().close();
    Connection person = connect("PRAGMA locking_mode=EXCLUSIVE", "BEGIN EXCLUSIVE");
    CompletableFuture<String> read = CompletableFuture.supplyAsync(numbers::read);
    assertTrue(line().contains("became=LOCKED by another program"));

    person.close();
    assertEquals("", read.get(Patience.SECONDS, TimeUnit.SECONDS));
  }

  @Test
  void whoClosesDoesNotWaitForEver() throws Exception {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    Database database = numbers.open(failure::complete);
    Connection person = connect("BEGIN IMMEDIATE");
    CompletableFuture<Void> durable = NumbersFile.begin(database, 1);

    database.close();
    person.close();

    assertTrue(failure.isDone());
    assertFalse(durable.isDone());
  }

  private Connection connect(String... statements) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + numbers.beside(""));
    try (Statement statement = connection.createStatement()) {
      for (String text : statements) {
        statement.execute(text);
      }
    }
    return connection;
  }

  private String line() throws InterruptedException {
    return lines.poll(Patience.SECONDS, TimeUnit.SECONDS);
  }
}
