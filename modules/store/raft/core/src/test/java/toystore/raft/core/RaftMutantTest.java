package toystore.raft.core;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import toystore.mutation.MutantCompiler;
import toystore.replication.Simulation;
import toystore.replication.SimulationPlan;
import toystore.virtualtime.Violation;

/** Each rule is needed: without it a test fails, or some seed breaks a promise, as is foretold. */
class RaftMutantTest {
  private static final int RUNS = Integer.getInteger("raft.mutantRuns", 2_000);
  private static final MutantCompiler COMPILER = new MutantCompiler();
  private static final List<Class<?>> SCENARIOS = List.of(
      RaftScenarioTest.class,
      RaftDissertationTest.class,
      RaftHandOverTest.class,
      RaftPatienceTest.class,
      RaftPipelineTest.class);

  @AfterAll
  static void close() {
    COMPILER.close();
  }

  static List<RaftMutants.Omission> rules() {
    return RaftMutants.all();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void withoutTheRuleAPromiseBreaks(RaftMutants.Omission rule) {
    String violates = rule.mutant().violates();
    if (rule.scenarios().isEmpty()) {
      assertTrue(COMPILER.make(rule.mutant(), Runs.class).apply(violates), "no run breaks it");
    }
    for (String scenario : rule.scenarios()) {
      String failure = COMPILER.make(rule.mutant(), Scenario.class).apply(scenario);
      assertTrue(failure.contains(violates), () -> scenario + " fails so: " + failure);
    }
  }

  /** How the scenario that is named fails; empty when all is well. */
  static final class Scenario implements Function<String, String> {
    @Override
    public String apply(String name) {
      try {
        Class<?> tests = SCENARIOS.stream()
            .filter(each -> has(each, name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no test " + name));
        tests.getDeclaredMethod(name).invoke(tests.getDeclaredConstructor().newInstance());
        return "";
      } catch (InvocationTargetException failed) {
        return String.valueOf(failed.getCause().getMessage());
      } catch (ReflectiveOperationException e) {
        throw new IllegalArgumentException(e);
      }
    }
  }

  private static boolean has(Class<?> tests, String name) {
    return Arrays.stream(tests.getDeclaredMethods())
        .anyMatch(test -> test.getName().equals(name));
  }

  /** Whether some simulated run violates what is named. */
  static final class Runs implements Function<String, Boolean> {
    @Override
    public Boolean apply(String promise) {
      return LongStream.rangeClosed(1, RUNS)
          .mapToObj(Runs::violation)
          .anyMatch(violation -> violation.contains(promise));
    }

    private static String violation(long seed) {
      SimulationPlan plan = SimulationPlan.rough(seed % 3 == 0 ? 5 : 3).variedBy(seed);
      try {
        new Simulation(new RaftSimulated(), seed % 2 == 0 ? plan.withWipes() : plan, seed).run();
        return "";
      } catch (Violation violation) {
        return violation.getMessage();
      }
    }
  }
}
