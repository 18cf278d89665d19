package toystore.operations;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/**
 * Ports that nobody listens on, each handed out once. They lie below the range from which the
 * system takes the ports of outgoing connections, so that none is lost before its service binds it.
 */
public final class FreePorts implements IntSupplier {
  private static final int FIRST = 20_000;
  private static final int LAST = 32_000;
  private static final int ATTEMPTS = 1_000;
  private static final int FIRST_FOR_ALL = 1_024;

  /** By whatever address it will be listened on, one of IPv6 too. */
  private static final InetAddress ANY = new InetSocketAddress(0).getAddress();

  /**
   * What this process has given to whatever store. Else two that start at the same time may get one
   * port: a service binds it some seconds after it was found free.
   */
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private final Random chance = new Random();

  /** Fails with {@link OperationFailed} where all of them are taken. */
  @Override
  public int getAsInt() {
    if (GIVEN.size() > (LAST - FIRST) / 2) {
      GIVEN.clear(); // By now the first of them are bound, or nobody wants them any more.
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = FIRST + chance.nextInt(LAST - FIRST);
      if (!isTaken(ANY, port) && GIVEN.add(port)) {
        return port;
      }
    }
    throw new OperationFailed("no free port found between " + FIRST + " and " + LAST);
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
