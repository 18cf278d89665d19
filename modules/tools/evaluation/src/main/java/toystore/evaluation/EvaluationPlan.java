package toystore.evaluation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import toystore.operations.EngineChoice;

/**
 * What is measured, and in which order. Pure.
 *
 * @param repetitions all on the same two stores, one that caches and one that does not
 * @param storeWarmUp of each store, once: five JVMs on few cores take long to compile what is hot
 * @param warmUp of each run
 * @param load of each run: how long iterations are started
 * @param stock of each toy: more than can be sold, so that every purchase finds some
 */
record EvaluationPlan(
    EngineChoice engine,
    int clients,
    List<Double> probabilities,
    int repetitions,
    Duration storeWarmUp,
    Duration warmUp,
    Duration load,
    int stock) {
  static final List<Double> PROBABILITIES = List.of(0.0, 0.2, 0.4, 0.6, 0.8);

  private static final int CLIENTS = 5;
  private static final int STOCK = 10_000_000;
  private static final Duration UP_AND_DOWN = Duration.ofSeconds(16);
  private static final double LOOK_UP_SHARE = 0.2;
  private static final double WARM_UP_LOOK_UP_SHARE = 0.3;
  private static final double MS_PER_S = 1e3;

  EvaluationPlan {
    probabilities = List.copyOf(probabilities);
  }

  static EvaluationPlan thorough(EngineChoice engine) {
    return new EvaluationPlan(
        engine,
        CLIENTS,
        PROBABILITIES,
        5,
        Duration.ofSeconds(60),
        Duration.ofSeconds(1),
        Duration.ofSeconds(6),
        STOCK);
  }

  static EvaluationPlan quick(EngineChoice engine) {
    return new EvaluationPlan(
        engine,
        CLIENTS,
        PROBABILITIES,
        2,
        Duration.ofSeconds(5),
        Duration.ofMillis(200),
        Duration.ofMillis(1000),
        STOCK);
  }

  EvaluationPlan withRepetitions(int count) {
    return new EvaluationPlan(
        engine, clients, probabilities, count, storeWarmUp, warmUp, load, stock);
  }

  EvaluationPlan withClients(int count) {
    return new EvaluationPlan(
        engine, count, probabilities, repetitions, storeWarmUp, warmUp, load, stock);
  }

  EvaluationPlan withLoad(Duration each) {
    return new EvaluationPlan(
        engine, clients, probabilities, repetitions, storeWarmUp, warmUp, each, stock);
  }

  /**
   * One repetition's runs. The two of a pair, cache on and off, follow each other, so that what
   * changes slowly on the machine touches both; which comes first alternates, and so does the
   * direction through the probabilities, so that age and warmth favour neither.
   */
  List<Trial> trials(int repetition) {
    List<Double> order = new ArrayList<>(probabilities);
    if (repetition % 2 == 0) {
      Collections.reverse(order);
    }
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      boolean cacheFirst = (repetition + i) % 2 == 1;
      long seed = repetition * 1_000L + Math.round(order.get(i) * 100);
      trials.add(new Trial(repetition, cacheFirst, order.get(i), seed));
      trials.add(new Trial(repetition, !cacheFirst, order.get(i), seed));
    }
    return trials;
  }

  int runs() {
    return repetitions * probabilities.size() * 2;
  }

  /** About how long it takes. */
  Duration estimate() {
    double runMs = warmUp.toMillis() + load.toMillis() * (1 + LOOK_UP_SHARE);
    double onceMs =
        UP_AND_DOWN.toMillis() + 2 * storeWarmUp.toMillis() * (1 + WARM_UP_LOOK_UP_SHARE);
    return Duration.ofSeconds(Math.round((onceMs + runs() * runMs) / MS_PER_S));
  }
}
