package toystore.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import toystore.model.EngineName;

/**
 * What a data folder remembers of the last start that succeeded. It is put back when the next one
 * fails, for what did not work once must not be the default from then on.
 */
final class LastStart {
  private final StoreFolder folder;
  private final Optional<Memory> memory;
  private final Map<Path, byte[]> configuration = new HashMap<>();

  private LastStart(StoreFolder folder) {
    this.folder = folder;
    this.memory = folder.memory();
  }

  static LastStart of(StoreFolder folder) {
    LastStart last = new LastStart(folder);
    try {
      for (Path file : last.files()) {
        last.configuration.put(file, Files.readAllBytes(file));
      }
      return last;
    } catch (IOException e) {
      throw FileTrouble.failure("cannot read " + folder.confs(), e);
    }
  }

  /** Puts it back; of a first start only whose files the replicas' are, once there are some. */
  void restore(EngineName tried) {
    memory
        .or(() -> hasOwnFiles()
            ? Optional.of(new Memory(tried, OptionalInt.empty(), 1))
            : Optional.empty())
        .ifPresentOrElse(folder::remember, folder::forget);
    try {
      for (Path file : files()) {
        if (!configuration.containsKey(file)) {
          Files.delete(file);
        }
      }
      for (Map.Entry<Path, byte[]> file : configuration.entrySet()) {
        Files.write(file.getKey(), file.getValue());
      }
    } catch (IOException e) {
      throw FileTrouble.failure("cannot write " + folder.confs(), e);
    }
  }

  private boolean hasOwnFiles() {
    return Stream.concat(Service.replicas().stream(), Stream.of(Service.DATABASE))
        .anyMatch(its -> Files.exists(folder.data(its)));
  }

  private List<Path> files() throws IOException {
    if (!Files.exists(folder.confs())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder.confs())) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
