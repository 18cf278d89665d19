package toystore.stock;

import toystore.model.Chain;
import toystore.model.Require;

/**
 * The numbers the core works with.
 *
 * @param settleDelayMs how long a sale may wait for another write to share its transaction
 * @param hashSeed random, another one in each run, so that nobody can choose keys that collide
 */
public record CatalogOptions(
    Leases leases,
    Restocking restocking,
    Remembering remembering,
    CatalogBounds bounds,
    long settleDelayMs,
    long hashSeed) {

  /**
   * How long copies may be served, and who is told how often that one is old.
   *
   * @param leaseMs how long a front-end may serve its cache after a renewal was sent
   * @param marginMs how much longer the catalog waits for it: covers the drift of two clocks within
   *     one lease, and their rounding
   * @param repushMs an invalidation not acknowledged for so long is sent again
   */
  public record Leases(long leaseMs, long marginMs, long repushMs) {
    public Leases {
      Require.atLeast(1, "leaseMs", leaseMs);
      Require.atLeast(1, "marginMs", marginMs);
      Require.atLeast(1, "repushMs", repushMs);
    }

    /** After its last renewal came in, how long the catalog waits for a silent session. */
    public long sessionMs() {
      return leaseMs + marginMs;
    }
  }

  /**
   * @param stock units a toy starts with, and is restocked to
   * @param periodMs time between two checks for sold-out toys
   */
  public record Restocking(long stock, long periodMs) {
    public Restocking {
      Require.atLeast(1, "stock", stock);
      Require.atLeast(1, "restockPeriodMs", periodMs);
    }
  }

  /**
   * How refusals are remembered.
   *
   * @param refusalMs for how long: well above {@code mostAgeMs} and the longest that a front-end
   *     keeps a request
   * @param mostAgeMs requests first seen before are not decided any more
   * @param maxRefusals how many at a time; what would be one more is unavailable
   */
  public record Remembering(long refusalMs, long mostAgeMs, int maxRefusals) {
    public static final int MAX_REFUSALS = 1_000_000;
    public static final Remembering USUAL = ofMost(MAX_REFUSALS);

    public Remembering {
      Require.atLeast(1, "mostAgeMs", mostAgeMs);
      Require.atLeast(1, "maxRefusals", maxRefusals);
      // Invariant: a refusal outlives every copy of its request that may still be decided.
      Require.that(refusalMs > mostAgeMs, "refusalMs", refusalMs);
    }

    /** The usual times, with another limit. */
    public static Remembering ofMost(int maxRefusals) {
      return new Remembering(60_000, 30_000, maxRefusals);
    }
  }

  /**
   * From where on requests are unavailable.
   *
   * @param waiting answers that may wait at a time
   * @param sessions that may be open at a time
   * @param ledgerBytes memory of the rows not yet sealed, from which no new key is decided
   */
  public record CatalogBounds(int waiting, int sessions, long ledgerBytes) {
    public CatalogBounds {
      Require.atLeast(1, "maxWaiting", waiting);
      Require.atLeast(1, "maxSessions", sessions);
      Require.atLeast(1, "maxLedgerBytes", ledgerBytes);
    }
  }

  public CatalogOptions {
    Require.atLeast(0, "settleDelayMs", settleDelayMs);
  }

  /** Names this run of the catalog; it does not tell the seed. */
  public long incarnation() {
    return new Chain().next(Chain.START, hashSeed, 0, "incarnation");
  }
}
