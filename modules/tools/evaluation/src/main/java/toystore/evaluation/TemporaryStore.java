package toystore.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import toystore.api.StoreAddress;
import toystore.operations.AuditReport;
import toystore.operations.Installation;
import toystore.operations.LocalStore;
import toystore.operations.OperationFailed;
import toystore.operations.TemporaryFolder;
import toystore.operations.UpOptions;

/**
 * A store on free ports, in a folder of its own, that is gone when this is closed or the process
 * ends; but for the logs of one that failed. Close may be called from any thread.
 */
final class TemporaryStore implements MeasuredStore {
  private static final Duration AUDIT_LIMIT = Duration.ofMinutes(5);
  private static final String IN_MEMORY = "tmpfs";

  private final Path folder;
  private final LocalStore store;
  private final Thread hook = new Thread(this::takeDown, "take-down");
  private volatile boolean closing;
  private volatile boolean failed;
  private boolean closed;

  private TemporaryStore(Path folder) {
    this.folder = folder;
    this.store = LocalStore.in(folder);
  }

  /** Where stores keep their data: on a disk, if there is a choice, for orders must be durable. */
  static Path parent() throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    if (!Files.getFileStore(temporary).type().equals(IN_MEMORY)) {
      return temporary;
    }
    return Files.createDirectories(Installation.find().home().resolve("data"));
  }

  /** Starts it, and waits until it serves. */
  static TemporaryStore up(UpOptions options) throws IOException {
    TemporaryStore temporary =
        new TemporaryStore(parent().resolve("toystore-measured-" + UUID.randomUUID()));
    try {
      Runtime.getRuntime().addShutdownHook(temporary.hook);
    } catch (IllegalStateException e) {
      throw new OperationFailed("interrupted", e);
    }
    try {
      temporary.start(options.withFreePorts());
      return temporary;
    } catch (OperationFailed e) {
      temporary.keepLogs();
      temporary.close();
      throw e;
    }
  }

  private synchronized void start(UpOptions options) throws IOException {
    requireOpen();
    Files.createDirectory(folder);
    store.up(options);
  }

  @Override
  public void requireOpen() {
    if (closing) {
      throw new OperationFailed("interrupted");
    }
  }

  @Override
  public Optional<Path> keepLogs() {
    failed = !closing; // An interrupted one is not to blame.
    return Optional.of(TemporaryFolder.logs(folder));
  }

  @Override
  public StoreAddress address() {
    return StoreAddress.parse(store.addresses().get(0).toString(), "");
  }

  @Override
  public Optional<AuditReport> audit() {
    return Optional.of(store.audit(AUDIT_LIMIT));
  }

  @Override
  public void close() {
    takeDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // The process is on its way out, and the hook finds nothing left to do.
    }
  }

  private void takeDown() {
    closing = true;
    removeAll();
  }

  private synchronized void removeAll() {
    if (closed) {
      return;
    }
    closed = true;
    if (!Files.exists(folder)) {
      return;
    }
    store.down();
    if (failed) {
      TemporaryFolder.removeAllButLogs(folder, folder);
    } else {
      TemporaryFolder.remove(folder);
    }
  }
}
