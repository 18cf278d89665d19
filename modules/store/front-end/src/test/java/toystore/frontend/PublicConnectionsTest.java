package toystore.frontend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicConnectionsTest {
  private static final String QUERY = "GET /products/Tux HTTP/1.1\r\nHost: toys\r\n\r\n";

  @TempDir
  private static Path folder;

  @Test
  void someFilesAreAlwaysLeftToTheStore() {
    assertEquals(10_000, PublicConnections.limit(10_000, 1_000_000));
    assertEquals(10_000, PublicConnections.limit(10_000, Long.MAX_VALUE));
    assertEquals(624, PublicConnections.limit(10_000, 1_024));
    assertEquals(5, PublicConnections.limit(5, 1_024));
    assertEquals(128, PublicConnections.limit(10_000, 256));
  }

  @Test
  void aConnectionBeyondTheLimitIsClosedAtOnceAndOneThatGoesMakesRoom() throws IOException {
    List<RawHttp> open = new ArrayList<>();
    try (FakeStore store =
        new FakeStore(folder, json -> json.put("maxConnections", 3).put("eventLoops", 2))) {
      for (int i = 0; i < 3; i++) {
        open.add(new RawHttp(store.port()));
        assertEquals(200, open.get(i).send(QUERY).read().status());
      }

      try (RawHttp beyond = new RawHttp(store.port())) {
        assertEquals("", beyond.rest());
      }
      assertEquals(200, open.get(2).send(QUERY).read().status());

      open.remove(0).close();
      FakeStore.awaitThat(() -> isServed(store.port()));
    } finally {
      for (RawHttp connection : open) {
        connection.close();
      }
    }
  }

  private static boolean isServed(int port) {
    try (RawHttp http = new RawHttp(port)) {
      return http.send(QUERY).read().status() == 200;
    } catch (IOException e) {
      return false; // Closed: the other one has not gone yet.
    }
  }
}
