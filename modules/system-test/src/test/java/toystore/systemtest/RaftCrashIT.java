package toystore.systemtest;

import org.junit.jupiter.api.extension.RegisterExtension;
import toystore.model.EngineName;

/** The crash of a leader that replicas elected; {@link RaftCrashDrillIT} has all others. */
class RaftCrashIT extends LeaderCrash {
  @RegisterExtension
  static final RunningStore STORE = new RunningStore(options().withEngine(EngineName.RAFT));

  RaftCrashIT() {
    super(STORE);
  }
}
