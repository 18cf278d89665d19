package toystore.evaluation;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/**
 * How a store is measured from its start on. Pure.
 *
 * @param cold how long each step from the start on takes, in turn
 * @param connections of the runs afterwards, when the store is warm
 * @param warm how long each of these takes
 */
record ColdPlan(List<Duration> cold, List<Integer> connections, Duration warm) {
  /** As many customers, from the start on, as keep both cores of a small machine busy. */
  static final int COLD_CONNECTIONS = 64;

  ColdPlan {
    cold = List.copyOf(cold);
    connections = List.copyOf(connections);
  }

  /** The just-in-time compilers are done with a store under full load after some 70 s. */
  static ColdPlan thorough() {
    return new ColdPlan(
        seconds(5, 5, 10, 20, 30, 30), List.of(1, 5, 64, 256), Duration.ofSeconds(5));
  }

  static ColdPlan quick() {
    return new ColdPlan(seconds(5, 5, 10), List.of(5, 64), Duration.ofSeconds(2));
  }

  private static List<Duration> seconds(long... steps) {
    return LongStream.of(steps).mapToObj(Duration::ofSeconds).toList();
  }

  int steps() {
    return cold.size() + connections.size();
  }
}
