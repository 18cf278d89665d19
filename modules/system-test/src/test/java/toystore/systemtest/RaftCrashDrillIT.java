package toystore.systemtest;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import toystore.model.EngineName;

/** All crashes of a store whose replicas elect their leader. */
@Tag("drills")
class RaftCrashDrillIT extends CrashScenarios {
  @RegisterExtension
  static final RunningStore STORE = new RunningStore(options().withEngine(EngineName.RAFT));

  RaftCrashDrillIT() {
    super(STORE);
  }
}
