package toystore.evaluation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What is measured, and in which order. Pure.
 *
 * @param subject what is measured, for a person: an engine, or a store elsewhere
 * @param clientCounts how many clients, in the runs that show what their number does
 * @param repetitions all on the same two stores, one that caches and one that does not
 * @param storeWarmUp of each store, once: five JVMs on few cores take long to compile what is hot
 * @param warmUp of each run
 * @param load of each run: how long iterations are started
 * @param crashLoad around each crash
 * @param crashes in the crash experiment, if there is one
 */
record EvaluationPlan(
    String subject,
    int clients,
    List<Double> probabilities,
    List<Integer> clientCounts,
    int repetitions,
    Duration storeWarmUp,
    Duration warmUp,
    Duration load,
    Duration crashLoad,
    int crashes) {
  /** Of each toy, in a store of this command's own: more than can be sold. */
  static final int STOCK = 10_000_000;

  /** With fewer of a toy, some purchases will find none. */
  static final int FEW_UNITS = 100_000;

  static final List<Double> PROBABILITIES = List.of(0.0, 0.2, 0.4, 0.6, 0.8);

  private static final int CLIENTS = 5;
  private static final List<Integer> CLIENT_COUNTS = List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
  private static final List<Integer> FEW_CLIENT_COUNTS = List.of(1, 5, 10);
  private static final double PROBABILITY_OF_COUNTS = 0.4;
  private static final Duration SHORTEST_CRASH = Duration.ofSeconds(2);
  private static final Duration UP_AND_DOWN = Duration.ofSeconds(16);
  private static final double LOOK_UP_SHARE = 0.2;
  private static final double WARM_UP_LOOK_UP_SHARE = 0.3;
  private static final double MS_PER_S = 1e3;

  EvaluationPlan {
    probabilities = List.copyOf(probabilities);
    clientCounts = List.copyOf(clientCounts);
  }

  static EvaluationPlan thorough(String subject) {
    return new EvaluationPlan(
        subject,
        CLIENTS,
        PROBABILITIES,
        CLIENT_COUNTS,
        5,
        Duration.ofSeconds(60),
        Duration.ofSeconds(1),
        Duration.ofSeconds(6),
        Duration.ofSeconds(24),
        4);
  }

  static EvaluationPlan quick(String subject) {
    return new EvaluationPlan(
        subject,
        CLIENTS,
        PROBABILITIES,
        FEW_CLIENT_COUNTS,
        2,
        Duration.ofSeconds(5),
        Duration.ofMillis(200),
        Duration.ofMillis(1000),
        Duration.ofSeconds(9),
        2);
  }

  EvaluationPlan withRepetitions(int count) {
    return new EvaluationPlan(
        subject,
        clients,
        probabilities,
        clientCounts,
        count,
        storeWarmUp,
        warmUp,
        load,
        crashLoad,
        crashes);
  }

  EvaluationPlan withClients(int count) {
    return new EvaluationPlan(
        subject,
        count,
        probabilities,
        clientCounts,
        repetitions,
        storeWarmUp,
        warmUp,
        load,
        crashLoad,
        crashes);
  }

  /** With shorter or longer runs; what is done once is no longer than ten runs. */
  EvaluationPlan withLoad(Duration each) {
    Duration ten = each.multipliedBy(10);
    return new EvaluationPlan(
        subject,
        clients,
        probabilities,
        clientCounts,
        repetitions,
        least(storeWarmUp, ten),
        warmUp,
        each,
        least(crashLoad, ten.plus(SHORTEST_CRASH)),
        crashes);
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
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
      trials.add(new Trial(repetition, cacheFirst, order.get(i), clients, seed));
      trials.add(new Trial(repetition, !cacheFirst, order.get(i), clients, seed));
    }
    return trials;
  }

  /** The runs with other numbers of clients, in pairs too. */
  List<Trial> trialsOfCounts() {
    List<Trial> trials = new ArrayList<>();
    for (int count : clientCounts) {
      boolean cacheFirst = count % 2 == 1;
      trials.add(new Trial(1, cacheFirst, PROBABILITY_OF_COUNTS, count, count));
      trials.add(new Trial(1, !cacheFirst, PROBABILITY_OF_COUNTS, count, count));
    }
    return trials;
  }

  /**
   * How many runs.
   *
   * @param stores 2, or 1 if there is nothing to compare with
   */
  int runs(int stores) {
    return (repetitions * probabilities.size() + clientCounts.size()) * stores;
  }

  /** About how long it takes. */
  Duration estimate(int stores) {
    double runMs = warmUp.toMillis() + load.toMillis() * (1 + LOOK_UP_SHARE);
    double onceMs =
        UP_AND_DOWN.toMillis() + stores * storeWarmUp.toMillis() * (1 + WARM_UP_LOOK_UP_SHARE);
    return Duration.ofSeconds(Math.round((onceMs + runs(stores) * runMs) / MS_PER_S));
  }
}
