package toystore.virtualtime;

/** All chance of one schedule, from its seed (splitmix64). */
public final class Chance {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  public Chance(long seed) {
    state = seed * GOLDEN ^ GOLDEN;
  }

  public long next() {
    state += GOLDEN;
    long mixed = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }

  /** From 0 to one below the bound. */
  public int below(int bound) {
    return (int) ((next() >>> 32) * bound >>> 32);
  }

  /** From low to high, both included. */
  public int between(int low, int high) {
    return low + below(high - low + 1);
  }

  public boolean oneIn(int count) {
    return below(count) == 0;
  }

  public boolean percent(int percent) {
    return percent > 0 && below(100) < percent;
  }
}
