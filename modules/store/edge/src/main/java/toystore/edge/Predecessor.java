package toystore.edge;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process whose place this one takes in a restart, by the variable {@code TOYSTORE_AFTER}. This
 * one starts beside it, and does all that takes long in a start; then it waits until the other has
 * ended and left files and ports.
 */
final class Predecessor {
  static final String VARIABLE = "TOYSTORE_AFTER";
  /** In the log of the one that waits: from here on its start takes little time. */
  static final String WAITS = "waits for the end of process ";

  private static final Logger LOG = LoggerFactory.getLogger(Predecessor.class);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration OFTEN = Duration.ofMillis(5);

  private Predecessor() {}

  /**
   * Waits on this thread, which is no event loop. When it takes too long it goes on: then the start
   * fails, and says which file or port is in use.
   *
   * @param pid of the process; null or empty for none
   */
  static void awaitEnd(String pid) {
    if (pid == null || pid.isEmpty()) {
      return;
    }
    LOG.info(WAITS + "{}", pid);
    long endNs = System.nanoTime() + PATIENCE.toNanos();
    while (isThere(pid) && endNs - System.nanoTime() > 0) {
      LockSupport.parkNanos(OFTEN.toNanos());
    }
  }

  private static boolean isThere(String pid) {
    try {
      return Optional.of(Long.parseLong(pid))
          .flatMap(ProcessHandle::of)
          .filter(ProcessHandle::isAlive)
          .isPresent();
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
