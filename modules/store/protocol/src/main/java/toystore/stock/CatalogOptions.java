package toystore.stock;

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
 * @param refusalMs how long a refusal is remembered: well above {@code mostAgeMs} and the longest
 *     that a front-end keeps a request
 * @param mostAgeMs requests first seen before are not decided any more
 * @param maxRefusals refusals remembered at a time; what would be one more is unavailable
 * @param maxLedgerBytes memory of the ledger from which no new key is decided
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
    long refusalMs,
    long mostAgeMs,
    int maxRefusals,
    long maxLedgerBytes,
    long hashSeed) {
  public static final long REFUSAL_MS = 60_000;
  public static final long MOST_AGE_MS = 30_000;
  public static final int MAX_REFUSALS = 1_000_000;

  public CatalogOptions {
    requirePositive("leaseMs", leaseMs);
    requirePositive("marginMs", marginMs);
    requirePositive("repushMs", repushMs);
    requirePositive("restockPeriodMs", restockPeriodMs);
    requirePositive("stock", stock);
    requirePositive("maxWaiting", maxWaiting);
    requirePositive("mostAgeMs", mostAgeMs);
    requirePositive("maxRefusals", maxRefusals);
    requirePositive("maxLedgerBytes", maxLedgerBytes);
    if (refusalMs <= mostAgeMs) {
      throw new IllegalArgumentException("refusalMs=" + refusalMs + " mostAgeMs=" + mostAgeMs);
    }
    requirePositive("maxSessions", maxSessions);
    if (settleDelayMs < 0) {
      throw new IllegalArgumentException("settleDelayMs=" + settleDelayMs);
    }
  }

  /** Names this run of the catalog; it does not tell the seed. */
  public long incarnation() {
    return new Chain().next(Chain.START, hashSeed, 0, "incarnation");
  }

  /** With the usual limits on refusals, and none on the ledger. */
  public CatalogOptions(
      long leaseMs,
      long marginMs,
      long repushMs,
      long restockPeriodMs,
      long stock,
      long settleDelayMs,
      int maxWaiting,
      int maxSessions,
      long hashSeed) {
    this(
        leaseMs,
        marginMs,
        repushMs,
        restockPeriodMs,
        stock,
        settleDelayMs,
        maxWaiting,
        maxSessions,
        REFUSAL_MS,
        MOST_AGE_MS,
        MAX_REFUSALS,
        Long.MAX_VALUE,
        hashSeed);
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
