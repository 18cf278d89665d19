package toystore.evaluation;

import java.time.Duration;
import java.util.List;

/**
 * How throughput is measured. Pure.
 *
 * @param repetitions of each pair
 * @param storeWarmUp of each kind of query, on a new process; purchases, which five processes have
 *     a part in, get {@value #PURCHASE_WARM_UP} times that
 * @param warmUp of each run
 * @param load of each run
 */
record BenchPlan(
    List<Integer> connections,
    int repetitions,
    Duration storeWarmUp,
    Duration warmUp,
    Duration load) {
  /** More than can be sold. */
  static final int STOCK = 100_000_000;

  private static final int PURCHASE_WARM_UP = 10;
  private static final List<Integer> CONNECTIONS = List.of(1, 5, 64, 256);

  BenchPlan {
    connections = List.copyOf(connections);
  }

  static BenchPlan thorough() {
    return new BenchPlan(
        CONNECTIONS, 3, Duration.ofSeconds(4), Duration.ofMillis(500), Duration.ofSeconds(3));
  }

  static BenchPlan quick() {
    return new BenchPlan(
        CONNECTIONS, 1, Duration.ofMillis(1500), Duration.ofMillis(200), Duration.ofMillis(800));
  }

  Duration warmUpOf(Workload workload) {
    return workload == Workload.PURCHASE ? storeWarmUp.multipliedBy(PURCHASE_WARM_UP) : storeWarmUp;
  }

  BenchPlan withRepetitions(int count) {
    return new BenchPlan(connections, count, storeWarmUp, warmUp, load);
  }
}
