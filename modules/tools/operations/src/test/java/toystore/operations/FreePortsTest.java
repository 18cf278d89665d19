package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FreePortsTest {
  /** Of 12,000: so many, chosen by two without regard for each other, have some in common. */
  private static final int PORTS_OF_EACH = 400;

  @Test
  void storesThatStartAtTheSameTimeGetPortsOfTheirOwn() {
    FreePorts first = new FreePorts();
    FreePorts second = new FreePorts();
    Set<Integer> ports = new HashSet<>();

    for (int i = 0; i < PORTS_OF_EACH; i++) {
      ports.add(first.getAsInt());
      ports.add(second.getAsInt());
    }

    assertEquals(2 * PORTS_OF_EACH, ports.size());
  }

  @Test
  void storesThatTwoCommandsStartGetPortsOfTheirOwn() throws IOException {
    FreePorts own = new FreePorts();
    try (OtherCommand other = new OtherCommand()) {
      Set<Integer> ports = other.chosen();

      for (int i = 0; i < PORTS_OF_EACH; i++) {
        ports.add(own.getAsInt());
      }

      assertEquals(2 * PORTS_OF_EACH, ports.size());
    }
  }

  /** What it chose is free again: nothing has to be cleared away. */
  @Test
  void aCommandThatIsKilledClaimsNothing() throws IOException {
    int port;
    try (OtherCommand other = new OtherCommand()) {
      port = other.chosen().iterator().next();
    }

    try (DatagramSocket claim = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
      assertEquals(port, claim.getLocalPort());
    }
  }

  /** The command that chose a port still runs when its service binds it. */
  @Test
  void aClaimIsNotInTheWayOfItsService() throws IOException {
    int port = new FreePorts().getAsInt();

    try (ServerSocket service = new ServerSocket()) {
      service.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      assertTrue(FreePorts.isTaken(InetAddress.getLoopbackAddress(), port));
    }
  }

  /** Another process, which chooses ports and says which, until it is killed. */
  private static final class OtherCommand implements AutoCloseable {
    private final Process process;

    OtherCommand() throws IOException {
      process = new ProcessBuilder(
              ProcessHandle.current().info().command().orElseThrow(),
              "-cp",
              System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
              OtherCommand.class.getName())
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
    }

    Set<Integer> chosen() {
      BufferedReader lines = process.inputReader();
      Set<Integer> ports = new HashSet<>();
      Stream.generate(() -> readLine(lines))
          .limit(PORTS_OF_EACH)
          .map(Integer::valueOf)
          .forEach(ports::add);
      return ports;
    }

    private static String readLine(BufferedReader lines) {
      try {
        return lines.readLine();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void close() {
      process.destroyForcibly();
      process.onExit().join();
    }

    public static void main(String[] args) throws IOException {
      FreePorts ports = new FreePorts();
      for (int i = 0; i < PORTS_OF_EACH; i++) {
        System.out.println(ports.getAsInt());
      }
      System.in.read();
    }
  }
}
