package toystore.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Where and with what a report was made, as its head says. */
final class Provenance {
  private Provenance() {}

  static String commit() {
    Path checkout = Path.of(System.getProperty("toystore.checkout", "."));
    return Programs.output(checkout, "git", "describe", "--always", "--dirty").orElse("unknown");
  }

  /** The kind of machine, not which one. */
  static String machine() {
    return String.format(
        Locale.ROOT,
        "%s %s, %d processors, %s GB, Java %s",
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        memoryGb(),
        System.getProperty("java.version"));
  }

  private static String memoryGb() {
    try {
      String first = Files.readAllLines(Path.of("/proc/meminfo")).get(0);
      return String.valueOf(Long.parseLong(first.replaceAll("\\D", "")) / (1 << 20));
    } catch (IOException e) {
      return "?";
    }
  }
}
