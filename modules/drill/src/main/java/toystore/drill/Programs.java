package toystore.drill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import toystore.operations.OperationFailed;

/** Runs small programs of the machine; one that is missing or fails is no error here. */
final class Programs {
  private static final long LIMIT_SECONDS = 20;

  private Programs() {}

  static boolean run(String... command) {
    return output(Path.of("/"), command).isPresent();
  }

  /** What it wrote; empty when it failed. */
  static Optional<String> output(Path folder, String... command) {
    try {
      Process process = new ProcessBuilder(command)
          .directory(folder.toFile())
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
}
