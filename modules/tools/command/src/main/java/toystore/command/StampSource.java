package toystore.command;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** What a command runs on, for the head of what it makes. */
public final class StampSource {
  private static final long BYTES_PER_MB = 1 << 20;
  private static final Set<String> PLACES = Set.of("URL", "CMD");
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  private StampSource() {}

  /**
   * The stamp of what this command makes.
   *
   * @param home the folder that has bin/toystore: its commit counts
   * @param data the folder in which stores keep their data
   */
  public static Stamp stamp(CommandSpec command, Path home, Path data) throws IOException {
    SourceCommit commit = SourceCommit.of(home);
    return new Stamp(
        "bin/toystore " + words(command),
        commit.id(),
        commit.changed(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        machine(data),
        null);
  }

  /** The command as it was given, but for paths, and for what names a host or a way to one. */
  private static String words(CommandSpec command) {
    List<String> words = new ArrayList<>(List.of(command.name()));
    for (ArgSpec given : command.commandLine().getParseResult().matchedArgs()) {
      if (given.isOption() && given.type() != Path.class) {
        words.add(((picocli.CommandLine.Model.OptionSpec) given).longestName());
        boolean isPlace = PLACES.contains(given.paramLabel());
        Stream<String> values = given.typedValues().stream()
            .map(value -> isPlace ? given.paramLabel() : String.valueOf(value));
        if (given.arity().max() > 0) {
          words.addAll(values.toList());
        }
      }
    }
    return String.join(" ", words);
  }

  private static Stamp.Machine machine(Path data) throws IOException {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Stamp.Machine(
        processor(),
        Runtime.getRuntime().availableProcessors(),
        system.getTotalMemorySize() / BYTES_PER_MB,
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        "JDK " + System.getProperty("java.runtime.version"),
        Files.getFileStore(data).type());
  }

  private static String processor() throws IOException {
    if (!Files.isReadable(PROCESSORS)) {
      return System.getProperty("os.arch");
    }
    try (Stream<String> lines = Files.lines(PROCESSORS)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    }
  }
}
