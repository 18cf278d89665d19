package toystore.drill;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import toystore.operations.OperationFailed;

/**
 * Makes the fsync of one service fail, from outside: a small library, compiled on the spot and
 * preloaded into every service, which looks for a file beside the one that is to be made durable.
 */
final class FailingFsync {
  private static final String SOURCE = "failing-fsync.c";
  private static final String SWITCH = "fsync-fails";

  private FailingFsync() {}

  /** The environment for the services; empty where there is no C compiler. */
  static Optional<Map<String, String>> environment(Path folder) {
    Path source = folder.resolve(SOURCE);
    Path library = folder.resolve("failing-fsync.so");
    try (InputStream text = FailingFsync.class.getResourceAsStream(SOURCE)) {
      Files.createDirectories(folder);
      Files.copy(text, source, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new OperationFailed("cannot write " + source, e);
    }
    boolean compiled = Programs.run(
        "gcc", "-shared", "-fPIC", "-O1", "-o", library.toString(), source.toString(), "-ldl");
    return compiled ? Optional.of(Map.of("LD_PRELOAD", library.toString())) : Optional.empty();
  }

  static void begin(Path data) {
    try {
      Files.createFile(data.resolve(SWITCH));
    } catch (IOException e) {
      throw new OperationFailed("cannot make fsync fail in " + data, e);
    }
  }

  static void end(Path data) {
    try {
      Files.deleteIfExists(data.resolve(SWITCH));
    } catch (IOException e) {
      throw new OperationFailed("cannot make fsync work again in " + data, e);
    }
  }
}
