package toystore.evaluation;

import java.time.Duration;

/**
 * How a store that has grown is measured beside a new one. Pure.
 *
 * @param orders that it has
 * @param behind orders that a replica lacks which was away
 * @param toys of a store with many toys, 0 for none
 * @param warmUp of each store, with purchases
 * @param load of each run
 * @param repetitions of each pair of runs
 */
record GrowthPlan(
    long orders, long behind, int toys, Duration warmUp, Duration load, int repetitions) {
  static final int CONNECTIONS = 64;

  /** Nearly as many as the shop comes with. */
  static final int FEW_TOYS = 16;

  static GrowthPlan thorough(long orders, long behind, int toys) {
    return new GrowthPlan(orders, behind, toys, Duration.ofSeconds(40), Duration.ofSeconds(5), 5);
  }

  static GrowthPlan quick(long orders, long behind, int toys) {
    return new GrowthPlan(orders, behind, toys, Duration.ofSeconds(2), Duration.ofSeconds(1), 1);
  }
}
