package toystore.desk;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import toystore.mutation.Mutant;
import toystore.mutation.MutantCompiler;
import toystore.virtualtime.Violation;

/** Each rule is needed: without it some seed breaks a promise, as is foretold. */
class DeskMutantTest {
  private static final int RUNS = Integer.getInteger("desk.mutantRuns", 300);
  private static final MutantCompiler COMPILER = new MutantCompiler();

  private static final String LEASES_TAKE_TURNS = "a lease is extended by a turn only";

  /** A little before the seed that showed it when this was written: any later one will do. */
  private static final Map<String, Integer> FIRST_SEEDS = Map.of(LEASES_TAKE_TURNS, 280);

  /** What the database's functions and the connection see to. */
  private static final Map<ModelDatabase.Rule, String> VIOLATES = Map.of(
      ModelDatabase.Rule.EVERY_TURN_WRITES, "lost|not found|one number|comes after",
      ModelDatabase.Rule.EPOCHS_ARE_FENCED, "stale",
      ModelDatabase.Rule.DURABILITY_IS_CHECKED, "lost|not found|one number",
      ModelDatabase.Rule.NOTHING_IS_CANCELLED, "lost|not found|one number");

  @AfterAll
  static void close() {
    COMPILER.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = ModelDatabase.Rule.class,
      mode = EnumSource.Mode.EXCLUDE,
      // Chance hardly meets it; a scenario and a test on a real database do.
      names = "LINES_ARE_FENCED")
  void withoutTheDatabasesRuleAPromiseBreaks(ModelDatabase.Rule rule) {
    Set<ModelDatabase.Rule> without = EnumSet.of(rule);
    if (rule == ModelDatabase.Rule.EPOCHS_ARE_FENCED) {
      // Which counts within an epoch, and would hide it by chance.
      without.add(ModelDatabase.Rule.LINES_ARE_FENCED);
    }
    assertTrue(isBroken(without, VIOLATES.get(rule), 1), "no run breaks it");
  }

  static List<Mutant> rules() {
    return List.of(
        Mutant.of("an answer waits until older copies are gone", "stale")
            .replace("CopyRegister", "reply.waitForOneMore(); toy.waiting.add(reply);", ""),
        Mutant.of("copies are called back before the turn", "stale")
            .replace(
                "DeskCore",
                "batch.mayChange().forEach(name ->"
                    + " copies.callBack(name, office.beat() + 1, nowMs));",
                ""),
        Mutant.of("a new desk waits until the leases of the one before are over", "stale")
            .replace("DeskOffice", "nowMs < graceEndMs || !offered", "!offered"),
        Mutant.of(LEASES_TAKE_TURNS, "stale")
            .replace(
                "DeskCore",
                "return ask(new DeskQuestion.KeepSession(token, nowMs, Math.max(1, session), 0,"
                    + " \"\"), nowMs);",
                "begin(nowMs); if (copies.sessions().renew(session, nowMs)) {"
                    + " effects.reply(token, new toystore.stock.CatalogMessages.Lease("
                    + "session, options.leases().leaseMs())); return finish(nowMs); }"
                    + " return ask(new DeskQuestion.KeepSession(token, nowMs, Math.max(1, session),"
                    + " 0, \"\"), nowMs);"),
        Mutant.of("no copy is handed out while copies are called back", "stale")
            .replace(
                "CopyRegister",
                "session == null || toy != null && toy.calledBack",
                "session == null"));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void withoutTheDesksRuleAPromiseBreaks(Mutant rule) {
    List<String> asked =
        List.of(rule.violates(), FIRST_SEEDS.getOrDefault(rule.name(), 1).toString());

    assertTrue(COMPILER.make(rule, Runs.class).apply(asked), "no run breaks it");
  }

  /** Words of a promise and a first seed in; whether some simulated run violates it out. */
  static final class Runs implements Function<List<String>, Boolean> {
    @Override
    public Boolean apply(List<String> asked) {
      return isBroken(Set.of(), asked.get(0), Integer.parseInt(asked.get(1)));
    }
  }

  /** @param promise words, with a bar between those of which one is enough */
  private static boolean isBroken(Set<ModelDatabase.Rule> without, String promise, int firstSeed) {
    return LongStream.range(firstSeed, firstSeed + RUNS)
        .mapToObj(seed -> violation(seed, without))
        .anyMatch(
            violation -> List.of(promise.split("\\|")).stream().anyMatch(violation::contains));
  }

  private static String violation(long seed, Set<ModelDatabase.Rule> without) {
    try {
      new DeskWorld(seed, without).run();
      return "";
    } catch (Violation | IllegalStateException violation) {
      return violation.getMessage();
    }
  }
}
