package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.disk.DurableExtent;
import toystore.disk.MarkFile;

class OrderFileTest {
  @TempDir
  Path folder;

  @Test
  void ordersComeInNumberOrder() throws SQLException {
    try (Connection replica = replica()) {
      order(replica, 1, "Uno");
      order(replica, 0, "Tux");
    }

    assertEquals(
        List.of(
            "{\"number\":0,\"name\":\"Tux\",\"quantity\":1,\"key\":\"k0\"}",
            "{\"number\":1,\"name\":\"Uno\",\"quantity\":1,\"key\":\"k1\"}"),
        lines());
  }

  @Test
  void aReplicaThatIsDownIsReadWithoutATrace() throws SQLException, IOException {
    try (Connection replica = replica()) {
      order(replica, 0, "Tux");
    }

    assertReadsWithoutATrace(1);
  }

  @Test
  void whatARunningReplicaHasOnlyInItsLogIsSeen() throws SQLException, IOException {
    try (Connection replica = replica()) {
      order(replica, 0, "Tux");

      assertReadsWithoutATrace(1);
      order(replica, 1, "Tux");
      assertReadsWithoutATrace(2);
    }
  }

  @Test
  void theLogThatACrashLeftIsSeen() throws SQLException, IOException {
    Path crashed = Files.createDirectory(folder.resolve("crashed"));
    try (Connection replica = replica()) {
      order(replica, 0, "Tux");
      for (String suffix : new String[] {"", "-wal", "-shm"}) {
        Files.copy(file("orders.db" + suffix), crashed.resolve("orders.db" + suffix));
      }
    }
    folder = crashed;

    assertReadsWithoutATrace(1);
    Files.delete(file("orders.db-shm"));
    assertReadsWithoutATrace(1);
  }

  @Test
  void aFileThatIsOlderThanItsMarkIsReadAndThatIsSaid() throws SQLException, IOException {
    try (Connection replica = replica()) {
      order(replica, 0, "Tux");
    }
    MarkFile.open(file("orders.db.mark"), new DurableExtent(3, 7)).close();

    try (OrderFile orders = OrderFile.open(file("orders.db"))) {
      assertTrue(orders.doubt().orElseThrow().contains("3 were durable"), orders.doubt()::toString);
      assertEquals(1, orders.count().orders());
    }
  }

  @Test
  void aFileWithoutAMarkIsNotDoubted() throws SQLException {
    try (Connection replica = replica()) {
      order(replica, 0, "Tux");
    }

    try (OrderFile orders = OrderFile.open(file("orders.db"))) {
      assertEquals(Optional.empty(), orders.doubt());
    }
  }

  @Test
  void gapsAreCounted() throws SQLException {
    try (Connection replica = replica()) {
      order(replica, 0, "Tux");
      order(replica, 2, "Tux");
    }

    try (OrderFile orders = OrderFile.open(file("orders.db"))) {
      assertEquals(new OrderFile.Count(2, 2, 0, 2), orders.count());
      assertEquals(true, orders.count().hasGaps());
      assertEquals(2, orders.newest());
    }
  }

  @Test
  void aMissingFileIsNamed() {
    OperationFailed failure =
        assertThrows(OperationFailed.class, () -> OrderFile.open(file("orders.db")));

    assertEquals("no orders file: " + file("orders.db") + " does not exist", failure.getMessage());
  }

  private void assertReadsWithoutATrace(int orders) throws IOException {
    List<String> before = files();

    assertEquals(orders, lines().size());

    assertEquals(before, files());
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    try (OrderFile orders = OrderFile.open(file("orders.db"))) {
      orders.forEach(order -> lines.add(Json.line(order)));
    }
    return lines;
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  /** Names and what is in them, but for the index of the log: memory that readers share. */
  private List<String> files() throws IOException {
    TreeMap<String, String> found = new TreeMap<>();
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        String name = path.getFileName().toString();
        found.put(
            name,
            name.endsWith("-shm") ? "" : "" + java.util.Arrays.hashCode(Files.readAllBytes(path)));
      }
    }
    return found.entrySet().stream().map(Object::toString).toList();
  }

  private Connection replica() throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file("orders.db"));
    try (Statement statement = connection.createStatement()) {
      statement.execute("pragma journal_mode=wal");
      statement.execute("create table progress(id integer primary key, changes integer,"
          + " digest integer, seal integer)");
      statement.execute(
          "create table orders(number integer primary key, key text, toy text, quantity integer, idx integer)");
    }
    return connection;
  }

  private static void order(Connection replica, int number, String toy) throws SQLException {
    try (Statement statement = replica.createStatement()) {
      statement.execute("insert into orders values(" + number + ", 'k" + number + "', '" + toy
          + "', 1, " + number + ")");
    }
  }
}
