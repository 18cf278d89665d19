package toystore.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import toystore.api.StoreAddress;
import toystore.operations.AuditReport;
import toystore.operations.Installation;
import toystore.operations.OperationFailed;
import toystore.operations.TemporaryStore;
import toystore.operations.UpOptions;

/**
 * A store under measurement.
 *
 * @param address where its public API is
 * @param own the store, if it is this command's own; absent when somebody else runs it
 */
record MeasuredStore(StoreAddress address, Optional<TemporaryStore> own) implements AutoCloseable {
  private static final Duration AUDIT_LIMIT = Duration.ofMinutes(5);
  private static final String IN_MEMORY = "tmpfs";

  /** One that somebody else runs, and of which only the public API can be reached. */
  static MeasuredStore elsewhere(StoreAddress address) {
    return new MeasuredStore(address, Optional.empty());
  }

  /** Starts one of this command's own, and waits until it serves. */
  static MeasuredStore up(UpOptions options) throws IOException {
    TemporaryStore own = TemporaryStore.in(parent(), "toystore-measured-");
    boolean up = false;
    try {
      own.up(options);
      up = true;
    } finally {
      if (!up) {
        own.keepLogs();
        own.close();
      }
    }
    return new MeasuredStore(
        StoreAddress.parse(own.store().addresses().get(0).toString(), ""), Optional.of(own));
  }

  /** Where stores keep their data: on a disk, if there is a choice, for orders must be durable. */
  static Path parent() throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    if (!Files.getFileStore(temporary).type().equals(IN_MEMORY)) {
      return temporary;
    }
    return Files.createDirectories(Installation.find().home().resolve("data"));
  }

  /**
   * To be asked when a load has ended: what a store did while it was taken down is no result.
   *
   * @throws OperationFailed once the process is on its way out
   */
  void requireOpen() {
    own.ifPresent(TemporaryStore::requireOpen);
  }

  /** Its promises, checked at rest; empty where only its public side can be reached. */
  Optional<AuditReport> audit() {
    return own.map(it -> it.store().audit(AUDIT_LIMIT));
  }

  /** Something went wrong with it: its logs outlive it. Empty where they are not here. */
  Optional<Path> keepLogs() {
    return own.map(TemporaryStore::keepLogs);
  }

  @Override
  public void close() {
    own.ifPresent(TemporaryStore::close);
  }
}
