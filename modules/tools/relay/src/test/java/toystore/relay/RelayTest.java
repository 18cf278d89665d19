package toystore.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayTest {
  private static final int SILENT_MS = 300;
  private static final int PATIENT_MS = 10_000;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Context loop = vertx.getOrCreateContext();
  private ServerSocket called;
  private Relay line;
  private Socket caller;
  private Socket accepted;

  @BeforeEach
  void connect() throws Exception {
    called = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    line = new Relay(vertx, vertx.createNetClient(), called.getLocalPort());
    CompletableFuture<Integer> port = new CompletableFuture<>();
    loop.runOnContext(none -> line.listen("127.0.0.1", 0)
        .onSuccess(server -> port.complete(server.actualPort()))
        .onFailure(port::completeExceptionally));
    caller = new Socket("127.0.0.1", port.get());
    accepted = called.accept();
    say(caller, "a");
    assertEquals("a", hear(accepted, 1));
  }

  @AfterEach
  void close() throws Exception {
    caller.close();
    accepted.close();
    called.close();
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  @Test
  void whatIsKeptDuringACutArrivesAfterItInOrder() throws Exception {
    set(Relay.Direction.REQUESTS, Flow.FlowMode.HOLD, 0);
    say(caller, "bc");
    assertSilent(accepted);

    set(Relay.Direction.REQUESTS, Flow.FlowMode.OPEN, 0);
    say(caller, "d");

    assertEquals("bcd", hear(accepted, 3));
  }

  @Test
  void aConnectionThatLostSomethingEndsWithTheCut() throws Exception {
    set(Relay.Direction.REQUESTS, Flow.FlowMode.LOSE, 0);
    say(caller, "b");
    assertSilent(accepted);
    assertSilent(caller);

    set(Relay.Direction.REQUESTS, Flow.FlowMode.OPEN, 0);

    assertEquals("", hear(accepted, 1));
    assertEquals("", hear(caller, 1));
  }

  @Test
  void aCutOneWayLetsTheOtherWayThrough() throws Exception {
    set(Relay.Direction.REQUESTS, Flow.FlowMode.LOSE, 0);

    say(accepted, "z");

    assertEquals("z", hear(caller, 1));
  }

  @Test
  void anEndDoesNotShowBeforeTheCutIsOver() throws Exception {
    set(Relay.Direction.ANSWERS, Flow.FlowMode.HOLD, 0);
    accepted.close();
    assertSilent(caller);

    set(Relay.Direction.ANSWERS, Flow.FlowMode.OPEN, 0);

    assertEquals("", hear(caller, 1));
  }

  @Test
  void aSlowLineKeepsTheOrder() throws Exception {
    set(Relay.Direction.REQUESTS, Flow.FlowMode.OPEN, 100);
    long start = System.nanoTime();
    say(caller, "b");
    say(caller, "c");

    assertEquals("bc", hear(accepted, 2));
    assertTrue(System.nanoTime() - start >= 90_000_000);
  }

  @Test
  void aResetBreaksTheConnectionAtBothEnds() throws Exception {
    loop.runOnContext(none -> line.reset());

    assertEquals("", hear(caller, 1));
    assertEquals("", hear(accepted, 1));
  }

  private void set(Relay.Direction direction, Flow.FlowMode mode, long delayMs) throws Exception {
    CompletableFuture<Void> done = new CompletableFuture<>();
    loop.runOnContext(none -> {
      line.set(direction, mode, delayMs);
      done.complete(null);
    });
    done.get();
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  /** Empty when the connection ended. */
  private static String hear(Socket socket, int length) throws IOException {
    socket.setSoTimeout(PATIENT_MS);
    return new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
  }

  private static void assertSilent(Socket socket) throws IOException {
    socket.setSoTimeout(SILENT_MS);
    assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
  }
}
