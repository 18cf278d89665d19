package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import toystore.operations.ServiceStatus.ServiceState;

/** A store of fakes for each test, which leaves no process behind. */
abstract class StoreCase {
  @TempDir
  Path home;

  final List<String> news = new ArrayList<>();
  Installation checkout;
  LocalStore store;

  @BeforeEach
  void makeCheckout() throws IOException {
    checkout = FakeInstallation.in(home);
    store = LocalStore.of(checkout, home.resolve("data"), news::add);
  }

  @AfterEach
  void nothingIsLeftRunning() {
    store.down();
    assertEquals(List.of(), processesOfThisCheckout());
  }

  final ServiceState stateOf(String service) {
    return store.status().of(service).state();
  }

  /** What a command said that it did. On a busy machine it says also what it waits for. */
  final List<String> said() {
    return news.stream().filter(line -> !line.startsWith("waiting ")).toList();
  }

  static String refusal(Runnable work) {
    return assertThrows(OperationFailed.class, work::run).getMessage();
  }

  /** Looks for itself: what the store says of its processes is under test. */
  final List<String> processesOfThisCheckout() {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(process -> process.getFileName().toString().matches("[0-9]+"))
          .map(StoreCase::commandLine)
          .filter(line -> line.contains(home.toString()))
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String commandLine(Path process) {
    try {
      return Files.readString(process.resolve("cmdline"));
    } catch (IOException gone) {
      return "";
    }
  }
}
