package toystore.drill;

import toystore.history.Operation;

/**
 * A request that was not served.
 *
 * @param status what was answered, or 0 for nothing
 * @param known it asked for an order that every replica can be expected to know
 * @param message in words
 * @param frontEnd which one was asked, from 0
 */
record FailedRequest(
    Operation.Type type,
    int status,
    boolean known,
    String message,
    int frontEnd,
    long callNs,
    long returnNs) {
  static final int NO_ANSWER = 0;

  boolean overlaps(long fromNs, long toNs) {
    return callNs - toNs <= 0 && returnNs - fromNs >= 0;
  }

  @Override
  public String toString() {
    return type + " " + (status == NO_ANSWER ? "no answer" : status) + " after "
        + (returnNs - callNs) / 1_000_000 + " ms: " + message;
  }
}
