package toystore.systemtest;

import org.junit.jupiter.api.extension.RegisterExtension;
import toystore.operations.Engine;

/** The crash of a leader that replicas elected; {@link RaftCrashDrillIT} has all others. */
class RaftCrashIT extends LeaderCrash {
  @RegisterExtension
  static final RunningStore STORE = new RunningStore(options().withEngine(Engine.RAFT));

  RaftCrashIT() {
    super(STORE);
  }
}
