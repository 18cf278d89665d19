package toystore.drill;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import toystore.api.Answer;
import toystore.api.ToyAvailability;
import toystore.drill.DrillFinding.FindingKind;
import toystore.history.History;
import toystore.history.ToyStart;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.operations.Programs;
import toystore.operations.TimeLimit;

/**
 * One round with a store that runs elsewhere: clients run, a service is broken and healed by the
 * user's command, and then all is checked that can be seen from outside. Owned by one thread.
 */
final class ElsewhereRound {
  /** Connections that a cut has silenced try again only after a while. */
  private static final Duration AFTER_EFFECT = Duration.ofSeconds(5);

  private static final Duration UNTIL_KNOWN = Duration.ofSeconds(40);
  private static final Duration UNTIL_LOOKED_UP = Duration.ofSeconds(120);
  private static final Duration UNTIL_AUDITED = Duration.ofSeconds(150);
  private static final Duration UNTIL_SERVING = Duration.ofSeconds(40);
  private static final String SPARE_TOY = "Lego";

  private final ElsewherePlan plan;
  private final Crowd crowd;
  private final Map<Long, Order> promised;
  private final Duration duration;
  private final Random chance;
  private final DrillFindings findings;

  ElsewhereRound(
      ElsewherePlan plan,
      Crowd crowd,
      Map<Long, Order> promised,
      Duration duration,
      Random chance,
      DrillFindings findings) {
    this.plan = plan;
    this.crowd = crowd;
    this.promised = promised;
    this.duration = duration;
    this.chance = chance;
    this.findings = findings;
  }

  /** When what happened, on the clock of the histories. */
  private record Times(long startNs, long injectedNs, long healedNs) {
    long untilNs() {
      return healedNs + AFTER_EFFECT.toNanos();
    }
  }

  RoundResult run(int number, RemoteFault fault) {
    long ordersBefore = ordersSoFar();
    Map<String, ToyStart> starts = starts();
    Journal journal = new Journal(promised, chance.nextLong(), System::nanoTime);
    crowd.start(journal);
    Times times = disturb(fault, journal);
    if (!crowd.stop(UNTIL_KNOWN)) {
      findings.add(FindingKind.ANSWER, "the outcome of some purchase did not become known");
    }
    journal.recorder().stop();
    int failed = checkAnswers(journal, fault, times);
    findings.addAll(FindingKind.SAFETY, crowd.lookUp(promised.values(), UNTIL_LOOKED_UP));
    String audit = audit();
    History history = journal.recorder().toHistory(ordersBefore, starts);
    DrillFindings.HistoryResult checked = findings.check(number, history);
    return new RoundResult(
        number,
        fault.toString(),
        new RoundResult.RoundTiming(
            (times.injectedNs - times.startNs) / 1_000_000,
            (times.healedNs - times.injectedNs) / 1_000_000,
            journal.longestGapMs(times.injectedNs, times.untilNs()),
            journal.slowestMs()),
        new RoundResult.Requests(
            journal.answered(), journal.promisedNow(), journal.failures().size() - failed, failed),
        new RoundResult.RoundChecks(audit, checked),
        findings.take());
  }

  /** An order more says how many there were: the next number is the number of all before it. */
  private long ordersSoFar() {
    PurchaseRequest spare =
        new PurchaseRequest("drill-" + Long.toHexString(chance.nextLong()), SPARE_TOY, 1);
    if (!TimeLimit.await(UNTIL_SERVING, () -> crowd.buy(spare).isOk())) {
      throw new StoreFailed("the store at rest sells no " + SPARE_TOY);
    }
    return crowd.buy(spare).value() + 1; // The same key has the same number.
  }

  /** What is in stock while nobody buys; the catalog may restock at any moment. */
  private Map<String, ToyStart> starts() {
    Map<String, ToyStart> starts = new TreeMap<>();
    for (String toy : Crowd.toys()) {
      Answer<ToyAvailability> answer = crowd.product(toy);
      if (!answer.isOk()) {
        throw new StoreFailed("the store at rest does not serve " + toy + ": " + answer.detail());
      }
      starts.put(toy, new ToyStart(toy, answer.value().units(), plan.restocksTo()));
    }
    return starts;
  }

  private Times disturb(RemoteFault fault, Journal journal) {
    long startNs = System.nanoTime();
    TimeLimit.sleepUntil(startNs + duration.toNanos() / 4);
    long injectedNs = System.nanoTime();
    journal.disturbed();
    plan.by().run(fault.action(), fault.service());
    try {
      TimeLimit.sleepUntil(injectedNs + duration.toNanos());
    } finally {
      plan.by().run(fault.action().undo(), fault.service());
    }
    long healedNs = System.nanoTime();
    TimeLimit.sleepUntil(healedNs + AFTER_EFFECT.toNanos());
    return new Times(startNs, injectedNs, healedNs);
  }

  private int checkAnswers(Journal journal, RemoteFault fault, Times times) {
    findings.addAll(FindingKind.SAFETY, journal.doubled());
    findings.addAll(FindingKind.ANSWER, journal.wrong());
    List<FailedRequest> failed = journal.unexcused(
        failure -> fault.excuse(failure.frontEnd()), times.injectedNs, times.untilNs());
    failed.stream()
        .limit(3)
        .forEach(failure -> findings.add(
            FindingKind.ANSWER,
            "failed request: " + failure + ", " + (failure.callNs() - times.injectedNs) / 1_000_000
                + " ms after the fault"));
    if (failed.size() > 3) {
      findings.add(FindingKind.ANSWER, "and " + (failed.size() - 3) + " more failed requests");
    }
    return failed.size();
  }

  private String audit() {
    if (plan.audit().isEmpty()) {
      return "none";
    }
    List<String> words = List.of("sh", "-c", plan.audit().get());
    return Programs.failure(words, "", UNTIL_AUDITED)
        .map(failure -> {
          findings.add(FindingKind.SAFETY, "audit: " + failure);
          return "failed";
        })
        .orElse("holds");
  }
}
