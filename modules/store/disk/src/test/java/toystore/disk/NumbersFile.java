package toystore.disk;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A database file with one table of numbers, in a folder of its own. */
final class NumbersFile {
  private static final String NAME = "numbers.db";
  private static final List<String> TABLES = List.of("CREATE TABLE numbers(n INTEGER PRIMARY KEY)");

  private final Path folder;

  NumbersFile(Path folder) throws IOException {
    this.folder = Files.createDirectory(folder);
  }

  static Schema schema(Schema.Loss loss) {
    return new Schema("numbers", "test", loss, 2, TABLES);
  }

  static Schema schema(String owner, String engine, int version) {
    return new Schema(owner, engine, Schema.Loss.IS_MADE_GOOD, version, TABLES);
  }

  /** A file of this one. */
  Path beside(String suffix) {
    return folder.resolve(NAME + suffix);
  }

  Database open() {
    return open(schema(Schema.Loss.IS_MADE_GOOD));
  }

  Database open(Schema schema) {
    return open(schema, failure -> {});
  }

  Database open(Consumer<Throwable> onFailure) {
    return open(schema(Schema.Loss.IS_MADE_GOOD), onFailure);
  }

  private Database open(Schema schema, Consumer<Throwable> onFailure) {
    return open(schema, new OpenFiles(), onFailure);
  }

  Database open(OpenFiles files) {
    return open(schema(Schema.Loss.IS_MADE_GOOD), files, failure -> {});
  }

  private Database open(Schema schema, OpenFiles files, Consumer<Throwable> onFailure) {
    return Database.open(beside(""), schema, NumbersFile::digest, files, onFailure);
  }

  DataFolderException refusal() {
    return assertThrows(DataFolderException.class, () -> open());
  }

  private static long digest(DatabaseConnection connection) throws SQLException {
    return Long.parseLong(connection.text("SELECT coalesce(sum(n), 0) FROM numbers"));
  }

  static void write(Database database, int n) {
    begin(database, n).orTimeout(Patience.SECONDS, TimeUnit.SECONDS).join();
  }

  /** Hands a number over; done once it is durable. */
  static CompletableFuture<Void> begin(Database database, int n) {
    CompletableFuture<Void> durable = new CompletableFuture<>();
    database.write(insert(n), () -> durable.complete(null));
    return durable;
  }

  static Transaction insert(int n) {
    return connection -> {
      PreparedStatement insert = connection.prepare("INSERT INTO numbers VALUES(?)");
      insert.setInt(1, n);
      insert.executeUpdate();
      connection.added(n);
    };
  }

  /** Opens the file, and gives its numbers in order. */
  String read() {
    try (Database database = open()) {
      return database.read(connection -> connection.text(
          "SELECT coalesce(group_concat(n, ' '), '') FROM (SELECT n FROM numbers)"));
    }
  }

  /** The files as they are, with the index of the write-ahead log, which a kill leaves too. */
  NumbersFile copy(Path to) throws IOException {
    NumbersFile copy = new NumbersFile(to);
    for (String suffix : List.of("", "-wal", "-shm", ".mark")) {
      if (Files.exists(beside(suffix))) {
        Files.copy(beside(suffix), copy.beside(suffix));
      }
    }
    return copy;
  }

  /** The database goes, the mark stays. */
  void lose() throws IOException {
    for (String suffix : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(beside(suffix));
    }
  }

  /** As a person would, with sqlite3. */
  void sql(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + beside(""));
        Statement statement = connection.createStatement()) {
      for (String text : statements) {
        statement.execute(text);
      }
    }
  }
}
