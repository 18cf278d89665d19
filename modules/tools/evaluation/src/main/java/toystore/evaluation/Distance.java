package toystore.evaluation;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import toystore.api.StoreAddress;
import toystore.operations.OperationFailed;

/**
 * How far away a store is. A connection of TCP is open after one round trip, and neither program
 * has a part in it: so that is what is timed.
 */
final class Distance {
  private static final int CONNECTIONS = 20;
  private static final Duration LIMIT = Duration.ofSeconds(12);
  private static final double NS_PER_MS = 1e6;

  private Distance() {}

  /**
   * Round trips, in milliseconds.
   *
   * @throws OperationFailed when nobody listens there
   */
  static Spread measure(StoreAddress store) {
    List<Double> roundTrips = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      roundTrips.add(connect(store) / NS_PER_MS);
    }
    return Spread.of(roundTrips);
  }

  private static long connect(StoreAddress store) {
    InetSocketAddress address =
        new InetSocketAddress(store.address().host(), store.address().port());
    if (address.isUnresolved()) {
      throw new OperationFailed(store.url() + ": no such host");
    }
    try (Socket socket = new Socket()) {
      long startNs = System.nanoTime();
      socket.connect(address, (int) LIMIT.toMillis());
      return System.nanoTime() - startNs;
    } catch (IOException e) {
      throw new OperationFailed(store.url() + " cannot be reached: " + e.getMessage(), e);
    }
  }
}
