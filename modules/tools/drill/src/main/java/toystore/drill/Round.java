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
import toystore.operations.AuditReport;
import toystore.operations.OperationFailed;
import toystore.operations.TimeLimit;

/** One round: clients run, a fault comes and goes, and then all is checked. Owned by one thread. */
final class Round {
  /** A service that has just come back may need so long until clients notice. */
  private static final Duration AFTER_EFFECT = Duration.ofMillis(2_500);

  private static final Duration UNTIL_KNOWN = Duration.ofSeconds(25);
  private static final Duration UNTIL_AT_REST = Duration.ofSeconds(45);
  private static final Duration UNTIL_LOOKED_UP = Duration.ofSeconds(60);
  private static final long LONGEST_ANSWER_MS = 11_000;
  /** By then a fault has been noticed, and what it makes impossible is refused without a wait. */
  private static final Duration UNTIL_NOTICED = Duration.ofSeconds(3);
  /** Who is silent may be slow: it is waited for as long as a request may take. */
  private static final Duration UNTIL_GIVEN_UP = Duration.ofSeconds(11);

  private static final long LONGEST_REFUSAL_MS = 2_000;

  private final int number;
  private final Testbed bed;
  private final ServiceWatch watch;
  private final Crowd crowd;
  private final Map<Long, Order> promised;
  private final Duration duration;
  private final Random chance;
  private final DrillFindings findings;

  Round(
      int number,
      Testbed bed,
      ServiceWatch watch,
      Crowd crowd,
      Map<Long, Order> promised,
      Duration duration,
      Random chance,
      DrillFindings findings) {
    this.number = number;
    this.bed = bed;
    this.watch = watch;
    this.crowd = crowd;
    this.promised = promised;
    this.duration = duration;
    this.chance = chance;
    this.findings = findings;
  }

  /** When what happened, on the clock of the histories. */
  private record RoundTimes(long startNs, long injectedNs, long healedNs) {}

  RoundResult run(FaultChoice faults, FaultKind kind) {
    Map<String, ToyStart> starts = starts();
    long ordersBefore = promised.size();
    Journal journal = new Journal(promised, chance.nextLong(), System::nanoTime);
    Fault fault = faults.next(kind);
    crowd.start(journal);
    RoundTimes times = disturb(fault, journal);
    findings.addAll(FindingKind.PROCESS, watch.missing());
    boolean allKnown = crowd.stop(UNTIL_KNOWN);
    if (!allKnown) {
      findings.add(FindingKind.ANSWER, "the outcome of some purchase did not become known");
    }
    journal.recorder().stop();
    findings.addAll(FindingKind.PROCESS, watch.missing());
    AuditReport audit = bed.store().audit(UNTIL_AT_REST);
    findings.audit(audit);
    checkBooks(audit.orders() - ordersBefore, ordersBefore, journal, allKnown);
    findings.addAll(FindingKind.PROCESS, watch.errors(fault.mayEnd()));
    List<FailedRequest> failed = checkAnswers(journal, fault, times);
    History history = journal.recorder().toHistory(ordersBefore, starts);
    DrillFindings.HistoryResult checked = findings.check(number, history);
    return new RoundResult(
        number,
        fault.name(),
        new RoundResult.RoundTiming(
            (times.injectedNs - times.startNs) / 1_000_000,
            (times.healedNs - times.injectedNs) / 1_000_000,
            journal.longestGapMs(times.injectedNs, times.healedNs + AFTER_EFFECT.toNanos()),
            journal.slowestMs()),
        new RoundResult.Requests(
            journal.answered(),
            journal.promisedNow(),
            journal.failures().size() - failed.size(),
            failed.size()),
        new RoundResult.RoundChecks(audit.verdict().toString(), checked),
        findings.take());
  }

  /** What is in stock while nobody buys; the catalog may restock at any moment. */
  private Map<String, ToyStart> starts() {
    Map<String, ToyStart> starts = new TreeMap<>();
    for (String toy : Crowd.toys()) {
      Answer<ToyAvailability> answer = crowd.product(toy);
      if (!answer.isOk()) {
        throw new StoreFailed("the store at rest does not serve " + toy + ": " + answer);
      }
      starts.put(toy, new ToyStart(toy, answer.value().units(), bed.restocksTo()));
    }
    return starts;
  }

  /** The fault begins and ends at moments left to chance, well within the round. */
  private RoundTimes disturb(Fault fault, Journal journal) {
    long startNs = System.nanoTime();
    long roundNs = duration.toNanos();
    TimeLimit.sleepUntil(startNs + roundNs / 10 + (long) (chance.nextDouble() * roundNs / 4));
    findings.addAll(FindingKind.PROCESS, watch.missing());
    long injectedNs = System.nanoTime();
    journal.disturbed();
    attempt("injecting", fault, fault.inject());
    TimeLimit.sleepUntil(injectedNs + roundNs / 20 + (long) (chance.nextDouble() * roundNs / 3));
    attempt("healing", fault, fault.heal());
    findings.addAll(FindingKind.PROCESS, watch.missing());
    long healedNs = System.nanoTime();
    long endNs = Math.max(startNs + roundNs, healedNs + AFTER_EFFECT.toNanos());
    TimeLimit.sleepUntil(endNs);
    return new RoundTimes(startNs, injectedNs, healedNs);
  }

  private void attempt(String doing, Fault fault, Runnable work) {
    try {
      work.run();
    } catch (OperationFailed e) {
      findings.add(
          FindingKind.PROCESS, "while " + doing + " '" + fault.name() + "': " + e.getMessage());
    }
  }

  /** Every acknowledged order exists, unchanged; and no other. */
  private void checkBooks(long written, long ordersBefore, Journal journal, boolean allKnown) {
    // A purchase of unknown outcome may be an order that nobody was told of.
    if (written < journal.promisedNow() || allKnown && written != journal.promisedNow()) {
      findings.add(
          FindingKind.SAFETY,
          written + " orders were written, but " + journal.promisedNow()
              + " purchases were acknowledged");
    }
    List<Order> now = promised.values().stream()
        .filter(order -> order.number() >= ordersBefore)
        .toList();
    findings.addAll(FindingKind.SAFETY, crowd.lookUp(now, UNTIL_LOOKED_UP));
  }

  private List<FailedRequest> checkAnswers(Journal journal, Fault fault, RoundTimes times) {
    findings.addAll(FindingKind.SAFETY, journal.doubled());
    findings.addAll(FindingKind.ANSWER, journal.wrong());
    List<FailedRequest> failed = journal.unexcused(
        fault.excuse(), times.injectedNs, times.healedNs + AFTER_EFFECT.toNanos());
    failed.stream()
        .limit(3)
        .forEach(failure -> findings.add(
            FindingKind.ANSWER,
            "failed request: " + failure + ", " + (failure.callNs() - times.injectedNs) / 1_000_000
                + " ms after the fault"));
    if (failed.size() > 3) {
      findings.add(FindingKind.ANSWER, "and " + (failed.size() - 3) + " more failed requests");
    }
    Duration noticed = fault.silent() ? UNTIL_GIVEN_UP : UNTIL_NOTICED;
    journal
        .slowRefusals(times.injectedNs + noticed.toNanos(), times.healedNs, LONGEST_REFUSAL_MS)
        .stream()
        .limit(3)
        .forEach(
            slow -> findings.add(FindingKind.ANSWER, "refused only after a long wait: " + slow));
    if (journal.slowestMs() > LONGEST_ANSWER_MS) {
      findings.add(FindingKind.ANSWER, "a request took " + journal.slowestMs() + " ms");
    }
    return failed;
  }
}
