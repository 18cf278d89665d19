package toystore.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import toystore.operations.OperationFailed;

/**
 * How the user's own command breaks a service and brings it back, such as {@code ssh host
 * bin/toystore {action} {service}}. The shell runs it, so that it may be anything.
 */
final class FaultCommand {
  static final String NONE = "none";

  private static final String ACTION = "{action}";
  private static final String SERVICE = "{service}";
  private static final Path NOTHING = Path.of("/dev/null");
  private static final long LIMIT_SECONDS = 120;
  private static final int MAX_OUTPUT = 400;

  /** What is asked of it. */
  enum Action {
    KILL,
    START;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final String template;

  private FaultCommand(String template) {
    this.template = template;
  }

  /**
   * @throws OperationFailed when the template lacks a place for what is to be done
   */
  static FaultCommand of(String template) {
    if (!template.contains(ACTION) || !template.contains(SERVICE)) {
      throw new OperationFailed("'" + template + "' needs " + ACTION + " (kill or start) and "
          + SERVICE + " (order-1 to order-3), such as 'ssh HOST bin/toystore " + ACTION + " "
          + SERVICE + "'");
    }
    return new FaultCommand(template);
  }

  /** The words for the shell. Both values are this program's own, so there is nothing to quote. */
  String line(Action action, String service) {
    return template.replace(ACTION, action.toString()).replace(SERVICE, service);
  }

  /**
   * Runs it and waits for its end.
   *
   * @throws OperationFailed with what it said, when it does not exit with 0
   */
  void run(Action action, String service) throws InterruptedException {
    String line = line(action, service);
    try {
      // A file, not a pipe: a service that the command starts may keep a pipe open for good.
      Path output = Files.createTempFile("toystore-fault", ".txt");
      try {
        Process process = new ProcessBuilder("sh", "-c", line)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .redirectInput(NOTHING.toFile())
            .start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new OperationFailed("'" + line + "' did not end within " + LIMIT_SECONDS + " s");
        }
        if (process.exitValue() != 0) {
          String said = Files.readString(output).strip();
          throw new OperationFailed("'" + line + "' exited with " + process.exitValue() + ": "
              + said.substring(Math.max(0, said.length() - MAX_OUTPUT)));
        }
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new OperationFailed("cannot run '" + line + "': " + e.getMessage(), e);
    }
  }
}
