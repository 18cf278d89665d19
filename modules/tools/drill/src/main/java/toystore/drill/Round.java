package toystore.drill;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import toystore.drill.DrillFinding.FindingKind;
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

  RoundResult run(FaultChoice faults, FaultKind kind) {
    Map<String, ToyStart> starts = ObservedRound.starts(crowd, bed.restocksTo());
    long ordersBefore = promised.size();
    Journal journal = new Journal(promised, chance.nextLong(), System::nanoTime);
    Fault fault = faults.next(kind);
    ObservedRound seen = new ObservedRound(crowd, starts, ordersBefore, journal, findings);
    seen.start();
    RoundTimes times = disturb(fault, journal);
    findings.addAll(FindingKind.PROCESS, watch.missing());
    boolean allKnown = seen.stop(UNTIL_KNOWN);
    findings.addAll(FindingKind.PROCESS, watch.missing());
    AuditReport audit = bed.store().audit(UNTIL_AT_REST);
    findings.audit(audit);
    checkBooks(audit.orders() - ordersBefore, ordersBefore, journal, allKnown);
    findings.addAll(FindingKind.PROCESS, watch.errors(fault.mayEnd()));
    int failed = seen.checkAnswers(failure -> fault.excuse(), times);
    checkWaits(journal, fault, times);
    return seen.conclude(number, fault.name(), times, failed, audit.verdict().toString());
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
    return new RoundTimes(startNs, injectedNs, healedNs, AFTER_EFFECT);
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

  /** Who cannot be served is told so soon, and nobody waits for ever. */
  private void checkWaits(Journal journal, Fault fault, RoundTimes times) {
    Duration noticed = fault.silent() ? UNTIL_GIVEN_UP : UNTIL_NOTICED;
    journal
        .slowRefusals(times.injectedNs() + noticed.toNanos(), times.healedNs(), LONGEST_REFUSAL_MS)
        .stream()
        .limit(3)
        .forEach(
            slow -> findings.add(FindingKind.ANSWER, "refused only after a long wait: " + slow));
    if (journal.slowestMs() > LONGEST_ANSWER_MS) {
      findings.add(FindingKind.ANSWER, "a request took " + journal.slowestMs() + " ms");
    }
  }
}
