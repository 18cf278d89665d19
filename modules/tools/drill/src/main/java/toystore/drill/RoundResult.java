package toystore.drill;

import java.util.List;

/**
 * What came of one round.
 *
 * @param atMs when the fault began, from the round's start
 * @param lastedMs until it was healed
 * @param outageMs the longest time around the fault in which no purchase was answered
 * @param slowestMs the slowest request, refused ones included
 * @param operations requests answered
 * @param orders acknowledged
 * @param excused requests that failed as the promises allow
 * @param failed requests that failed otherwise
 * @param audit its verdict
 * @param history its verdict
 * @param checked operations in the history
 * @param checkMs how long the history took to check
 * @param findings every broken promise, in words; empty in a good round
 */
record RoundResult(
    int number,
    String fault,
    long atMs,
    long lastedMs,
    long outageMs,
    long slowestMs,
    long operations,
    long orders,
    int excused,
    int failed,
    String audit,
    String history,
    long checked,
    long checkMs,
    List<DrillFinding> findings) {
  RoundResult {
    findings = List.copyOf(findings);
  }

  boolean isGood() {
    return findings.isEmpty();
  }
}
