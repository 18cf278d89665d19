package toystore.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command as a process that is told to stop. */
class LoadInterruptionTest {
  @TempDir
  private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"}) // Ctrl-C sends the first, kill the second.
  void anInterruptedLoadIsVerifiedAndReported(String signal) throws Exception {
    try (FakeStore store = new FakeStore().start()) {
      Process client = start(store, "-d", "1h", "-p", "1", "--think", "5ms");
      awaitPurchases(client, store, 20);

      send(signal, client);

      assertEquals(130, client.waitFor(), this::output);
      assertTrue(output().endsWith("NOT GOOD: interrupted\n"), this::output);
      assertTrue(output().contains(store.orders.size() + " correct"), this::output);
    }
  }

  @Test
  void aLostOrderIsFoundEvenThen() throws Exception {
    try (FakeStore store = new FakeStore()) {
      store.corrupted.put(1L, order -> null);
      store.start();
      Process client = start(store, "-d", "1h", "-p", "1", "--think", "5ms");
      awaitPurchases(client, store, 20);

      client.destroy();

      assertEquals(1, client.waitFor(), this::output);
    }
  }

  @Test
  void anInterruptedLoadEndsEvenIfTheStoreIsSilent() throws Exception {
    try (FakeStore store = new FakeStore()) {
      store.stallAfterRequests = 60;
      store.stallMs = 3_600_000;
      store.start();
      Process client = start(store, "-d", "1h", "-p", "1", "--timeout", "1000s");
      awaitTrue(client, () -> store.stalls);

      client.destroy();

      assertEquals(130, client.waitFor(), this::output);
    }
  }

  @Test
  void soDoesOneThatWaitsForTheFirstAnswer() throws Exception {
    try (FakeStore store = new FakeStore()) {
      store.stallAfterRequests = 1;
      store.stallMs = 3_600_000;
      store.start();
      Process client = start(store, "--timeout", "1000s");
      awaitTrue(client, () -> store.stalls);

      client.destroy();

      assertEquals(130, client.waitFor(), this::output);
      assertTrue(output().contains("interrupted before http://localhost:"), this::output);
    }
  }

  private Process start(FakeStore store, String... options) throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command = new ArrayList<>(List.of(
        // What a background job starts ignores SIGINT, and so would the client.
        "env",
        "--default-signal=INT",
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        classPath,
        ClientMain.class.getName(),
        "--port",
        String.valueOf(store.port())));
    command.addAll(List.of(options));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(outputFile())
        .start();
  }

  private static void send(String signal, Process client) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + client.pid())
        .inheritIO()
        .start();
    assertEquals(0, kill.waitFor());
  }

  private static void awaitPurchases(Process client, FakeStore store, int purchases)
      throws InterruptedException {
    awaitTrue(client, () -> store.keys.size() >= purchases);
  }

  private static void awaitTrue(Process client, BooleanSupplier condition)
      throws InterruptedException {
    for (int i = 0; i < 1200 && !condition.getAsBoolean(); i++) {
      assertTrue(!client.waitFor(50, TimeUnit.MILLISECONDS), "it ended by itself");
    }
    assertTrue(condition.getAsBoolean());
  }

  private File outputFile() {
    return folder.resolve("output").toFile();
  }

  private String output() {
    try {
      return Files.readString(outputFile().toPath());
    } catch (IOException e) {
      return e.toString();
    }
  }
}
