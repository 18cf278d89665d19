package toystore.evaluation;

import java.nio.file.Path;
import java.util.Optional;
import toystore.api.StoreAddress;
import toystore.operations.AuditReport;

/** A store that somebody else runs, and of which only the public API can be reached. */
record RemoteStore(StoreAddress address) implements MeasuredStore {
  @Override
  public void requireOpen() {
    // It is not this command's to take down.
  }

  @Override
  public Optional<AuditReport> audit() {
    return Optional.empty();
  }

  @Override
  public Optional<Path> keepLogs() {
    return Optional.empty();
  }

  @Override
  public void close() {
    // It goes on.
  }
}
