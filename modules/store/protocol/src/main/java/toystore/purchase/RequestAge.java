package toystore.purchase;

/**
 * How old a request may be at most, told by the catalog's clock: the latest reading of it that
 * came, less the time since the request was first seen here. So a request that slept with this
 * process, or on its way from here, is known to be old.
 *
 * <p>A process that was paused finds requests that came meanwhile, and cannot tell which: for a
 * moment all it reads counts as seen before the pause. Owned by one event loop.
 */
public final class RequestAge {
  private final long pauseMs;
  private long readingMs;
  private long readAtMs;
  private long lastTickMs;
  private long asleepSinceMs;
  private long awakeAtMs;

  /**
   * @param pauseMs longer than the event loop takes for a round; so long, too, all counts as old
   * @param nowMs of this process's monotonic clock, as everywhere here
   */
  public RequestAge(long pauseMs, long nowMs) {
    this.pauseMs = pauseMs;
    lastTickMs = nowMs;
    readAtMs = nowMs;
    awakeAtMs = nowMs;
  }

  /** Called every few milliseconds, unless this process is paused. */
  public void tick(long nowMs) {
    notice(nowMs);
    lastTickMs = nowMs;
  }

  private void notice(long nowMs) {
    if (nowMs - lastTickMs > pauseMs) {
      asleepSinceMs = nowMs < awakeAtMs ? asleepSinceMs : lastTickMs;
      awakeAtMs = nowMs + pauseMs;
      lastTickMs = nowMs;
    }
  }

  /** The catalog's clock showed this at some time before. */
  public void read(long clockMs, long nowMs) {
    // Never reckoned on from: while the catalog is down, its clock stands still.
    if (clockMs > readingMs) {
      readingMs = clockMs;
      readAtMs = nowMs;
    }
  }

  /** The time at which a request that is read now must be taken to have come. */
  public long cameAt(long nowMs) {
    notice(nowMs);
    return nowMs < awakeAtMs ? asleepSinceMs : nowMs;
  }

  /** A reading of the catalog's clock of before that time; 0 where none is known. */
  public long seenMs(long cameAtMs) {
    return Math.max(0, readingMs - Math.max(0, readAtMs - cameAtMs));
  }
}
