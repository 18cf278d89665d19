package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import toystore.operations.Listeners.Socket;

class ListenersTest {
  @Test
  void whoListensIsNamed() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();

      assertEquals(Optional.of(ProcessHandle.current().pid()), Listeners.processOn(port));
      assertTrue(
          Listeners.on(port)
              .orElseThrow()
              .startsWith("process " + ProcessHandle.current().pid() + " ("),
          Listeners.on(port).toString());
      assertTrue(FreePorts.isTaken(InetAddress.getLoopbackAddress(), port));
    }
    assertFalse(FreePorts.isTaken(InetAddress.getLoopbackAddress(), port));
    assertEquals(Optional.empty(), Listeners.on(port));
  }

  @Test
  void onlySocketsThatListenCount() {
    assertEquals(
        Optional.of(new Socket(8190, 12345, "1000")),
        Socket.of("   0: 0100007F:1FFE 00000000:0000 0A 00000000:00000000 00:00000000 00000000"
            + "  1000        0 12345 1 0000 100 0 0 10 0"));
    assertEquals(
        Optional.of(new Socket(8190, 7, "0")),
        Socket.of("  12: 00000000000000000000000001000000:1FFE"
            + " 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000"
            + "     0        0 7 1 0000 100 0 0 10 0"));
    assertEquals(
        Optional.empty(),
        Socket.of("   1: 0100007F:1FFE 0100007F:A001 01 00000000:00000000 00:00000000 00000000"
            + "  1000        0 12346 1 0000 100 0 0 10 0"),
        "a connection");
    assertEquals(
        Optional.empty(),
        Socket.of("  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt"
            + "   uid  timeout inode"));
    assertEquals(Optional.empty(), Socket.of(""));
  }
}
