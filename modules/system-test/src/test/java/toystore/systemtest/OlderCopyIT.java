package toystore.systemtest;

import org.junit.jupiter.api.extension.RegisterExtension;
import toystore.operations.UpOptions;

/** An older copy is put back, with the default engine. */
class OlderCopyIT extends OlderCopyScenarios {
  @RegisterExtension
  static final RunningStore STORE = new RunningStore(UpOptions.defaults());

  @Override
  RunningStore running() {
    return STORE;
  }
}
