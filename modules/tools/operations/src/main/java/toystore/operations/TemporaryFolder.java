package toystore.operations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that a command or a test made for itself: its end. */
public final class TemporaryFolder {
  private TemporaryFolder() {}

  /** Removes all of it, if it is there. */
  public static void remove(Path folder) {
    remove(folder, List.of());
  }

  /**
   * Removes all of it but the logs: where something went wrong, they say why, and a message that
   * names one of them must stay true.
   *
   * @param store the store's own folder, or below which it is
   * @return where the logs are
   */
  static Path removeAllButLogs(Path folder, Path store) {
    Path logs = logs(store);
    remove(folder, Files.exists(logs) ? List.of(logs) : List.of());
    return logs;
  }

  /** Where that store's logs are. */
  static Path logs(Path store) {
    return store.resolve(StoreFolder.LOGS);
  }

  private static void remove(Path folder, List<Path> kept) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (kept.stream().noneMatch(each -> file.startsWith(each) || each.startsWith(file))) {
          Files.delete(file);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      throw new OperationFailed("cannot remove " + folder + ": " + e.getMessage(), e);
    }
  }
}
