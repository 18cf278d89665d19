package toystore.edge;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** The upper ends of the buckets of all histograms of times, in seconds; one more has no end. */
final class TimeBounds {
  private static final double LEAST = 50e-6;
  private static final double STEP = 1.2;
  private static final MathContext THREE_DIGITS = new MathContext(3);

  /** Seventeen: fine enough to see that something takes too long. */
  private static final double[] USUAL = {
    LEAST, 100e-6, 250e-6, 500e-6, 1e-3, 2.5e-3, 5e-3, 10e-3, 25e-3, 50e-3, 0.1, 0.25, 0.5, 1, 2.5,
    5, 10
  };

  private TimeBounds() {}

  static double[] usual() {
    return USUAL.clone();
  }

  /**
   * By steps of a fifth up to a second, then as usual: a percentile that is read off them is at
   * most a fifth too high.
   */
  static double[] fine() {
    List<Double> bounds = new ArrayList<>();
    double exact = LEAST;
    while (exact < 1) {
      bounds.add(new BigDecimal(exact).round(THREE_DIGITS).doubleValue());
      exact *= STEP;
    }
    for (double bound : USUAL) {
      if (bound >= 1) {
        bounds.add(bound);
      }
    }
    return bounds.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
