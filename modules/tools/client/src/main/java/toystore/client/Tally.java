package toystore.client;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import toystore.api.Answer;
import toystore.api.Outcome;

/**
 * Counts of one event loop, or of all. Owned by one event loop until handed over.
 *
 * <p>It also keeps a few failures word for word: a count alone sends people to the logs.
 */
final class Tally {
  private static final int MAX_EXAMPLES = 5;

  private final Map<RequestKind, long[]> outcomes = new EnumMap<>(RequestKind.class);
  private final List<String> examples = new ArrayList<>();
  private long iterations;
  private long emptyShelves;
  private long repeats;
  private long openPurchases;

  void count(RequestKind kind, Answer<?> answer) {
    outcomes
        .computeIfAbsent(kind, k -> new long[Outcome.values().length])[
        answer.outcome().ordinal()]++;
    if (answer.outcome().isFailure() && examples.size() < MAX_EXAMPLES) {
      addExample(kind.key() + ": " + answer.detail());
    }
  }

  void countIteration() {
    iterations++;
  }

  /** A client wanted to buy and found nothing in stock. */
  void countEmptyShelf() {
    emptyShelves++;
  }

  /** A request was sent again because nothing was known about its outcome. */
  void countRepeat() {
    repeats++;
  }

  /** A purchase was given up without knowing whether it is an order. */
  void countOpenPurchase() {
    openPurchases++;
  }

  Tally copy() {
    Tally copy = new Tally();
    copy.add(this);
    return copy;
  }

  void add(Tally other) {
    other.outcomes.forEach((kind, counts) -> {
      long[] mine = outcomes.computeIfAbsent(kind, k -> new long[counts.length]);
      for (int i = 0; i < counts.length; i++) {
        mine[i] += counts[i];
      }
    });
    other.examples.forEach(this::addExample);
    iterations += other.iterations;
    emptyShelves += other.emptyShelves;
    repeats += other.repeats;
    openPurchases += other.openPurchases;
  }

  long of(RequestKind kind, Outcome outcome) {
    long[] counts = outcomes.get(kind);
    return counts == null ? 0 : counts[outcome.ordinal()];
  }

  long of(Outcome outcome) {
    return outcomes.values().stream()
        .mapToLong(counts -> counts[outcome.ordinal()])
        .sum();
  }

  long failures(RequestKind kind) {
    long failures = 0;
    for (Outcome outcome : Outcome.values()) {
      failures += outcome.isFailure() ? of(kind, outcome) : 0;
    }
    return failures;
  }

  long failures() {
    return outcomes.keySet().stream().mapToLong(this::failures).sum();
  }

  /** Requests that the store answered as it should. */
  long answered() {
    return of(Outcome.OK) + of(Outcome.REFUSED);
  }

  /** Whether it was asked for, and never answered as it should be. */
  boolean neverSucceeded(RequestKind kind) {
    long good = of(kind, Outcome.OK) + of(kind, Outcome.REFUSED);
    if (kind == RequestKind.QUERY) {
      good += of(RequestKind.QUERY_HIT, Outcome.OK) + of(RequestKind.QUERY_MISS, Outcome.OK);
    }
    return good == 0 && failures(kind) > 0;
  }

  long iterations() {
    return iterations;
  }

  long emptyShelves() {
    return emptyShelves;
  }

  long repeats() {
    return repeats;
  }

  long openPurchases() {
    return openPurchases;
  }

  List<String> examples() {
    return List.copyOf(examples);
  }

  private void addExample(String example) {
    if (examples.size() < MAX_EXAMPLES && !examples.contains(example)) {
      examples.add(example);
    }
  }
}
