package toystore.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Who calls bin/toystore of a checkout, from where and with what environment. */
final class Surroundings {
  static final Path CHECKOUT = Path.of("..", "..").toAbsolutePath().normalize();

  private static final int NOBODY = 65_534;
  private static final String BUILT = "modules/distribution/target/lib";
  private static final List<String> ANY_USER = List.of();

  private final Path checkout;
  private final Path outputs;
  private final List<String> user;
  private final Map<String, String> environment;

  private Surroundings(
      Path checkout, Path outputs, List<String> user, Map<String, String> environment) {
    this.checkout = checkout;
    this.outputs = outputs;
    this.user = user;
    this.environment = new HashMap<>(environment);
    this.environment.put("TOYSTORE_BUILD", "never");
  }

  /** This checkout. */
  static Surroundings here(Path outputs, Map<String, String> environment) {
    return new Surroundings(CHECKOUT, outputs, ANY_USER, environment);
  }

  /** A copy of the built checkout, that belongs to a user without rights who calls its commands. */
  static Surroundings copiedTo(Path copy, Path outputs, Map<String, String> environment)
      throws IOException {
    for (String part : List.of("bin", "conf", BUILT)) {
      try (Stream<Path> files = Files.walk(CHECKOUT.resolve(part))) {
        for (Path file : files.toList()) {
          Path target = copy.resolve(CHECKOUT.relativize(file).toString());
          Files.createDirectories(target.getParent());
          Files.copy(file, target);
        }
      }
    }
    boolean isRoot = (int) Files.getAttribute(copy, "unix:uid") == 0;
    if (isRoot) {
      Files.setPosixFilePermissions(copy.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
      try (Stream<Path> files = Files.walk(copy)) {
        for (Path file : files.toList()) {
          Files.setAttribute(file, "unix:uid", NOBODY);
        }
      }
    }
    List<String> user = isRoot
        ? List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups")
        : ANY_USER;
    return new Surroundings(copy, outputs, user, environment);
  }

  /** Another JDK than the one that runs this, 17 or later: $OTHER_JAVA_HOME, else one beside it. */
  static Optional<Path> otherJdk() throws IOException {
    String chosen = System.getenv("OTHER_JAVA_HOME");
    if (chosen != null) {
      return Optional.of(Path.of(chosen));
    }
    Path own = Path.of(System.getProperty("java.home")).toRealPath();
    Path all = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(all)) {
      return Optional.empty();
    }
    try (Stream<Path> homes = Files.list(all)) {
      return homes
          .filter(home -> Files.isExecutable(home.resolve("bin/java")))
          .filter(home -> Files.exists(home.resolve("release")) && !own.startsWith(real(home)))
          .filter(home -> majorVersion(home) >= 17)
          .findFirst();
    }
  }

  private static Path real(Path home) {
    try {
      return home.toRealPath();
    } catch (IOException e) {
      return home;
    }
  }

  private static int majorVersion(Path home) {
    try (Stream<String> lines = Files.lines(home.resolve("release"))) {
      return lines
          .filter(line -> line.startsWith("JAVA_VERSION=\""))
          .map(line -> line.replaceAll("[^0-9.]", "").replaceFirst("[.].*", ""))
          .mapToInt(Integer::parseInt)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  Path checkout() {
    return checkout;
  }

  /** What a command said, and where. */
  record Run(int status, String output, String errors) {
    /** The results of one that must succeed. */
    String results() {
      assertEquals(0, status, output + errors);
      return output;
    }
  }

  Run toystore(String... words) throws IOException, InterruptedException {
    return run("bin/toystore", words);
  }

  Run run(String script, String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(user);
    command.add(checkout.resolve(script).toString());
    command.addAll(List.of(words));
    Path output = Files.createTempFile(outputs, "output", ".txt");
    Path errors = Files.createTempFile(outputs, "errors", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command)
        .directory(checkout.toFile())
        .redirectOutput(output.toFile())
        .redirectError(errors.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("LC_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(String.join(" ", command) + " hangs");
    }
    return new Run(process.exitValue(), Files.readString(output), Files.readString(errors));
  }
}
