package toystore.operations;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.function.IntSupplier;

/**
 * Ports that nobody listens on, each handed out once. They lie below the range from which the
 * system takes the ports of outgoing connections, so that none is lost before its service binds it.
 *
 * <p>A service binds its port some seconds after it was found free. Until then it is claimed: the
 * process that chose it holds the UDP port of the same number. Nobody else uses that one, the
 * service is not in its way, and the system gives it back when the process ends, however it ends.
 */
public final class FreePorts implements IntSupplier {
  private static final int FIRST = 20_000;
  private static final int LAST = 32_000;
  private static final int ATTEMPTS = 1_000;
  private static final int FIRST_FOR_ALL = 1_024;

  /** By whatever address it will be listened on, one of IPv6 too. */
  private static final InetAddress ANY = new InetSocketAddress(0).getAddress();

  /** Of this process, whatever store they are for. */
  private static final Claims CLAIMS = new Claims();

  private final Random chance = new Random();

  /** Fails with {@link OperationFailed} where all of them are taken. */
  @Override
  public int getAsInt() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = FIRST + chance.nextInt(LAST - FIRST);
      // In this order: between a look and a claim another process's service could have bound it.
      if (CLAIMS.add(port) && !isTaken(ANY, port)) {
        return port;
      }
    }
    throw new OperationFailed("no free port found between " + FIRST + " and " + LAST);
  }

  /** The ports that a process has claimed. Any thread may add one. */
  private static final class Claims {
    /** So many stores do not start at once; each claim is an open file. */
    private static final int MOST = 1_024;

    private final Deque<DatagramSocket> claims = new ArrayDeque<>();

    /** False where it is claimed, by this process or another one. */
    synchronized boolean add(int port) {
      try {
        claims.add(new DatagramSocket(port, InetAddress.getLoopbackAddress()));
      } catch (SocketException e) {
        return false;
      }
      if (claims.size() > MOST) {
        claims.remove().close(); // By now it is bound, or nobody wants it any more.
      }
      return true;
    }
  }

  /** Whether somebody has that port; that this process may not listen on it is another matter. */
  static boolean isTaken(InetAddress address, int port) {
    return !canListen(address, port)
        && canListen(address, 0)
        && (port >= FIRST_FOR_ALL || Listeners.on(port).isPresent());
  }

  private static boolean canListen(InetAddress address, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true); // as the services bind it
      socket.bind(new InetSocketAddress(address, port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
