package toystore.frontend;

import com.sun.management.UnixOperatingSystemMXBean;
import io.vertx.core.http.HttpConnection;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The connections of customers, on all event loops. Those beyond a limit are closed at once: a
 * process may have only so many files open, and the store's own calls must always get some.
 */
final class PublicConnections {
  /** Jars, listeners, and the store's own connections, in both directions. */
  private static final long OWN_FILES = 400;

  private final AtomicInteger open = new AtomicInteger();
  private final int limit;

  private PublicConnections(int limit) {
    this.limit = limit;
  }

  /** As many as were wanted, or fewer if the process may not open so many files. */
  static PublicConnections ofThisProcess(int wanted) {
    boolean known =
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean;
    long files = known
        ? ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
    return new PublicConnections(limit(wanted, files));
  }

  /** How many of these files are for customers. */
  static int limit(int wanted, long files) {
    return (int) Math.min(wanted, Math.max(files - OWN_FILES, files / 2));
  }

  /** Whether a new connection may stay; if not, it is closed. */
  boolean admit(HttpConnection connection) {
    if (open.incrementAndGet() > limit) {
      open.decrementAndGet();
      connection.close();
      return false;
    }
    connection.closeHandler(closed -> open.decrementAndGet());
    return true;
  }
}
