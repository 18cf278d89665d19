package toystore.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import toystore.operations.OperationFailed;
import toystore.operations.UpOptions;

/**
 * The stores that are compared.
 *
 * @param cached caches
 * @param uncached does not; absent if there is nothing to compare with
 */
record StorePair(MeasuredStore cached, Optional<MeasuredStore> uncached) implements AutoCloseable {

  /** Two stores of this command's own, on this machine. */
  static StorePair up(UpOptions options) throws IOException {
    MeasuredStore cached = MeasuredStore.up(options.withCache(true));
    try {
      return new StorePair(cached, Optional.of(MeasuredStore.up(options.withCache(false))));
    } catch (IOException | OperationFailed e) {
      cached.close();
      throw e;
    }
  }

  /** The one for such a run, if it is there. */
  Optional<MeasuredStore> of(boolean cache) {
    return cache ? Optional.of(cached) : uncached;
  }

  List<MeasuredStore> all() {
    List<MeasuredStore> all = new ArrayList<>(List.of(cached));
    uncached.ifPresent(all::add);
    return all;
  }

  /** Keeps the logs that are here, and says where; empty if there are none. */
  String keepLogs() {
    StringBuilder text = new StringBuilder();
    cached.keepLogs().ifPresent(logs -> text.append("\n  logs with the cache on:  ")
        .append(logs));
    uncached
        .flatMap(MeasuredStore::keepLogs)
        .ifPresent(logs -> text.append("\n  logs with the cache off: ").append(logs));
    return text.toString();
  }

  @Override
  public void close() {
    try {
      cached.close();
    } finally {
      uncached.ifPresent(MeasuredStore::close);
    }
  }
}
