package toystore.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import toystore.operations.OperationFailed;

/** What a service said last. */
final class LogLines {
  private static final int LAST = 5;
  private static final int FOLLOWING = 3;

  private static final Pattern ERROR =
      Pattern.compile("\\S+ ERROR .*|Exception in thread .*|Exception: .* thrown from .*");

  private LogLines() {}

  /** Fails unless the service ended with a line that says why. */
  static void requireFatal(Path log) {
    List<String> last = lastFew(log);
    if (last.stream().noneMatch(LogLines::isFatal)) {
      throw new OperationFailed("it stopped without saying why: " + last);
    }
  }

  /** Its last few lines: threads that had more to say may follow the one that ends it. */
  static List<String> lastFew(Path log) {
    List<String> lines = Files.exists(log) ? read(log) : List.of();
    return lines.subList(Math.max(0, lines.size() - LAST), lines.size());
  }

  static boolean isFatal(String line) {
    return line.contains("fatal=");
  }

  /** Its last line; "nothing" when there is none. */
  static String last(Path log) {
    List<String> lines = Files.exists(log) ? read(log) : List.of();
    return lines.isEmpty() ? "nothing" : lines.get(lines.size() - 1);
  }

  /** The first line that tells of a bug or a failure, and what follows it. */
  static Optional<String> firstError(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      if (ERROR.matcher(lines.get(i)).matches()) {
        return Optional.of(
            String.join(" | ", lines.subList(i, Math.min(lines.size(), i + FOLLOWING))));
      }
    }
    return Optional.empty();
  }

  private static List<String> read(Path log) {
    try {
      return Files.readAllLines(log);
    } catch (IOException e) {
      throw new OperationFailed("cannot read " + log, e);
    }
  }
}
