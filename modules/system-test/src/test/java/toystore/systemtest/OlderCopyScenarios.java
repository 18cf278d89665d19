package toystore.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import toystore.operations.LocalStore;
import toystore.operations.ServiceStatus;
import toystore.operations.TemporaryFolder;

/**
 * An older copy of a folder is put back, as a restored machine or backup does: what was
 * acknowledged since is not answered otherwise, and comes back with the file that has it.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class OlderCopyScenarios {
  private static final int BOUGHT = 10;

  abstract RunningStore running();

  private LocalStore store() {
    return running().store();
  }

  private Path copy(String service) throws IOException {
    Path copy = Files.createTempDirectory("toystore-copy");
    copy(store().data(service), copy);
    return copy;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  private void putBack(String service, Path copy) throws IOException {
    Path folder = store().data(service);
    TemporaryFolder.remove(folder);
    copy(copy, folder);
    TemporaryFolder.remove(copy);
  }

  private boolean isServing() {
    return store().status().services().stream()
        .anyMatch(
            service -> service.isLeader() && service.details().path("serving").asBoolean());
  }

  private List<String> troubles() {
    return store().status().services().stream()
        .map(ServiceStatus::details)
        .map(details -> details.path("trouble").asText(""))
        .filter(words -> !words.isEmpty() && !words.equals("null"))
        .toList();
  }

  private List<Long> buy(Shop shop, String prefix) {
    List<Long> numbers = new ArrayList<>();
    for (int i = 0; i < BOUGHT; i++) {
      numbers.add(shop.buy("Tux", 1, prefix + i).orderNumber());
    }
    return numbers;
  }

  @Test
  @Order(1)
  void anOlderCopyOfAReplicaLosesNoOrderAndGivesNoNumberTwice() throws IOException {
    Shop shop = running().shop();
    store().stop("order-1");
    Path older = copy("order-1");
    store().start("order-1");
    RunningStore.until("order-1 is level", () -> isServing());
    store().kill("order-3");
    List<Long> numbers = buy(shop, "older-");
    store().kill("order-1");
    store().kill("order-2");
    putBack("order-1", older);

    store().start("order-3");
    store().start("order-1");

    RunningStore.until("the missing orders are noticed", () -> !troubles().isEmpty());
    assertTrue(troubles().get(0).contains("start the replica that has them"), troubles()::toString);
    assertEquals(503, shop.buy("Tux", 1, "meanwhile").status());
    // The front-end hears of it from the replica, a moment after the replica has noticed.
    RunningStore.until(
        "clients are told",
        () -> shop.buy("Tux", 1, "meanwhile").toString().contains("orders are missing here"));
    assertEquals(503, shop.order(numbers.get(BOUGHT - 1)).status());

    store().start("order-2");

    RunningStore.until("they are back", () -> shop.buy("Tux", 1, "meanwhile").status() == 200);
    assertEquals(numbers, buy(shop, "older-"));
    for (long number : numbers) {
      assertEquals(number, shop.order(number).data().get("number").asLong());
    }
    running().heal();
    assertEquals(List.of(), troubles());
  }

  @Test
  @Order(2)
  void anOlderCopyOfTheCatalogIsRefusedUntilTheNewestIsBack() throws IOException {
    Shop shop = running().shop();
    store().stop("catalog");
    Path older = copy("catalog");
    store().start("catalog");
    RunningStore.until("the store serves", () -> isServing());
    List<Long> numbers = buy(shop, "later-");
    store().stop("catalog");
    Path newest = copy("catalog");
    putBack("catalog", older);

    store().start("catalog");

    RunningStore.until("it is noticed", () -> troubles().stream()
        .anyMatch(words -> words.contains("its file is older")));
    assertEquals(503, shop.buy("Tux", 1, "at-the-older").status());
    assertEquals(200, shop.order(numbers.get(0)).status());

    store().stop("catalog");
    putBack("catalog", newest);
    store().start("catalog");

    RunningStore.until("it goes on", () -> shop.buy("Tux", 1, "at-the-newest").status() == 200);
    assertEquals(numbers, buy(shop, "later-"));
    running().heal();
  }
}
