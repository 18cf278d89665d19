package toystore.client;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.util.Locale;

/** How many connections the system lets this process have. */
final class ConnectionLimit {
  /** Jars, standard streams, selectors, and connections closed but not yet gone. */
  private static final long OTHERS = 150;

  private ConnectionLimit() {}

  /** What is missing for so many clients, or nothing. */
  static String shortageFor(int clients) {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    return system instanceof UnixOperatingSystemMXBean
        ? shortage(clients, ((UnixOperatingSystemMXBean) system).getMaxFileDescriptorCount())
        : "";
  }

  static String shortage(int clients, long limit) {
    long needed = clients + OTHERS;
    return needed <= limit
        ? ""
        : String.format(
            Locale.ROOT,
            "--clients=%d needs %d open files, this process may have %d; try: ulimit -n %d",
            clients,
            needed,
            limit,
            needed);
  }
}
