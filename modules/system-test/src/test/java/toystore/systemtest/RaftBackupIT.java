package toystore.systemtest;

import org.junit.jupiter.api.extension.RegisterExtension;
import toystore.operations.EngineChoice;
import toystore.operations.UpOptions;

/** The same with Raft. */
class RaftBackupIT extends BackupScenario {
  @RegisterExtension
  static final RunningStore STORE =
      new RunningStore(UpOptions.defaults().withEngine(EngineChoice.RAFT));

  @Override
  RunningStore running() {
    return STORE;
  }
}
