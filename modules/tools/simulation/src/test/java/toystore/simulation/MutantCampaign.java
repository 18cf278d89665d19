package toystore.simulation;

import java.util.List;
import java.util.function.Function;
import toystore.model.EngineName;
import toystore.simulation.Omission.PlanKind;
import toystore.virtualtime.Violation;

/**
 * Runs among the classes of a mutant: engine, plan, number of seeds and words of a violation in;
 * the first seed that violates this, and how, out; nothing where none does.
 */
final class MutantCampaign implements Function<List<String>, List<String>> {

  @Override
  public List<String> apply(List<String> asked) {
    EngineName engine = EngineName.valueOf(asked.get(0));
    PlanKind plan = PlanKind.valueOf(asked.get(1));
    long first = Long.parseLong(asked.get(2));
    long end = first + Long.parseLong(asked.get(3));
    String violates = asked.get(4);
    while (first < end) {
      Campaign.FoundViolation found = run(engine, plan, first, end - first);
      if (found == null) {
        return List.of();
      }
      if (!(found.violation() instanceof Violation)) {
        // A bug of the mutant, which shows nothing.
        throw new IllegalStateException("seed " + found.seed(), found.violation());
      }
      String message = String.valueOf(found.violation().getMessage());
      if (message.contains(violates)) {
        return List.of(Long.toString(found.seed()), message);
      }
      first = found.seed() + 1;
    }
    return List.of();
  }

  private static Campaign.FoundViolation run(
      EngineName engine, PlanKind plan, long first, long seeds) {
    int cores = Runtime.getRuntime().availableProcessors();
    try {
      return new Campaign(engine, () -> wiring(plan), first, seeds)
          .run(cores, done -> {})
          .found();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static Wiring wiring(PlanKind kind) {
    return new Wiring() {
      @Override
      Plan plan(Plan usual) {
        return switch (kind) {
          case USUAL -> usual;
          case FIVE_REPLICAS -> usual.withReplicas(5);
          case LOST_FILES -> usual.withLostFiles();
          case STUCK_DISK -> usual.withStuckDisk();
          case SLOW_MACHINE -> usual.withSlowMachine();
          case OLDER_CATALOG -> usual.withOlderCatalog();
          case FORGOTTEN_PROMISE -> usual.withForgottenPromise();
        };
      }
    };
  }
}
