package toystore.raft.core;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule is needed: without it some seed breaks a promise. */
class RuleTest {
  private static final int RUNS = Integer.getInteger("raft.mutantRuns", 2_000);

  /** The others have a scenario of their own in {@link RaftScenarioTest}. */
  @ParameterizedTest
  @EnumSource(
      value = Rule.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {
        "COUNT_A_VOTER_ONCE",
        "VOTE_ONCE_A_TERM",
        "DURABLE_VOTE",
        "COUNT_OWN_TERM_ONLY",
        "NEW_ROUND_FOR_NEW_READS",
        "PRE_VOTE",
        "STICK_TO_THE_LEADER",
        "CHECK_QUORUM",
        "STATE_REACHES_LOG",
        "LOG_RESTARTS_AT_STATE"
      })
  void withoutTheRuleAPromiseBreaks(Rule rule) {
    assertBreaks(members -> SimSettings.of(members).without(rule));
  }

  /** Success answered although the entry was truncated: an index is not an entry. */
  @Test
  void whoTrustsAnIndexLosesOrders() {
    assertBreaks(members -> SimSettings.of(members).trustingIndex());
  }

  /** A replica that goes on after its own write failed has promised what it does not have. */
  @Test
  void whoGoesOnAfterADiskErrorLosesOrders() {
    assertBreaks(members -> SimSettings.of(members).ignoringDiskErrors());
  }

  private static void assertBreaks(IntFunction<SimSettings> settings) {
    for (long seed = 1; seed <= RUNS; seed++) {
      Simulation simulation = new Simulation(settings.apply(seed % 3 == 0 ? 5 : 3), seed);
      try {
        simulation.run();
      } catch (Violation expected) {
        return;
      }
    }
    fail("nothing breaks in " + RUNS + " runs");
  }
}
