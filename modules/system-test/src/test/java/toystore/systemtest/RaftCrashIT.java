package toystore.systemtest;

import org.junit.jupiter.api.extension.RegisterExtension;
import toystore.operations.EngineChoice;

/** The crash of a leader that replicas elected; {@link RaftCrashDrillIT} has all others. */
class RaftCrashIT extends LeaderCrash {
  @RegisterExtension
  static final RunningStore STORE = new RunningStore(options().withEngine(EngineChoice.RAFT));

  RaftCrashIT() {
    super(STORE);
  }
}
