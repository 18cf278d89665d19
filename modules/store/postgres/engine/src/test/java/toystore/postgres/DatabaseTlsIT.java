package toystore.postgres;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A database that asks for TLS and a password. Skipped where no PostgreSQL is installed. */
class DatabaseTlsIT {
  private static final String PASSWORD = "of this test";

  @RegisterExtension
  private final TestPostgres database = new TestPostgres();

  @TempDir
  private Path folder;

  @Test
  void onlyWithTheRightAuthorityNameAndPasswordItIsUsed() throws Exception {
    String port = database.node().address().split(":")[1];
    Optional<Path> authority = Optional.of(database.node().demandTls(PASSWORD));
    Optional<Path> another = Optional.of(database.node().certificate("other"));

    assertDoesNotThrow(() -> use("127.0.0.1:" + port, PASSWORD, authority));

    refuses("127.0.0.1:" + port, PASSWORD, another);
    refuses("localhost:" + port, PASSWORD, authority);
    refuses("127.0.0.1:" + port, "another", authority);
    refuses("127.0.0.1:" + port, PASSWORD, Optional.empty());
  }

  private void refuses(String address, String password, Optional<Path> authority) {
    assertThrows(DatabaseBooks.UnreadableBooks.class, () -> use(address, password, authority));
  }

  private void use(String address, String password, Optional<Path> authority) throws IOException {
    Path file = Files.writeString(Files.createTempFile(folder, "password", ""), password);
    JsonObject desk = new JsonObject()
        .put("database", "postgresql://toystore@" + address + "/toystore")
        .put("passwordFile", file.toString())
        .put("durability", "single");
    authority.ifPresent(pem -> desk.put("databaseAuthority", pem.toString()));
    try (DatabaseBooks books = DatabaseBooks.open(desk);
        BooksImport filling = books.begin()) {
      filling.finish(0);
    }
  }
}
