package toystore.drill;

import java.time.Duration;

/**
 * When what happened in a round, on the clock of the histories.
 *
 * @param injectedNs when the fault began
 * @param healedNs when it was over
 * @param afterEffect for how long what was healed may still be felt
 */
record RoundTimes(long startNs, long injectedNs, long healedNs, Duration afterEffect) {
  /** From here on no failed request is the fault's. */
  long untilNs() {
    return healedNs + afterEffect.toNanos();
  }

  RoundResult.RoundTiming timing(Journal journal) {
    return new RoundResult.RoundTiming(
        (injectedNs - startNs) / 1_000_000,
        (healedNs - injectedNs) / 1_000_000,
        journal.longestGapMs(injectedNs, untilNs()),
        journal.slowestMs());
  }
}
