package toystore.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import toystore.mutation.Mutant;
import toystore.mutation.MutantCompiler;
import toystore.raft.core.RaftMutants;

/**
 * What it costs a whole store when Raft's core lacks a rule. Those that chance meets too rarely
 * here are shown beside the core.
 */
@Timeout(600)
class RaftRulesTest {
  private static final int SEEDS = Integer.getInteger("toystore.mutantSeeds", 20_000);
  private static final MutantCompiler COMPILER = new MutantCompiler();

  @AfterAll
  static void close() {
    COMPILER.close();
  }

  @ParameterizedTest
  @CsvSource({
    "VOTE_FOR_UP_TO_DATE_ONLY, removes committed|is committed here",
    "PREVIOUS_MATCHES, log matching",
    "TRUNCATE_CONFLICTS_ONLY, removes committed|is committed here",
    "COMPACTED_IS_COMMITTED, removes committed|is committed here",
    "COMMIT_WHAT_IS_PROVED, 'committed, where'",
    "DURABLE_ACKNOWLEDGEMENT, is committed by",
    "DURABLE_BEFORE_COUNTED, is committed by",
    "SNAPSHOTS_GO_FORWARD, goes back from"
  })
  void withoutTheRuleAStoreBreaksAPromise(String rule, String promise) {
    check(rule, promise, Store.class);
  }

  /**
   * Raft's leaders resign when they lose the others, which hides most of it. So these here do not:
   * alone, that breaks no promise.
   */
  @Test
  void withoutProofOfAbsenceAnOrderIsDenied() {
    check("CHECK_QUORUM", "404 for order", StoreWithoutProof.class);
  }

  private static void check(
      String rule, String promise, Class<? extends Function<Integer, String>> store) {
    Mutant mutant = RaftMutants.all().stream()
        .map(RaftMutants.Omission::mutant)
        .filter(each -> each.name().equals(rule))
        .findFirst()
        .orElseThrow();

    String violation = COMPILER.make(mutant, store).apply(SEEDS);

    assertTrue(
        Stream.of(promise.split("\\|")).anyMatch(violation::contains),
        () -> rule + " breaks: " + violation);
  }

  /** The first violation in so many schedules; empty where there is none. */
  static class Store implements Function<Integer, String> {
    @Override
    public String apply(Integer seeds) {
      return violation(seeds, Wiring::new);
    }

    static String violation(int seeds, Supplier<Wiring> wiring) {
      try {
        Campaign.Found found = new Campaign(Engine.RAFT, wiring, 1, seeds)
            .run(Runtime.getRuntime().availableProcessors(), done -> {})
            .found();
        return found != null && found.violation() instanceof Violation violation
            ? violation.getMessage()
            : "nothing";
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  static final class StoreWithoutProof extends Store {
    @Override
    public String apply(Integer seeds) {
      return violation(seeds, PurchaseMutants.NoProof::new);
    }
  }
}
