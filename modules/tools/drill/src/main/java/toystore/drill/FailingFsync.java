package toystore.drill;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import toystore.operations.OperationFailed;
import toystore.operations.Programs;

/**
 * Makes the fsync of one service fail, or not return, from outside: a small library, compiled on
 * the spot and preloaded into every service, which looks for a file beside the one that is to be
 * made durable.
 */
final class FailingFsync {
  private static final String SOURCE = "failing-fsync.c";
  private static final String FAILS = "fsync-fails";
  private static final String HANGS = "fsync-hangs";

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
    turnOn(data.resolve(FAILS));
  }

  static void end(Path data) {
    turnOff(data.resolve(FAILS));
  }

  /** From here on none returns. */
  static void hang(Path data) {
    turnOn(data.resolve(HANGS));
  }

  static void goOn(Path data) {
    turnOff(data.resolve(HANGS));
  }

  private static void turnOn(Path sign) {
    try {
      Files.createFile(sign);
    } catch (IOException e) {
      throw new OperationFailed("cannot make " + sign, e);
    }
  }

  private static void turnOff(Path sign) {
    try {
      Files.deleteIfExists(sign);
    } catch (IOException e) {
      throw new OperationFailed("cannot remove " + sign, e);
    }
  }
}
