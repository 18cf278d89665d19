package toystore.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.edge.Launcher;

/** The verticle as a process, started as {@code bin/vertx run} starts it. */
class VerticleProcessTest {
  @TempDir
  private Path folder;

  private Process client;

  @AfterEach
  void end() {
    client.destroyForcibly();
  }

  @Test
  void itReportsAndEndsWithZeroIfAllIsWell() throws Exception {
    try (FakeStore store = new FakeStore().start()) {
      start(store.port(), new JsonObject().put("iterations", 20));

      assertEnds(0);
      assertTrue(output().contains("100 iterations in "), output());
      assertTrue(output().endsWith("good\n"), output());
    }
  }

  @Test
  void itNamesAWrongOrderAndEndsWithOne() throws Exception {
    try (FakeStore store = new FakeStore()) {
      store.unreadable.put(3L, "{}");
      store.start();
      start(store.port(), new JsonObject().put("iterations", 20).put("probability", 1));

      assertEnds(1);
      assertTrue(output().contains("WRONG   order 3: expected 1 "), output());
    }
  }

  @Test
  void anUnreachableStoreIsFour() throws Exception {
    int port;
    try (ServerSocket unused = new ServerSocket(0)) {
      port = unused.getLocalPort();
    }
    start(port, new JsonObject());

    assertEnds(4);
  }

  @Test
  void toldToEndItReportsAndEndsWith130() throws Exception {
    try (FakeStore store = new FakeStore().start()) {
      start(store.port(), new JsonObject().put("duration", "1h").put("think", "5ms"));
      for (int i = 0; i < 600 && store.keys.size() < 20; i++) {
        assertTrue(!client.waitFor(50, TimeUnit.MILLISECONDS), this::output);
      }

      client.destroy();

      assertEnds(130);
      assertTrue(output().contains(store.orders.size() + " correct"), this::output);
    }
  }

  private void start(int port, JsonObject configuration) throws IOException {
    Path file = folder.resolve("client.json");
    configuration.put("host", "127.0.0.1").put("port", port);
    Files.writeString(file, configuration.encode());
    client = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Launcher.class.getName(),
            "run",
            ClientVerticle.class.getName(),
            "-conf",
            file.toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output").toFile())
        .start();
  }

  private void assertEnds(int status) throws InterruptedException {
    assertEquals(status, client.waitFor(), this::output);
  }

  private String output() {
    try {
      return Files.readString(folder.resolve("output"));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
