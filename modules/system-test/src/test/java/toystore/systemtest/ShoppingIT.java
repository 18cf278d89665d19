package toystore.systemtest;

import org.junit.jupiter.api.extension.RegisterExtension;
import toystore.model.EngineName;

/** What a customer sees, with the usual engine. */
class ShoppingIT extends ShoppingScenarios {
  @RegisterExtension
  static final RunningStore STORE = of(EngineName.PRIMARY_BACKUP);

  @Override
  RunningStore running() {
    return STORE;
  }
}
