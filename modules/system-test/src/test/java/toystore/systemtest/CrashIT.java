package toystore.systemtest;

import org.junit.jupiter.api.extension.RegisterExtension;

/** Crashes of a store whose front-end appoints the leader. */
class CrashIT extends CrashScenarios {
  @RegisterExtension
  static final RunningStore STORE = new RunningStore(options());

  CrashIT() {
    super(STORE);
  }
}
