package toystore.operations;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs of the machine to their end, within a limit; one that is missing or fails is no
 * error here. Goes on when interrupted, so that what was done is always known.
 */
public final class Programs {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int NOT_ENDED = -1;
  private static final int MAX_COMPLAINT = 400;

  private Programs() {}

  /** Whether it did what it should. Needs no room on any disk. */
  public static boolean run(String... command) {
    try {
      return exitCode(new ProcessBuilder(command).redirectOutput(Redirect.DISCARD), "", LIMIT) == 0;
    } catch (IOException missing) {
      return false;
    }
  }

  /** What it wrote; empty when it failed. */
  public static Optional<String> output(String... command) {
    Path text = textFile();
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(text.toFile());
      return exitCode(builder, "", LIMIT) == 0 ? Optional.of(written(text)) : Optional.empty();
    } catch (IOException missing) {
      return Optional.empty();
    } finally {
      TemporaryFolder.remove(text);
    }
  }

  /**
   * What it complained of when it failed; empty when it did what it should.
   *
   * @param input what it is given to read
   */
  public static Optional<String> failure(List<String> command, String input) {
    return failure(command, input, LIMIT);
  }

  /** The same, of one that may take so long. */
  public static Optional<String> failure(List<String> command, String input, Duration limit) {
    String words = "'" + String.join(" ", command) + "'";
    Path text = textFile();
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(text.toFile());
      int exitCode = exitCode(builder.redirectErrorStream(true), input, limit);
      if (exitCode == NOT_ENDED) {
        return Optional.of(words + " did not end within " + limit.toSeconds() + " s");
      }
      String said = written(text);
      return exitCode == 0
          ? Optional.empty()
          : Optional.of(words + " exited with " + exitCode + ": "
              + said.substring(Math.max(0, said.length() - MAX_COMPLAINT)));
    } catch (IOException missing) {
      return Optional.of("there is no " + command.get(0));
    } finally {
      TemporaryFolder.remove(text);
    }
  }

  /** A file, not a pipe: what the program leaves running may keep a pipe open for good. */
  private static Path textFile() {
    try {
      return Files.createTempFile("toystore-program", ".txt");
    } catch (IOException e) {
      throw new OperationFailed("no temporary file for what a program writes", e);
    }
  }

  private static String written(Path text) throws IOException {
    return new String(Files.readAllBytes(text), StandardCharsets.UTF_8).strip();
  }

  private static int exitCode(ProcessBuilder builder, String input, Duration limit)
      throws IOException {
    if (!builder.redirectErrorStream()) {
      builder.redirectError(Redirect.DISCARD);
    }
    Process process = builder.start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException unread) {
      // Then it ends by itself, and says why.
    }
    process
        .onExit()
        .completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS)
        .join();
    if (process.isAlive()) {
      process.destroyForcibly();
      return NOT_ENDED;
    }
    return process.exitValue();
  }
}
