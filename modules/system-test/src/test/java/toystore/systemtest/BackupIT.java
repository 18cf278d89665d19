package toystore.systemtest;

import org.junit.jupiter.api.extension.RegisterExtension;
import toystore.operations.UpOptions;

/** With the default engine. */
class BackupIT extends BackupScenario {
  @RegisterExtension
  static final RunningStore STORE = new RunningStore(UpOptions.defaults());

  @Override
  RunningStore running() {
    return STORE;
  }
}
