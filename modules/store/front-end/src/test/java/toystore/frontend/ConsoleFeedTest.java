package toystore.frontend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What consoles are sent, as they receive it. */
class ConsoleFeedTest {
  @TempDir
  Path folder;

  @Test
  void aConsoleFirstGetsAllThereIs() throws IOException {
    try (FakeStore store = new FakeStore(folder);
        Listener console = new Listener(store, null)) {
      Frame first = console.next();

      assertEquals("state", first.event);
      assertTrue(first.data.contains("\"replicas\":["), first.data);
    }
  }

  @Test
  void aPurchaseIsSeenInTheLogs() throws IOException {
    try (FakeStore store = new FakeStore(folder);
        Listener console = new Listener(store, null)) {
      store.awaitServing();

      store.buy("k", "{\"name\":\"Tux\",\"quantity\":1}");

      console.until(frame -> frame.data.contains("\"order\":0,\"toy\":\"Tux\""));
    }
  }

  @Test
  void theLossOfTheLeaderIsTold() throws IOException {
    try (FakeStore store = new FakeStore(folder);
        Listener console = new Listener(store, null)) {
      store.awaitServing();

      FakeStore.await(store.replicas.kill(3));

      console.untilAll(
          "order-3, the leader, is", "Serving again after", "; nobody bought meanwhile");
    }
  }

  @Test
  void whoComesBackSoonGetsWhatItMissed() throws IOException {
    try (FakeStore store = new FakeStore(folder);
        Listener other = new Listener(store, null)) {
      store.awaitServing();
      String lastId;
      try (Listener console = new Listener(store, null)) {
        lastId = console.next().id;
      }
      store.buy("k", "{\"name\":\"Tux\",\"quantity\":1}");
      other.until(frame -> frame.data.contains("\"order\":0"));

      try (Listener console = new Listener(store, lastId)) {
        Frame missed = console.next();

        assertEquals("change", missed.event);
        assertFalse(missed.id.equals(lastId));
      }
    }
  }

  @Test
  void whoHasSeenAnotherRunGetsAllOfIt() throws IOException {
    try (FakeStore store = new FakeStore(folder);
        Listener console = new Listener(store, "another-7")) {
      assertEquals("state", console.next().event);
    }
  }

  @Test
  void consolesBeyondTheLimitAreRefused() throws IOException {
    try (FakeStore store = new FakeStore(folder, json -> json.put("maxEventStreams", 1))) {
      try (Listener console = new Listener(store, null)) {
        assertEquals("state", console.next().event);

        assertEquals(503, store.get("/console/events").statusCode());
      }
      // Its place is free again once it has gone.
      FakeStore.awaitThat(() -> isAdmitted(store));
    }
  }

  @Test
  void aConsoleThatDoesNotReadIsEndedAndHarmsNobody() throws IOException {
    try (FakeStore store = new FakeStore(
            folder, json -> json.put("consolePatienceMs", 100).put("maxEventStreams", 2));
        Socket deaf = Listener.ask(store, null, 1_024);
        Listener console = new Listener(store, null)) {
      store.awaitServing();

      FakeStore.awaitThat(() -> {
        store.buy(null, "{\"name\":\"Tux\",\"quantity\":1}");
        return isAdmitted(store);
      });

      assertTrue(deaf.isConnected());
      console.until(frame -> frame.data.contains("\"order\":1,"));
    }
  }

  @Test
  void anotherEventLoopsConsolesGetTheSame() throws IOException {
    try (FakeStore store = new FakeStore(folder, json -> json.put("eventLoops", 2));
        Listener one = new Listener(store, null);
        Listener two = new Listener(store, null);
        Listener three = new Listener(store, null)) {
      store.awaitServing();

      store.buy("k", "{\"name\":\"Tux\",\"quantity\":1}");

      for (Listener console : List.of(one, two, three)) {
        console.until(frame -> frame.data.contains("\"order\":0,\"toy\":\"Tux\""));
      }
    }
  }

  private static boolean isAdmitted(FakeStore store) {
    try (Listener console = new Listener(store, null)) {
      return console.status.contains(" 200 ");
    } catch (IOException gone) {
      return false;
    }
  }

  private record Frame(String id, String event, String data) {}

  /** Reads events as a browser does. */
  private static final class Listener implements AutoCloseable {
    private static final int TIMEOUT_MS = (int) FakeStore.TIMEOUT.toMillis();

    private final Socket socket;
    private final BufferedReader lines;
    private final String status;

    Listener(FakeStore store, String lastId) throws IOException {
      socket = ask(store, lastId, 0);
      InputStream in = socket.getInputStream();
      lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      status = lines.readLine();
    }

    static Socket ask(FakeStore store, String lastId, int receiveBytes) throws IOException {
      Socket socket = new Socket();
      if (receiveBytes > 0) {
        socket.setReceiveBufferSize(receiveBytes);
      }
      socket.setSoTimeout(TIMEOUT_MS);
      socket.connect(new InetSocketAddress("127.0.0.1", store.port()));
      String id = lastId == null ? "" : "Last-Event-ID: " + lastId + "\r\n";
      // Of HTTP/1.0, whose bodies have no chunks between the lines.
      socket
          .getOutputStream()
          .write(("GET /console/events HTTP/1.0\r\nHost: x\r\n" + id + "\r\n")
              .getBytes(StandardCharsets.UTF_8));
      return socket;
    }

    Frame next() throws IOException {
      List<String> block = new ArrayList<>();
      while (true) {
        String line = lines.readLine();
        if (line == null) {
          throw new AssertionError("the stream ended after " + block);
        }
        if (!line.isEmpty()) {
          block.add(line);
        } else if (block.stream().anyMatch(field -> field.startsWith("data: "))) {
          return new Frame(field(block, "id: "), field(block, "event: "), field(block, "data: "));
        } else {
          block.clear();
        }
      }
    }

    Frame until(Predicate<Frame> wanted) throws IOException {
      Frame frame = next();
      while (!wanted.test(frame)) {
        frame = next();
      }
      return frame;
    }

    /** Reads until all these words have come, in whatever frames. */
    void untilAll(String... words) throws IOException {
      List<String> missing = new ArrayList<>(List.of(words));
      while (!missing.isEmpty()) {
        Frame frame = next();
        missing.removeIf(frame.data::contains);
      }
    }

    private static String field(List<String> block, String name) {
      return block.stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(name.length()))
          .findFirst()
          .orElse("");
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
