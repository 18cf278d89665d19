package toystore.drill;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import toystore.api.Answer;
import toystore.api.ToyAvailability;
import toystore.drill.DrillFinding.FindingKind;
import toystore.history.History;
import toystore.history.ToyStart;

/**
 * A round as its clients see it, whatever is broken and wherever the store runs: they use the
 * store, and what they were answered is checked. Owned by one thread.
 */
final class ObservedRound {
  private static final int SHOWN = 3;

  private final Crowd crowd;
  private final Map<String, ToyStart> starts;
  private final long ordersBefore;
  private final Journal journal;
  private final DrillFindings findings;

  /**
   * @param starts what was in stock before it
   * @param ordersBefore how many orders there were before it
   */
  ObservedRound(
      Crowd crowd,
      Map<String, ToyStart> starts,
      long ordersBefore,
      Journal journal,
      DrillFindings findings) {
    this.crowd = crowd;
    this.starts = starts;
    this.ordersBefore = ordersBefore;
    this.journal = journal;
    this.findings = findings;
  }

  /**
   * What is in stock while nobody buys; the catalog may restock at any moment.
   *
   * @param restocksTo units of each toy
   */
  static Map<String, ToyStart> starts(Crowd crowd, int restocksTo) {
    Map<String, ToyStart> starts = new TreeMap<>();
    for (String toy : Crowd.toys()) {
      Answer<ToyAvailability> answer = crowd.product(toy);
      if (!answer.isOk()) {
        throw new StoreFailed("the store at rest does not serve " + toy + ": " + answer);
      }
      starts.put(toy, new ToyStart(toy, answer.value().units(), restocksTo));
    }
    return starts;
  }

  /** The clients begin. */
  void start() {
    crowd.start(journal);
  }

  /**
   * The clients end.
   *
   * @return whether the outcome of every purchase became known in that time
   */
  boolean stop(Duration untilKnown) {
    boolean allKnown = crowd.stop(untilKnown);
    if (!allKnown) {
      findings.add(FindingKind.ANSWER, "the outcome of some purchase did not become known");
    }
    journal.recorder().stop();
    return allKnown;
  }

  /**
   * Checks each answer alone.
   *
   * @param excuse of a request that failed
   * @return how many requests failed without an excuse
   */
  int checkAnswers(Function<FailedRequest, AllowedFailures> excuse, RoundTimes times) {
    findings.addAll(FindingKind.SAFETY, journal.doubled());
    findings.addAll(FindingKind.ANSWER, journal.wrong());
    List<FailedRequest> failed = journal.unexcused(excuse, times.injectedNs(), times.untilNs());
    failed.stream()
        .limit(SHOWN)
        .forEach(failure -> findings.add(
            FindingKind.ANSWER,
            "failed request: " + failure + ", "
                + (failure.callNs() - times.injectedNs()) / 1_000_000 + " ms after the fault"));
    if (failed.size() > SHOWN) {
      findings.add(FindingKind.ANSWER, "and " + (failed.size() - SHOWN) + " more failed requests");
    }
    return failed.size();
  }

  /**
   * Checks all answers together, as a history, and concludes the round.
   *
   * @param failed requests without an excuse
   * @param audit its verdict
   */
  RoundResult conclude(int number, String fault, RoundTimes times, int failed, String audit) {
    History history = journal.recorder().toHistory(ordersBefore, starts);
    DrillFindings.HistoryResult checked = findings.check(number, history);
    return new RoundResult(
        number,
        fault,
        times.timing(journal),
        new RoundResult.Requests(
            journal.answered(), journal.promisedNow(), journal.failures().size() - failed, failed),
        new RoundResult.RoundChecks(audit, checked),
        findings.take());
  }
}
