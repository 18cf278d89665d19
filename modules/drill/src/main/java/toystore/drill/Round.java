package toystore.drill;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import toystore.history.History;
import toystore.history.ToyStart;
import toystore.model.Order;
import toystore.operations.AuditReport;
import toystore.operations.OperationFailed;

/** One round: clients run, a fault comes and goes, and then all is checked. Owned by one thread. */
final class Round {
  /** A service that has just come back may need so long until clients notice. */
  private static final Duration AFTER_EFFECT = Duration.ofMillis(2_500);

  private static final Duration UNTIL_KNOWN = Duration.ofSeconds(25);
  private static final Duration UNTIL_AT_REST = Duration.ofSeconds(45);
  private static final Duration UNTIL_LOOKED_UP = Duration.ofSeconds(60);
  private static final long LONGEST_ANSWER_MS = 11_000;
  private static final int OK = 200;

  private final int number;
  private final Testbed bed;
  private final Crowd crowd;
  private final Map<Long, Order> promised;
  private final Duration duration;
  private final Random chance;
  private final Findings findings;

  Round(
      int number,
      Testbed bed,
      Crowd crowd,
      Map<Long, Order> promised,
      Duration duration,
      Random chance,
      Findings findings) {
    this.number = number;
    this.bed = bed;
    this.crowd = crowd;
    this.promised = promised;
    this.duration = duration;
    this.chance = chance;
    this.findings = findings;
  }

  /** When what happened, on the clock of the histories. */
  private record Times(long startNs, long injectedNs, long healedNs) {}

  RoundResult run(Faults faults, FaultKind kind) {
    Map<String, ToyStart> starts = starts();
    long ordersBefore = promised.size();
    Journal journal = new Journal(promised);
    crowd.start(journal);
    Fault fault = faults.next(kind);
    Times times = disturb(fault);
    if (!crowd.stop(UNTIL_KNOWN)) {
      findings.add("the outcome of some purchase did not become known after the fault");
    }
    journal.recorder().stop();
    AuditReport audit = bed.store().audit(UNTIL_AT_REST);
    checkBooks(audit, ordersBefore, journal);
    List<Failure> failed = checkAnswers(journal, fault, times);
    History history = journal.recorder().toHistory(ordersBefore, starts);
    Findings.HistoryResult checked = findings.check(number, history);
    return new RoundResult(
        number,
        fault.name(),
        (times.injectedNs - times.startNs) / 1_000_000,
        (times.healedNs - times.injectedNs) / 1_000_000,
        journal.longestGapMs(times.injectedNs, times.healedNs + AFTER_EFFECT.toNanos()),
        journal.slowestMs(),
        journal.answered(),
        journal.promisedNow(),
        journal.failures().size() - failed.size(),
        failed.size(),
        audit.verdict().toString(),
        checked.verdict().toString(),
        checked.tookMs(),
        findings.take());
  }

  /** What is in stock while nobody buys; the catalog may restock at any moment. */
  private Map<String, ToyStart> starts() {
    Map<String, ToyStart> starts = new TreeMap<>();
    for (String toy : Crowd.toys()) {
      ShopClient.Answer answer = crowd.product(toy);
      if (answer.status() != OK) {
        throw new OperationFailed("the store at rest does not serve " + toy + ": " + answer);
      }
      starts.put(toy, new ToyStart(toy, answer.body().getLong("quantity"), bed.restocksTo()));
    }
    return starts;
  }

  /** The fault begins and ends at moments left to chance, well within the round. */
  private Times disturb(Fault fault) {
    long startNs = System.nanoTime();
    long roundNs = duration.toNanos();
    Waits.untilNs(startNs + roundNs / 10 + (long) (chance.nextDouble() * roundNs / 4));
    long injectedNs = System.nanoTime();
    attempt("injecting", fault, fault.inject());
    Waits.untilNs(injectedNs + roundNs / 20 + (long) (chance.nextDouble() * roundNs / 3));
    attempt("healing", fault, fault.heal());
    bed.startMissing();
    long healedNs = System.nanoTime();
    long endNs = Math.max(startNs + roundNs, healedNs + AFTER_EFFECT.toNanos());
    Waits.untilNs(endNs);
    return new Times(startNs, injectedNs, healedNs);
  }

  private void attempt(String doing, Fault fault, Runnable work) {
    try {
      work.run();
    } catch (OperationFailed e) {
      findings.add("while " + doing + " '" + fault.name() + "': " + e.getMessage());
    }
  }

  /** Every acknowledged order exists, unchanged; and no other. */
  private void checkBooks(AuditReport audit, long ordersBefore, Journal journal) {
    if (audit.verdict() != AuditReport.Verdict.HOLDS) {
      findings.add("audit: " + audit);
    }
    long written = audit.orders() - ordersBefore;
    if (written != journal.promisedNow()) {
      findings.add(written + " orders were written, but " + journal.promisedNow()
          + " purchases were acknowledged");
    }
    List<Order> now = promised.values().stream()
        .filter(order -> order.number() >= ordersBefore)
        .toList();
    findings.addAll(crowd.lookUp(now, UNTIL_LOOKED_UP));
  }

  private List<Failure> checkAnswers(Journal journal, Fault fault, Times times) {
    findings.addAll(journal.wrong());
    List<Failure> failed = journal.unexcused(
        fault.excuse(), times.injectedNs, times.healedNs + AFTER_EFFECT.toNanos());
    failed.stream()
        .limit(3)
        .forEach(failure -> findings.add("failed request: " + failure + ", "
            + (failure.callNs() - times.injectedNs) / 1_000_000 + " ms after the fault"));
    if (failed.size() > 3) {
      findings.add("and " + (failed.size() - 3) + " more failed requests");
    }
    if (journal.slowestMs() > LONGEST_ANSWER_MS) {
      findings.add("a request took " + journal.slowestMs() + " ms");
    }
    return failed;
  }
}
