package toystore.stock;

/**
 * The one clock by which requests have an age: the catalog's own, in milliseconds, running on from
 * run to run. Replicas and front-ends repeat what they last read of it; so a request says for
 * certain that it is no older than the reading it carries, whatever paused or got stuck on its way.
 *
 * <p>Invariant: no reading told is above {@code limitMs}, which is on disk before it is told; the
 * next run starts there.
 */
final class RequestClock {
  private final long baseMs;
  private final long startMs;
  private final long mostAgeMs;
  /** How far ahead the disk is written, so that this is seldom: the most that a restart skips. */
  private final long aheadMs;

  private long limitMs;

  /**
   * @param baseMs where the last run may have been
   * @param startMs now, on the clock of this run
   * @param mostAgeMs age from which a request is not decided
   */
  RequestClock(long baseMs, long startMs, long mostAgeMs) {
    this.baseMs = baseMs;
    this.startMs = startMs;
    this.mostAgeMs = mostAgeMs;
    aheadMs = mostAgeMs / 6;
    limitMs = baseMs;
  }

  /** The reading at this time of this run. */
  long at(long nowMs) {
    return baseMs + nowMs - startMs;
  }

  /** Whether the limit must be written anew before this reading is told. */
  boolean needsNewLimit(long nowMs) {
    return at(nowMs) + aheadMs / 4 > limitMs;
  }

  /** The new limit, to be written. */
  long newLimit(long nowMs) {
    limitMs = at(nowMs) + aheadMs;
    return limitMs;
  }

  /** Whether a request that was first seen at this reading, or after it, is young enough. */
  boolean mayDecide(long seenMs, long nowMs) {
    return at(nowMs) - seenMs <= mostAgeMs;
  }
}
