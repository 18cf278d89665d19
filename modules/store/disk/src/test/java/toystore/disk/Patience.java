package toystore.disk;

/**
 * How long a test waits for what must come, and only for that: a machine that is ten times slower
 * than usual needs no more, and what never comes is told all the same.
 */
public final class Patience {
  public static final int SECONDS = 120;

  /** Of a whole test, which may wait for a few things. */
  public static final int TEST_SECONDS = 600;

  private Patience() {}
}
