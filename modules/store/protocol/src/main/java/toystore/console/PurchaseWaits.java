package toystore.console;

/**
 * What became of the purchases that were under way in an outage. Each purchase has a number, in the
 * order in which they began. Pure; owned by one event loop.
 */
public final class PurchaseWaits {
  private long begun;
  private long ended;
  private boolean isOutage;
  /** Of purchases that began in the last outage or before it, so many have not ended. */
  private long left;

  private long lastOfOutage;
  private long waited;
  private long failed;
  private long longestMs;

  /** A purchase has come; its number. */
  public long began() {
    return ++begun;
  }

  /**
   * A purchase is answered.
   *
   * @param isFailure whether the store could not answer it; a refusal for lack of stock is none
   */
  public void ended(long number, long tookMs, boolean isFailure) {
    ended++;
    if (!isOutage && number > lastOfOutage) {
      return;
    }
    waited++;
    longestMs = Math.max(longestMs, tookMs);
    failed += isFailure ? 1 : 0;
    left -= isOutage ? 0 : 1;
  }

  void outageBegan() {
    isOutage = true;
    waited = 0;
    failed = 0;
    longestMs = 0;
  }

  /** It seemed to be over, and purchases of it still wait. */
  void outageGoesOn() {
    isOutage = true;
  }

  void outageEnded() {
    isOutage = false;
    lastOfOutage = begun;
    left = begun - ended;
  }

  /** Whether all that waited in the last outage have their answers. */
  boolean settled() {
    return !isOutage && left <= 0;
  }

  /** What became of them, as the end of a sentence. */
  String words() {
    if (waited == 0) {
      return "nobody bought meanwhile";
    }
    String failures = failed == 0 ? "none failed" : failed + " of " + waited + " were refused";
    return "purchases waited " + longestMs + " ms at most; " + failures;
  }
}
