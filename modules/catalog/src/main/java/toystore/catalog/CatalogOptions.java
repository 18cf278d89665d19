package toystore.catalog;

import toystore.model.Chain;

/**
 * The numbers the core works with.
 *
 * @param leaseMs how long a front-end may serve its cache after a renewal was sent
 * @param marginMs how much longer the catalog waits for it: covers the drift of two clocks within
 *     one lease, and their rounding
 * @param repushMs an invalidation not acknowledged for so long is sent again
 * @param restockPeriodMs time between two checks for sold-out toys
 * @param stock units a toy starts with, and is restocked to
 * @param settleDelayMs how long a sale may wait for another write to share its transaction
 * @param maxWaiting answers that may wait at a time; more are refused as unavailable
 * @param maxSessions sessions that may be open at a time
 * @param hashSeed random, another one in each run, so that nobody can choose keys that collide
 */
public record CatalogOptions(
    long leaseMs,
    long marginMs,
    long repushMs,
    long restockPeriodMs,
    long stock,
    long settleDelayMs,
    int maxWaiting,
    int maxSessions,
    long hashSeed) {

  public CatalogOptions {
    requirePositive("leaseMs", leaseMs);
    requirePositive("marginMs", marginMs);
    requirePositive("repushMs", repushMs);
    requirePositive("restockPeriodMs", restockPeriodMs);
    requirePositive("stock", stock);
    requirePositive("maxWaiting", maxWaiting);
    requirePositive("maxSessions", maxSessions);
    if (settleDelayMs < 0) {
      throw new IllegalArgumentException("settleDelayMs=" + settleDelayMs);
    }
  }

  /** Names this run of the catalog; it does not tell the seed. */
  long incarnation() {
    return new Chain().next(Chain.START, hashSeed, 0, "incarnation");
  }

  /** After its last renewal came in, how long the catalog waits for a silent session. */
  long sessionMs() {
    return leaseMs + marginMs;
  }

  private static void requirePositive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + "=" + value);
    }
  }
}
