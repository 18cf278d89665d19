package toystore.drill;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import toystore.operations.OperationFailed;

/** Runs small programs of the machine; one that is missing or fails is no error here. */
final class Programs {
  private static final long LIMIT_SECONDS = 20;

  private Programs() {}

  static boolean run(String... command) {
    return output(command).isPresent();
  }

  /** What it wrote; empty when it failed. */
  static Optional<String> output(String... command) {
    try {
      Process process = new ProcessBuilder(command)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      return process.exitValue() == 0 ? Optional.of(text.strip()) : Optional.empty();
    } catch (IOException missing) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OperationFailed("interrupted", e);
    }
  }

  /**
   * What it complained of when it failed; empty when it did what it should. Goes on when
   * interrupted, so that what was done is always known.
   *
   * @param input what it is given to read
   */
  static Optional<String> failure(List<String> command, String input) {
    String words = String.join(" ", command);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException unread) {
        // Then it ends by itself, and says why.
      }
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean ended = process
              .onExit()
              .completeOnTimeout(null, LIMIT_SECONDS, TimeUnit.SECONDS)
              .join()
          != null;
      if (!ended) {
        process.destroyForcibly();
        return Optional.of(words + " does not end");
      }
      return process.exitValue() == 0
          ? Optional.empty()
          : Optional.of(words + " says: " + text.lines().findFirst().orElse("nothing"));
    } catch (IOException missing) {
      return Optional.of("there is no " + command.get(0));
    }
  }
}
