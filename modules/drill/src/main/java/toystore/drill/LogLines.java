package toystore.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import toystore.operations.OperationFailed;

/** What a service said last. */
final class LogLines {
  private static final int LAST = 5;

  private LogLines() {}

  /** Fails unless the service ended with a line that says why. */
  static void requireFatal(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      List<String> last = lines.subList(Math.max(0, lines.size() - LAST), lines.size());
      if (last.stream().noneMatch(line -> line.contains("fatal="))) {
        throw new OperationFailed("it stopped without saying why: " + last);
      }
    } catch (IOException e) {
      throw new OperationFailed("cannot read " + log, e);
    }
  }
}
