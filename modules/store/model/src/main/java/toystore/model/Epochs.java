package toystore.model;

/**
 * Epochs of leadership as numbers that compare like (counter, appointer): unique without agreement,
 * because no two front-ends share an id. Raft uses its term alone, which is the counter with
 * appointer 0.
 */
public final class Epochs {
  /** No epoch at all: older than every real one. */
  public static final long NONE = 0;

  /** Below every real one: whoever has it leads nobody. */
  public static final long LEAST = 1;

  /** No epoch is later, so that there is always a next one. */
  public static final long LAST = 1L << 60;

  public static final int MAX_APPOINTER = 1023;

  /** Elections that nobody can have missed. */
  private static final long MAX_MISSED = 1L << 32;

  private static final int APPOINTER_BITS = 10;

  private Epochs() {}

  /** The epoch with this counter, from 1, made by this appointer, 0 to {@value #MAX_APPOINTER}. */
  public static long of(long counter, int appointer) {
    if (counter < 1 || appointer < 0 || appointer > MAX_APPOINTER) {
      throw new IllegalArgumentException("counter=" + counter + " appointer=" + appointer);
    }
    return counter << APPOINTER_BITS | appointer;
  }

  /** The least epoch of this appointer with a counter above that of the highest epoch seen. */
  public static long next(long highestSeen, int appointer) {
    return of(counter(highestSeen) + 1, appointer);
  }

  /**
   * Whether somebody who knows the one epoch may hear of the other. Whoever promised an epoch at
   * the end of all numbers could never promise another.
   */
  public static boolean plausible(long epoch, long known) {
    return counter(epoch) - counter(known) <= MAX_MISSED;
  }

  public static long counter(long epoch) {
    return epoch >> APPOINTER_BITS;
  }

  public static int appointer(long epoch) {
    return (int) (epoch & MAX_APPOINTER);
  }

  /** For people: {@code counter.appointer}. */
  public static String text(long epoch) {
    return counter(epoch) + "." + appointer(epoch);
  }
}
