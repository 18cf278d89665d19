package toystore.simulation;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import toystore.model.EngineName;
import toystore.mutation.Change;
import toystore.mutation.Mutant;
import toystore.raft.core.RaftMutants;
import toystore.simulation.Omission.PlanKind;
import toystore.stock.CatalogMutants;

/** All rules that a simulated store can do without, until a promise breaks. */
final class Mutants {
  private static final String RULES = "Rules";

  /** Met too rarely by chance: which module's test shows what they are for. */
  static final Map<String, String> SHOWN_ELSEWHERE = Map.ofEntries(
      entry("ONE_PROMISE_AN_EPOCH", "primarybackup/BrokenRulesTest#withoutTheRuleAPromiseBreaks"),
      entry("COUNT_OWN_EPOCH_ONLY", "primarybackup/BrokenRulesTest#withoutTheRuleAPromiseBreaks"),
      entry("PROMISE_COUNTED_ONCE", "primarybackup/BrokenRulesTest#withoutTheRuleAPromiseBreaks"),
      // Once in some 100,000 schedules, these three.
      entry(
          "COMPARE_WHAT_IS_PROPOSED_TOO",
          "purchase/LedgerComparisonTest#whatIsProposedAndNotInTheLogYetIsComparedToo"),
      entry(
          "ANSWERS_OF_THIS_RUN_ONLY",
          "purchase/LedgerComparisonTest#whatAnEarlierRunOfTheCatalogHeldIsAskedForAgain"),
      entry(
          "A_REFUSAL_TOLD_AGAIN_NO_SOONER",
          "stock/RefusalsTest#whoeverAsksAgainLearnsNothingBeforeTheFirstMay"),
      entry("MARGIN_FOR_DRIFT", "stock/CatalogSimulationTest#withoutTheRuleAPromiseBreaks"));

  /**
   * Where the violation takes hundreds of schedules: a little before the seed that showed it when
   * this was written, which saves minutes. It may be wrong: any later seed will do.
   */
  static final Map<String, Long> FIRST_SEEDS = Map.ofEntries(
      entry("PROOF_BY_A_MAJORITY", 1_800L),
      entry("PROOF_AFTER_THE_QUESTION", 1_800L),
      entry("PROMISE_COUNTED_ONCE_A_REPLICA", 4_400L),
      entry("REBUILD_BEFORE_TAKING_PART", 6_300L),
      entry("NO_DECISION_ON_OLD_REQUESTS", 3_600L),
      entry("RAFT_NO_DECISION_ON_OLD_REQUESTS", 400L),
      entry("SEALED_KEYS_ARE_FOUND", 800L),
      entry("RAFT_SEALED_KEYS_ARE_FOUND", 900L),
      entry("MARK_AT_THE_CATALOG", 2_100L),
      entry("RAFT_MARK_AT_THE_CATALOG", 900L),
      entry("COMPARE_BEFORE_THE_FIRST_ENTRY", 600L),
      entry("RAFT_COMPARE_BEFORE_THE_FIRST_ENTRY", 1_100L),
      entry("RAFT_VOTE_FOR_UP_TO_DATE_ONLY", 600L),
      entry("RAFT_PREVIOUS_MATCHES", 1_300L));

  private Mutants() {}

  static List<Omission> all() {
    List<Omission> all = new ArrayList<>(ofPrimaryBackup());
    all.addAll(EdgeMutants.all());
    List<Omission> both = new ArrayList<>(ofPurchases());
    both.addAll(ofTime());
    both.addAll(EdgeMutants.ofBothEngines());
    for (Omission each : both) {
      all.add(each);
      all.add(each.inRaft());
    }
    all.add(ofStart());
    all.add(ofStart().inRaft());
    all.addAll(ofProofs());
    all.addAll(ofRaft());
    all.addAll(ofCache());
    return all;
  }

  /** What the engine decides. */
  private static List<Omission> ofPrimaryBackup() {
    return List.of(
        Omission.primaryBackup("PROMISE_ROUND", "not served")
            .replace(
                RULES,
                "enoughPromises(int distinctReplicas, Quorum quorum) {",
                "enoughPromises(int distinctReplicas, Quorum quorum) { if (true) { return true; }"),
        Omission.primaryBackup("LOG_ADOPTION", "is committed here")
            .replace(RULES, "best.compareTo(own) > 0", "false"),
        Omission.primaryBackup("ANSWER_AFTER_A_MAJORITY", "is committed by")
            .replace(
                RULES, "Math.min(ownDurable, quorum.reachedByMajority(allDurable))", "ownDurable"),
        Omission.primaryBackup("COMMIT_WHAT_IS_PROVED", "committed, where")
            .replace(
                RULES, "Math.min(leaderCommitted, match)", "Math.min(leaderCommitted, lastIndex)"),
        Omission.primaryBackup("TRUNCATE_CONFLICTS_ONLY", "is committed here")
            .replace(RULES, "newEntries > 0 && keep", "keep"),
        Omission.primaryBackup("MAKE_ROOM_FOR_A_DISK_THAT_WRITES", "though a majority is well")
            .replace(RULES, "stuck && quorum.isMajority(othersAhead)", "false")
            .among(PlanKind.STUCK_DISK),
        Omission.primaryBackup("PROOF_BY_A_MAJORITY", "404 for order")
            .replace(
                RULES,
                "enoughConfirmations(int distinctReplicas, Quorum quorum) {",
                "enoughConfirmations(int distinctReplicas, Quorum quorum) {"
                    + " if (true) { return true; }"),
        Omission.primaryBackup("PROOF_AFTER_THE_QUESTION", "404 for order")
            .replace(RULES, "answeredRound > askedAfterRound", "answeredRound > 0"),
        // Of three, one promise and the candidate's own are a majority anyway.
        Omission.primaryBackup("PROMISE_COUNTED_ONCE_A_REPLICA", "removes committed")
            .replace(
                "CandidatePhase",
                "private boolean enoughPromises() {",
                "private int counted; private boolean enoughPromises() {")
            .replace("CandidatePhase", "1 + promised.size()", "1 + counted")
            .replace(
                "CandidatePhase",
                "promised.put(reply.from(), reply.last());",
                "promised.put(reply.from(), reply.last()); counted++;")
            .among(PlanKind.FIVE_REPLICAS),
        Omission.primaryBackup("EPOCHS_AT_FOLLOWERS", "committed")
            .replace(
                "Answers",
                "Rules.admits(request.epoch(), request.from(), state.promise())",
                "(request.epoch() > state.promise().epoch() + 0 || true)")
            .replace(
                "Answers",
                "state.promise(new Promise(request.epoch(), request.from())); LogPosition",
                "if (request.epoch() >= state.promise().epoch()) {"
                    + " state.promise(new Promise(request.epoch(), request.from())); } LogPosition")
            .replace(
                "Answers",
                "match, state.promise(),",
                "match, accepted ? new Promise(request.epoch(), request.from())"
                    + " : state.promise(),"),
        Omission.primaryBackup("REBUILD_BEFORE_TAKING_PART", "committed, where")
            .replace("primarybackup/ReplicaState", "durable.rebuilding()", "false")
            .among(PlanKind.LOST_FILES));
  }

  /** What makes one purchase one order. */
  private static List<Omission> ofPurchases() {
    return List.of(
        Omission.primaryBackup("DEDUP_IN_THE_STATE", "makes order")
            .replace("OrderBook", "if (isKnown(purchase.key(), keyHash))", "if (false)")
            .replace(
                "OrderBook",
                "long number = count; add(purchase, keyHash);",
                "long number = count; purchase = new PurchaseRequest("
                    + "purchase.key() + '~' + number, purchase.name(), purchase.quantity());"
                    + " add(purchase, hash.of(purchase.key()));"),
        Omission.primaryBackup("OLD_KEYS_ARE_KNOWN", "makes order")
            .replace("OrderBook", "|| older.byKey(key).isPresent()", "")
            .replace("OrderBook", "? older.byKey(key)", "? Optional.<PlacedOrder>empty()"),
        Omission.primaryBackup("IDEMPOTENT_RESERVE", "do not balance")
            .replace(
                "Decisions",
                "waits.untilKnown(decided.row(), reply);",
                "if (toy != null && toy.has(request.quantity())) {"
                    + " toys.take(toy, request.quantity(), Ledger.ABSENT, nowMs); }"
                    + " waits.untilKnown(decided.row(), reply);"),
        Omission.primaryBackup("SEALED_KEYS_ARE_FOUND", "is decided twice")
            .replace("stock/Ledger", "older.find(asked.key())", "null"),
        Omission.primaryBackup("SEAL_WHAT_IS_DURABLE", "is sealed")
            .replace("LedgerStep", "soldIn <= durableId", "true"),
        Omission.primaryBackup("SEAL_WHAT_IS_SOLD", "is sealed")
            .replace("LedgerStep", "held == 0", "true"),
        Omission.primaryBackup("SWEEP_OF_OLD_HOLDS", "not served")
            .replace("CatalogCore", "new Holds(holds, clockMs)", "new Holds(List.of(), clockMs)"),
        Omission.primaryBackup("REMEMBERED_REFUSAL", "was refused a moment before")
            .replace("Decisions", "if (before != null) {", "if (false) {"),
        Omission.primaryBackup("NO_DECISION_ON_OLD_REQUESTS", "was refused, and becomes an order")
            .replace("Decisions", "!clock.mayDecide(seenMs, nowMs)", "false"),
        Omission.primaryBackup("CATALOG_FENCE", "passes a fence")
            .replace("Witness", "claim.epoch() < fence", "false"));
  }

  /** What notices that a file went back in time. */
  private static List<Omission> ofTime() {
    return List.of(
        Omission.primaryBackup("MARK_AT_THE_CATALOG", "of which the catalog was told")
            .replace("Witness", "incarnation, mark, holds", "incarnation, Mark.NONE, holds"),
        Omission.primaryBackup("COMPARE_BEFORE_THE_FIRST_ENTRY", "of which the catalog was told")
            .replace(
                "Office",
                "takeOver.begin(newEpoch, last);",
                "takeOver.begin(newEpoch, last);"
                    + " outbox.tell(new Input.LogVerified(newEpoch, last));"),
        Omission.primaryBackup("CATALOG_KNOWS_EACH_ORDER", "at a catalog that does not know")
            .replace("CatalogCore", "decisions.isTaken(orders.get(known))", "true"),
        Omission.primaryBackup("COMPARE_WITH_EACH_RUN", "at a catalog that does not know")
            .replace("Witness", "claim.incarnation() != incarnation", "false"));
  }

  /** What a replica must be told before it takes part. */
  private static Omission ofStart() {
    return Omission.primaryBackup("FENCE_BEFORE_TAKING_PART", "committed, where")
        .replace("FencedCore", "private boolean fenceKnown;", "private boolean fenceKnown = true;")
        .among(PlanKind.FORGOTTEN_PROMISE);
  }

  private static List<Omission> ofProofs() {
    Omission without = Omission.primaryBackup("PROOF_OF_ABSENCE", "404 for order")
        .replace(
            "OrderQueries",
            "if (majorityLost.getAsBoolean()) {",
            "if (true) { return Future.succeededFuture(StoreError.ORDER_NOT_FOUND); }"
                + " if (majorityLost.getAsBoolean()) {");
    // Raft's leaders resign when they lose the others, which hides most of it. So these do not:
    // alone, that breaks no promise.
    return List.of(without, with(without.inRaft(), raftMutant("CHECK_QUORUM")));
  }

  /** Rules of Raft's core; those that chance meets too rarely here are shown beside it. */
  private static List<Omission> ofRaft() {
    return List.of(
        ofRaft("VOTE_FOR_UP_TO_DATE_ONLY", "removes committed"),
        ofRaft("PREVIOUS_MATCHES", "log matching"),
        ofRaft("TRUNCATE_CONFLICTS_ONLY", "removes committed"),
        ofRaft("COMPACTED_IS_COMMITTED", "is committed here"),
        ofRaft("COMMIT_WHAT_IS_PROVED", "committed, where"),
        ofRaft("DURABLE_ACKNOWLEDGEMENT", "is committed by"),
        ofRaft("DURABLE_BEFORE_COUNTED", "is committed by"),
        ofRaft("SNAPSHOTS_GO_FORWARD", "goes back from"),
        Omission.raft("REPLICATE_WHAT_THE_CATALOG_AGREES_WITH", "removes committed")
            .replace("Replicator", "private boolean begun;", "private boolean begun = true;")
            .among(PlanKind.FORGOTTEN_PROMISE),
        Omission.raft("HEARTBEATS_CLAIM_NOTHING_BEFORE", "and all up to")
            .replace("Replicator", "held = begun && ground", "held = ground")
            .among(PlanKind.FORGOTTEN_PROMISE));
  }

  private static Omission ofRaft(String rule, String violates) {
    return with(Omission.raft(rule, violates), raftMutant(rule));
  }

  private static Mutant raftMutant(String rule) {
    return RaftMutants.all().stream()
        .map(RaftMutants.Omission::mutant)
        .filter(each -> each.name().equals(rule))
        .findFirst()
        .orElseThrow();
  }

  private static Omission with(Omission omission, Mutant more) {
    Omission both = omission;
    for (Change change : more.changes()) {
      both = both.replace(change.source(), change.code(), change.other());
    }
    return both;
  }

  /** What keeps cached copies fresh. */
  private static List<Omission> ofCache() {
    return CatalogMutants.all().stream()
        .map(mutant -> new Omission(mutant, EngineName.PRIMARY_BACKUP, PlanKind.USUAL))
        .toList();
  }
}
