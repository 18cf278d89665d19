package toystore.systemtest;

import org.junit.jupiter.api.extension.RegisterExtension;
import toystore.model.EngineName;

/** What a customer sees, with Raft. */
class RaftShoppingIT extends ShoppingScenarios {
  @RegisterExtension
  static final RunningStore STORE = of(EngineName.RAFT);

  @Override
  RunningStore running() {
    return STORE;
  }
}
