package toystore.drill;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import toystore.operations.LocalStore;
import toystore.operations.OperationFailed;
import toystore.operations.ServiceStatus;

/**
 * Notices services that end, hang or complain though nothing was done to them. Owned by one thread.
 */
final class ServiceWatch {
  private final LocalStore store;
  private final Map<String, Long> readTo = new HashMap<>();

  ServiceWatch(LocalStore store) {
    this.store = store;
  }

  /** To be asked when all should run: who does not, with its last words. All run again then. */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    for (ServiceStatus status : store.status().services()) {
      String name = status.service().name();
      if (status.state() == ServiceStatus.State.PAUSED) {
        missing.add(name + " hangs");
        store.resume(name);
      } else if (status.state() == ServiceStatus.State.DOWN) {
        missing.add(name + " ended though nothing was done to it; its last line: "
            + LogLines.last(store.log(name)));
        start(name).ifPresent(missing::add);
      }
    }
    return missing;
  }

  /** Why it does not start, if it does not. */
  private Optional<String> start(String name) {
    try {
      store.start(name);
      return Optional.empty();
    } catch (OperationFailed e) {
      return Optional.of(name + " does not start again: " + e.getMessage());
    }
  }

  /**
   * The errors that services logged since the last time.
   *
   * @param mayEnd who may say why it ends, as it should
   */
  List<String> errors(Optional<String> mayEnd) {
    List<String> errors = new ArrayList<>();
    for (ServiceStatus status : store.status().services()) {
      String name = status.service().name();
      List<String> written = written(name, store.log(name));
      boolean asItShould =
          mayEnd.filter(name::equals).isPresent() && written.stream().anyMatch(LogLines::isFatal);
      if (!asItShould) {
        LogLines.firstError(written).ifPresent(error -> errors.add(name + " logged: " + error));
      }
    }
    return errors;
  }

  private List<String> written(String name, Path log) {
    try (SeekableByteChannel file = Files.newByteChannel(log)) {
      long from = readTo.getOrDefault(name, 0L);
      // A log that has become too long starts anew.
      file.position(from <= file.size() ? from : 0);
      ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(file.size() - file.position()));
      while (bytes.hasRemaining() && file.read(bytes) >= 0) {}
      readTo.put(name, file.position());
      return StandardCharsets.UTF_8.decode(bytes.flip()).toString().lines().toList();
    } catch (NoSuchFileException silent) {
      return List.of();
    } catch (IOException e) {
      throw new OperationFailed("cannot read " + log, e);
    }
  }
}
