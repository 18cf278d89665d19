package toystore.primarybackup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import toystore.mutation.Mutant;
import toystore.mutation.MutantCompiler;
import toystore.replication.SimulatedEngine;
import toystore.replication.Simulation;
import toystore.replication.SimulationPlan;
import toystore.virtualtime.Violation;

/** Each rule of the protocol, left out of its source, breaks the promise that is named. */
class BrokenRulesTest {
  private static final String RULES = "primarybackup/Rules";
  private static final String ANSWERS = "primarybackup/Answers";
  private static final String CANDIDATE = "primarybackup/CandidatePhase";
  private static final String STATE = "primarybackup/ReplicaState";

  private static final String LOG = "replication/OrderLog";

  private static final int SEEDS = Integer.getInteger("toystore.mutantSeeds", 2000);
  private static final MutantCompiler COMPILER = new MutantCompiler();

  /** A rule left out. */
  record LeftOut(Mutant mutant, int replicas, boolean wipes) {
    LeftOut replace(String source, String code, String other) {
      return new LeftOut(mutant.replace(source, code, other), replicas, wipes);
    }

    @Override
    public String toString() {
      return mutant.name();
    }
  }

  private static LeftOut of(String name, String violates) {
    return new LeftOut(Mutant.of(name, violates), 3, false);
  }

  static List<LeftOut> rules() {
    return List.of(
        of("PROMISE_ROUND", "two leaders in epoch")
            .replace(
                RULES,
                "enoughPromises(int distinctReplicas, Quorum quorum) {",
                "enoughPromises(int distinctReplicas, Quorum quorum) { if (true) { return true; }"),
        of("LOG_ADOPTION", "lacks committed").replace(RULES, "best.compareTo(own) > 0", "false"),
        of("ANSWER_AFTER_A_MAJORITY", "on 1 disks only")
            .replace(
                RULES, "Math.min(ownDurable, quorum.reachedByMajority(allDurable))", "ownDurable"),
        of("ONE_PROMISE_AN_EPOCH", "two leaders in epoch")
            .replace(
                RULES,
                "epoch > promise.epoch() || promise.equals(new Promise(epoch, leader))",
                "epoch >= promise.epoch()"),
        of("COUNT_OWN_EPOCH_ONLY", "lacks what was acknowledged")
            .replace(RULES, "entryEpoch == leaderEpoch", "true"),
        of("COMMIT_WHAT_IS_PROVED", "known committed by")
            .replace(
                RULES, "Math.min(leaderCommitted, match)", "Math.min(leaderCommitted, lastIndex)"),
        of("TRUNCATE_CONFLICTS_ONLY", "is committed here")
            .replace(RULES, "newEntries > 0 && keep", "keep"),
        of("PROOF_BY_A_MAJORITY", "lacks what was acknowledged")
            .replace(
                RULES,
                "enoughConfirmations(int distinctReplicas, Quorum quorum) {",
                "enoughConfirmations(int distinctReplicas, Quorum quorum) {"
                    + " if (true) { return true; }"),
        of("PROOF_AFTER_THE_QUESTION", "lacks what was acknowledged")
            .replace(RULES, "answeredRound > askedAfterRound", "answeredRound > 0"),
        of("DURABLE_PROMISE", "two leaders in epoch")
            .replace(
                STATE,
                "out.write(writes.nextId(), promise,",
                "out.write(writes.nextId(), new Promise(log.last().epoch(), 0),"),
        new LeftOut(Mutant.of("PROMISE_COUNTED_ONCE", "lacks committed"), 5, false)
            .replace(
                CANDIDATE,
                "private boolean enoughPromises() {",
                "private int counted; private boolean enoughPromises() {")
            .replace(CANDIDATE, "1 + promised.size()", "1 + counted")
            .replace(
                CANDIDATE,
                "promised.put(reply.from(), reply.last());",
                "promised.put(reply.from(), reply.last()); counted++;"),
        new LeftOut(Mutant.of("REBUILD_BEFORE_TAKING_PART", "lacks committed"), 3, true)
            .replace(STATE, "durable.rebuilding()", "false"),
        of("KEEP_WHAT_IS_NOT_ON_DISK", "are on disk")
            .replace(LOG, "Math.min(Math.min(committed, durable),", "Math.min(committed,"),
        of("KEEP_WHAT_IS_NOT_COMMITTED", "is committed here")
            .replace(LOG, "Math.min(Math.min(committed, durable),", "Math.min(durable,"),
        of("OLDER_ENTRIES_AS_THEY_WERE", "is committed here")
            .replace(
                LOG,
                "older.entries(first, most);",
                "older.entries(first, most).stream()"
                    + ".map(e -> new Entry(e.index(), base.epoch(), e.purchase())).toList();"),
        of("EPOCHS_AT_FOLLOWERS", "is committed here")
            .replace(
                ANSWERS, "!Rules.admits(request.epoch(), request.from(), state.promise())", "false")
            .replace(
                ANSWERS,
                "state.promise(new Promise(request.epoch(), request.from())); LogPosition",
                "if (request.epoch() >= state.promise().epoch()) {"
                    + " state.promise(new Promise(request.epoch(), request.from())); } LogPosition")
            .replace(
                ANSWERS,
                "match, state.promise(),",
                "match, accepted ? new Promise(request.epoch(), request.from())"
                    + " : state.promise(),"));
  }

  @AfterAll
  static void close() {
    COMPILER.close();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void withoutTheRuleAPromiseBreaks(LeftOut rule) {
    String violates = rule.mutant().violates();

    String found = COMPILER
        .make(rule.mutant(), Runs.class)
        .apply(
            List.of(violates, Integer.toString(rule.replicas()), Boolean.toString(rule.wipes())));

    assertEquals(violates, found);
  }

  /** Whether some simulated run violates what is named: that, or what else was violated. */
  static final class Runs implements Function<List<String>, String> {
    private static final SimulatedEngine ENGINE = new PrimaryBackupSimulated();

    @Override
    public String apply(List<String> asked) {
      SimulationPlan usual = SimulationPlan.rough(Integer.parseInt(asked.get(1)));
      SimulationPlan plan = Boolean.parseBoolean(asked.get(2)) ? usual.withWipes() : usual;
      StringBuilder others = new StringBuilder();
      for (int seed = 0; seed < SEEDS; seed++) {
        String failure = failure(plan.variedBy(seed), seed);
        if (failure.contains(asked.get(0))) {
          return asked.get(0);
        }
        others.append(failure.isEmpty() ? "" : seed + ": " + failure + "\n");
      }
      return others.toString();
    }

    private static String failure(SimulationPlan plan, int seed) {
      try {
        new Simulation(ENGINE, plan, seed).run();
        return "";
      } catch (Violation broken) {
        return broken.toString();
      }
    }
  }
}
