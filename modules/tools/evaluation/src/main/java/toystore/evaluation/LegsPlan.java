package toystore.evaluation;

import java.time.Duration;
import java.util.List;

/**
 * How the legs of purchases are measured. Pure.
 *
 * @param warmUp of a new store, under full load
 * @param settle of each load, before what counts
 * @param load looks and purchases, whose legs are timed
 * @param buying purchases alone, whose costs are counted
 */
record LegsPlan(
    List<Integer> connections, Duration warmUp, Duration settle, Duration load, Duration buying) {
  private static final List<Integer> CONNECTIONS = List.of(1, 64);

  LegsPlan {
    connections = List.copyOf(connections);
  }

  /** The just-in-time compilers are done with a store under full load after some 70 s. */
  static LegsPlan thorough() {
    return new LegsPlan(
        CONNECTIONS,
        Duration.ofSeconds(75),
        Duration.ofSeconds(2),
        Duration.ofSeconds(20),
        Duration.ofSeconds(10));
  }

  static LegsPlan quick() {
    return new LegsPlan(
        CONNECTIONS,
        Duration.ofSeconds(8),
        Duration.ofMillis(500),
        Duration.ofSeconds(3),
        Duration.ofSeconds(2));
  }
}
