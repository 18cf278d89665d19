package toystore.evaluation;

import java.nio.file.Path;
import java.util.Optional;
import toystore.api.StoreAddress;
import toystore.operations.AuditReport;

/** A store under measurement, wherever it runs. */
interface MeasuredStore extends AutoCloseable {
  StoreAddress address();

  /**
   * To be asked when a load has ended: what a store did while it was taken down is no result.
   *
   * @throws toystore.operations.OperationFailed once the process is on its way out
   */
  void requireOpen();

  /** Its promises, checked at rest; empty where only its public side can be reached. */
  Optional<AuditReport> audit();

  /** Something went wrong with it: its logs outlive it. Empty where they are not here. */
  Optional<Path> keepLogs();

  @Override
  void close();
}
