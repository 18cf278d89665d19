package toystore.systemtest;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import toystore.model.EngineName;
import toystore.operations.UpOptions;

/** The same with Raft. */
@Tag("drills")
class RaftOlderCopyIT extends OlderCopyScenarios {
  @RegisterExtension
  static final RunningStore STORE =
      new RunningStore(UpOptions.defaults().withEngine(EngineName.RAFT));

  @Override
  RunningStore running() {
    return STORE;
  }
}
