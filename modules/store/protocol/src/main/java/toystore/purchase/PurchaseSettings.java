package toystore.purchase;

/**
 * Limits and times of {@link Purchases}. A tick is the shell's.
 *
 * @param maxUnderWay purchases at a time; more are refused
 * @param maxBatch purchases in one call of the catalog
 * @param maxBatchesInFlight reserve calls at a time; what arrives meanwhile goes into the next
 * @param deadlineTicks how long a caller waits at most
 * @param retryTicks pause after a call that failed
 * @param graceTicks how long purchases wait for a catalog that is down, before they are refused at
 *     once; for one that is silent, and may be slow, they wait until their deadline
 * @param majorityGraceTicks the same for a majority of the replicas
 * @param probeTicks pause between looks whether the catalog is back
 * @param suspectTicks how long a reserve call may take before the catalog is probed
 * @param sweepTicks time between looks for holds that were left over
 * @param sweepAgeMs age from which a hold counts as left over
 * @param settleTicks how long orders gather for one settle call
 */
public record PurchaseSettings(
    int maxUnderWay,
    int maxBatch,
    int maxBatchesInFlight,
    int deadlineTicks,
    int retryTicks,
    int graceTicks,
    int majorityGraceTicks,
    int probeTicks,
    int suspectTicks,
    int sweepTicks,
    int sweepAgeMs,
    int settleTicks) {

  /** For ticks of 10 ms. */
  public static final PurchaseSettings DEFAULT =
      new PurchaseSettings(10_000, 512, 2, 800, 2, 50, 150, 10, 30, 100, 1_000, 2);

  public PurchaseSettings {
    int[] all = {
      maxUnderWay,
      maxBatch,
      maxBatchesInFlight,
      deadlineTicks,
      retryTicks,
      graceTicks,
      majorityGraceTicks,
      probeTicks,
      suspectTicks,
      sweepTicks,
      sweepAgeMs,
      settleTicks
    };
    for (int value : all) {
      if (value < 1) {
        throw new IllegalArgumentException("a limit of purchases is " + value);
      }
    }
  }
}
