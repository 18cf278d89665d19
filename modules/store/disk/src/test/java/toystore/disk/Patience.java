package toystore.disk;

/**
 * How long a test waits for what must come, and only for that: a machine that is ten times slower
 * than usual needs no more, and what never comes is told all the same.
 */
public final class Patience {
  public static final int SECONDS = 120;

  private Patience() {}
}
