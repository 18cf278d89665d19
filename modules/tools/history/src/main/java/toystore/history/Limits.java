package toystore.history;

/**
 * How much a check may cost; beyond, it is undecided.
 *
 * @param stepsPerToy branches visited for one toy; ten million take about ten seconds
 * @param width branches in memory at one instant; 65,536 take about 100 MB in the worst case
 */
public record Limits(long stepsPerToy, int width) {
  public static final Limits DEFAULT = new Limits(20_000_000, 1 << 16);

  public Limits {
    if (stepsPerToy < 1 || width < 1) {
      throw new IllegalArgumentException("stepsPerToy=" + stepsPerToy + " width=" + width);
    }
  }
}
