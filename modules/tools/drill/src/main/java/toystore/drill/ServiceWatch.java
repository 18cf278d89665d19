package toystore.drill;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import toystore.operations.LocalStore;
import toystore.operations.LogTail;
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
      if (status.state() == ServiceStatus.ServiceState.PAUSED) {
        missing.add(name + " hangs");
        store.resume(name);
      } else if (status.state() == ServiceStatus.ServiceState.DOWN) {
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
    LogTail.LogPart part = LogTail.read(log, readTo.getOrDefault(name, 0L));
    readTo.put(name, part.end());
    return part.text().lines().toList();
  }
}
