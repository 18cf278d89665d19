package toystore.disk;

/**
 * When the pieces of a {@link BackgroundCheck} are read. Pure.
 *
 * @param firstMs before the first piece, or {@link #NEVER}
 * @param pace between pieces
 * @param againMs between the last piece and the first one of the next time, or {@link #NEVER}
 */
public record Rhythm(long firstMs, Pace pace, long againMs) {
  public static final long NEVER = -1;

  /** Nothing is read. */
  public static final Rhythm NOTHING = new Rhythm(NEVER, new Pace(100), NEVER);

  public Rhythm {
    if (firstMs < NEVER || againMs < NEVER) {
      throw new IllegalArgumentException("firstMs=" + firstMs + " againMs=" + againMs);
    }
  }

  /** All is read once. */
  public static Rhythm once(long firstMs, Pace pace) {
    return new Rhythm(firstMs, pace, NEVER);
  }

  /**
   * How long to rest before the next piece.
   *
   * @param more whether there is a next one now
   * @param workedNanos how long the last one took
   */
  long restMs(boolean more, long workedNanos) {
    if (!more && againMs == NEVER) {
      return NEVER;
    }
    // Never without rest: a check that has nothing to read would take a processor for itself.
    return Math.max(1, more ? pace.pauseMs(workedNanos) : againMs);
  }
}
