package toystore.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import toystore.model.EngineName;
import toystore.operations.LocalStore;

/** What a customer sees of desks on PostgreSQL, also when one is killed, or the database. */
@EnabledIf(
    value = "isInstalled",
    disabledReason = "PostgreSQL is not installed: apt-get install postgresql")
class PostgresShoppingIT extends ShoppingScenarios {
  @RegisterExtension
  static final RunningStore STORE = of(EngineName.POSTGRES);

  @Override
  RunningStore running() {
    return STORE;
  }

  static boolean isInstalled() throws IOException {
    Path programs = Path.of("/usr/lib/postgresql");
    if (!Files.isDirectory(programs)) {
      return false;
    }
    try (Stream<Path> versions = Files.list(programs)) {
      return versions.anyMatch(each -> Files.isExecutable(each.resolve("bin/initdb")));
    }
  }

  @Test
  void whoWasAnsweredByOneDeskIsAnsweredTheSameByTheNext() {
    long number = STORE.shop().buy("Slinky", 2, "a-key-of-two-desks").orderNumber();
    long stock = STORE.shop().stock("Slinky");
    String lost = STORE.leader();

    STORE.store().kill(lost);
    long again = STORE.shop().buy("Slinky", 2, "a-key-of-two-desks").orderNumber();
    long next = STORE.shop().buy("Slinky", 1).orderNumber();
    STORE.store().start(lost);

    assertEquals(number, again);
    assertEquals(number + 1, next);
    assertEquals(stock - 1, STORE.shop().stock("Slinky"));
    assertTrue(STORE.audit().findings().isEmpty());
  }

  @Test
  void aDatabaseThatWasKilledHasAllThatWasAcknowledged() {
    long number = STORE.shop().buy("Kite", 1, "a-key-of-the-database").orderNumber();

    STORE.store().kill("database");
    STORE.store().start("database");

    assertEquals(number, STORE.shop().buy("Kite", 1, "a-key-of-the-database").orderNumber());
    assertEquals("Kite", STORE.shop().order(number).data().get("name").asText());
  }

  @Test
  void anExportOfItMakesAStoreOfReplicasWithTheSameNumbers(@TempDir Path folder) {
    STORE.shop().buy("Whale", 2, "a-key-that-moves");
    Path file = folder.resolve("store.jsonl");
    LocalStore other = LocalStore.in(folder.resolve("other"));

    STORE.store().archive().export(file, Duration.ofSeconds(30));
    other.archive().restoreExport(file, Optional.of(EngineName.RAFT));

    assertEquals(STORE.store().committedOrders().get(0), other.committedOrders().get(2));
  }

  @Test
  void thePageOfTheStatusShowsDesksAndThatThereIsOneMachineOnly() {
    JsonNode status = STORE.shop().get("/status").data();

    assertEquals(2, status.get("desks").size());
    assertEquals("single", status.get("durability").asText());
  }
}
