package toystore.drill;

import java.util.List;

/**
 * What came of one round.
 *
 * @param findings every broken promise, in words; empty in a good round
 */
record RoundResult(
    int number,
    String fault,
    RoundTiming times,
    Requests requests,
    RoundChecks checks,
    List<DrillFinding> findings) {
  RoundResult {
    findings = List.copyOf(findings);
  }

  /**
   * How long what took.
   *
   * @param atMs when the fault began, from the round's start
   * @param lastedMs until it was healed
   * @param outageMs the longest time around the fault in which no purchase was answered
   * @param slowestMs the slowest request, refused ones included
   */
  record RoundTiming(long atMs, long lastedMs, long outageMs, long slowestMs) {}

  /**
   * How many requests ended how.
   *
   * @param orders acknowledged
   * @param allowed requests that failed as the promises allow
   * @param failed requests that failed otherwise
   */
  record Requests(long answered, long orders, int allowed, int failed) {}

  /**
   * What was checked.
   *
   * @param audit its verdict
   */
  record RoundChecks(String audit, DrillFindings.HistoryResult history) {}

  boolean isGood() {
    return findings.isEmpty();
  }
}
