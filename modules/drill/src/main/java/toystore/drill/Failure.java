package toystore.drill;

import toystore.history.Operation;

/**
 * A request that was not served.
 *
 * @param status what was answered, or 0 for nothing
 * @param known it asked for an order that had been acknowledged before
 * @param message in words
 */
record Failure(
    Operation.Type type, int status, boolean known, String message, long callNs, long returnNs) {
  boolean overlaps(long fromNs, long toNs) {
    return callNs - toNs <= 0 && returnNs - fromNs >= 0;
  }

  @Override
  public String toString() {
    return type + " " + (status == 0 ? "no answer" : status) + " after "
        + (returnNs - callNs) / 1_000_000 + " ms: " + message;
  }
}
