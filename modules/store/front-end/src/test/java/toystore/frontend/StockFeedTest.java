package toystore.frontend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLConnection;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a page hears of the shelves. */
class StockFeedTest {
  @TempDir
  Path folder;

  private FakeStore store;

  @BeforeEach
  void start() {
    store = new FakeStore(folder, json -> json.put("maxEventStreams", 2));
    store.awaitServing();
  }

  @AfterEach
  void stop() {
    store.close();
  }

  @Test
  void allToysComeFirstAndThenThoseThatChange() throws IOException {
    try (Watcher watcher = new Watcher()) {
      JsonObject first = watcher.firstOfAnOpenStore();

      store.catalog.put("Tux", 1599, 42);

      assertEquals(3, first.getJsonArray("toys").size());
      assertEquals(7_000, first.getLong("restock_in_ms"), 2_000);
      assertEquals(
          "[{\"name\":\"Tux\",\"price\":15.99,\"quantity\":42}]",
          watcher.event().getJsonArray("toys").encode());
    }
  }

  @Test
  void whoComesLaterIsToldAllToo() throws IOException {
    try (Watcher first = new Watcher()) {
      first.event();
      try (Watcher second = new Watcher()) {
        assertEquals(3, second.event().getJsonArray("toys").size());
      }
    }
  }

  @Test
  void aStoreWithoutItsCatalogIsClosedAndOpensAgain() throws IOException {
    try (Watcher watcher = new Watcher()) {
      watcher.firstOfAnOpenStore();

      store.catalog.setSilent(true);
      assertFalse(watcher.event().getBoolean("open"));

      store.catalog.setSilent(false);
      assertTrue(watcher.event().getBoolean("open"));
    }
  }

  @Test
  void onlySoManyMayWatchAndALeaverMakesRoom() throws IOException {
    try (Watcher first = new Watcher()) {
      first.event();
      try (Watcher second = new Watcher()) {
        second.event();

        HttpResponse<String> refused = store.get("/stock");

        assertEquals(503, refused.statusCode());
        assertEquals("1", refused.headers().firstValue("Retry-After").orElseThrow());
      }
      FakeStore.awaitThat(this::canWatch);
    }
  }

  private boolean canWatch() {
    try (Watcher another = new Watcher()) {
      return another.event() != null;
    } catch (IOException refused) {
      return false;
    }
  }

  /** Listens as a browser does. */
  private final class Watcher implements AutoCloseable {
    private final BufferedReader lines;

    Watcher() throws IOException {
      URLConnection connection =
          URI.create("http://127.0.0.1:" + store.port() + "/stock").toURL().openConnection();
      lines = new BufferedReader(
          new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
      assertEquals("text/event-stream", connection.getContentType());
      assertEquals("retry: 1000", lines.readLine());
      assertEquals("", lines.readLine());
    }

    JsonObject event() throws IOException {
      String line = lines.readLine();
      assertEquals("", lines.readLine());
      assertTrue(line.startsWith("data: "), line);
      return new JsonObject(line.substring("data: ".length()));
    }

    /** The first event, and those after it that come before the store is open. */
    JsonObject firstOfAnOpenStore() throws IOException {
      JsonObject first = event();
      JsonObject last = first;
      while (!last.getBoolean("open")) {
        last = event();
      }
      return first;
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
