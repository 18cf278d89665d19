package toystore.client;

import java.util.List;
import java.util.SplittableRandom;

/**
 * What each simulated client does next. Pure: the same seed and toys give the same steps, whatever
 * the store answers and however fast. It keeps no state, so ten thousand clients share one.
 */
final class LoadPlan {
  private static final long CLIENT_STRIDE = 0x9E3779B97F4A7C15L;
  private static final long ITERATION_STRIDE = 0xD1B54A32D192ED03L;

  private final long seed;
  private final double probability;
  private final List<String> toys;

  /**
   * @param probability 0 to 1: how often a client wants to buy what it has found in stock
   * @param toys names to choose from, at least one
   */
  LoadPlan(long seed, double probability, List<String> toys) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability=" + probability);
    }
    if (toys.isEmpty()) {
      throw new IllegalArgumentException("no toys");
    }
    this.seed = seed;
    this.probability = probability;
    this.toys = List.copyOf(toys);
  }

  /**
   * @param client from 0
   * @param iteration of that client, from 0
   */
  PlannedRequest step(int client, long iteration) {
    SplittableRandom random =
        new SplittableRandom(seed + client * CLIENT_STRIDE + iteration * ITERATION_STRIDE);
    return new PlannedRequest(random.nextInt(toys.size()), random.nextDouble() < probability);
  }

  String toy(int index) {
    return toys.get(index);
  }

  /**
   * One iteration: look at a toy and perhaps buy it.
   *
   * @param toy index into the plan's toys
   * @param buysIfInStock drawn before the answer is known, so that it does not depend on it
   */
  record PlannedRequest(int toy, boolean buysIfInStock) {}
}
