package toystore.client;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How late this program itself was: an event loop that is to tick every {@link #PERIOD_MS} and does
 * not was blocked, or had no processor. What a store said meanwhile lay unread, so no store may be
 * blamed for silence in that time. Owned by that loop.
 */
final class Lateness {
  static final long PERIOD_MS = 20;

  /** Less than that is how timers are. */
  private static final long NOTICED_NS = TimeUnit.MILLISECONDS.toNanos(10);

  private static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(PERIOD_MS);

  /** Of a request's time limit: with less the store had its time all the same. */
  private static final int EXCUSING_PART = 10;

  private long tickNs;
  private long longestNs;
  private long totalNs;

  /** Begins to count. */
  Lateness(long nowNs) {
    this.tickNs = nowNs;
  }

  /** The loop has come to it. */
  void tick(long nowNs) {
    long lateNs = overdueNs(nowNs);
    longestNs = Math.max(longestNs, lateNs);
    totalNs += lateNs;
    tickNs = nowNs;
  }

  /** All since the beginning; a tick that is due and has not come counts already. */
  long totalNs(long nowNs) {
    return totalNs + overdueNs(nowNs);
  }

  /**
   * Whether silence is this loop's own fault.
   *
   * @param totalBeforeNs {@link #totalNs} when the request was sent
   * @param limit how long the store was given
   */
  boolean excuses(long totalBeforeNs, long nowNs, Duration limit) {
    return totalNs(nowNs) - totalBeforeNs > limit.toNanos() / EXCUSING_PART;
  }

  /** Counts anew. No request may be under way. */
  void forget() {
    longestNs = 0;
    totalNs = 0;
  }

  /** So far. */
  Sum sum(long nowNs) {
    return new Sum(Math.max(longestNs, overdueNs(nowNs)), totalNs(nowNs));
  }

  private long overdueNs(long nowNs) {
    long lateNs = nowNs - tickNs - PERIOD_NS;
    return lateNs > NOTICED_NS ? lateNs : 0;
  }

  /**
   * Of one loop, or of all.
   *
   * @param longestNs the longest time in one
   * @param totalNs all of it
   */
  record Sum(long longestNs, long totalNs) {
    private static final double NS_PER_MS = 1e6;
    private static final long WORTH_TELLING_NS = TimeUnit.MILLISECONDS.toNanos(100);

    static final Sum NONE = new Sum(0, 0);

    Sum plus(Sum other) {
      return new Sum(Math.max(longestNs, other.longestNs), totalNs + other.totalNs);
    }

    double longestMs() {
      return longestNs / NS_PER_MS;
    }

    double totalMs() {
      return totalNs / NS_PER_MS;
    }

    /** Whether a reader of latencies should know. */
    boolean isWorthTelling() {
      return longestNs >= WORTH_TELLING_NS;
    }
  }
}
