package toystore.leader;

/**
 * Time in which this process ran. Each tick brings it forward, by no more than twice what lies
 * between two of them: who was late itself, stopped or short of a processor, has no right to call
 * others silent for that long. Pure; owned by one event loop.
 */
public final class OwnTime {
  private static final int STEPS = 2;

  private final long mostMs;
  private boolean started;
  private long lastTickMs;
  private long ms;

  /** @param tickMs between two ticks, where nothing is late */
  public OwnTime(long tickMs) {
    this.mostMs = STEPS * tickMs;
  }

  /** A tick. Several at once, as after a stop, bring no more than the first of them. */
  public void tick(long nowMs) {
    ms = at(nowMs);
    lastTickMs = nowMs;
    started = true;
  }

  /** What it is, at or after the last tick. */
  public long at(long nowMs) {
    return started ? ms + Math.min(nowMs - lastTickMs, mostMs) : ms;
  }
}
