package toystore.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import toystore.client.RequestKind;

/** What the measurements of one evaluation say. Pure. */
final class CacheStudy {
  /** What clients send: a panel each. */
  static final List<RequestKind> KINDS =
      List.of(RequestKind.QUERY, RequestKind.BUY, RequestKind.ORDER);

  private final List<Measurement> measurements;

  CacheStudy(List<Measurement> measurements) {
    this.measurements = measurements.stream().filter(row -> row.count() > 0).toList();
  }

  /** Those that were measured, ascending. */
  List<Double> probabilities() {
    return measurements.stream()
        .map(Measurement::probability)
        .distinct()
        .sorted()
        .toList();
  }

  int repetitions() {
    return measurements.stream().mapToInt(Measurement::repetition).max().orElse(0);
  }

  /** Milliseconds; empty where nothing of this kind was sent, such as purchases at p = 0. */
  Spread latencyMs(RequestKind kind, boolean cache, double probability, Latency latency) {
    return Spread.of(measurements.stream()
        .filter(row -> row.kind() == kind)
        .filter(row -> row.cache() == cache && row.probability() == probability)
        .map(latency::of)
        .toList());
  }

  /** Good answers of this kind a second. */
  Spread perSecond(RequestKind kind, boolean cache, double probability) {
    return Spread.of(measurements.stream()
        .filter(row -> row.kind() == kind)
        .filter(row -> row.cache() == cache && row.probability() == probability)
        .map(Measurement::perSecond)
        .toList());
  }

  /** Latency without cache over latency with it, a ratio for each pair of runs. */
  Spread benefit(RequestKind kind, double probability, Latency latency) {
    return Spread.of(ratios(kind, probability, latency));
  }

  /** The same of all pairs, whatever their probability. */
  Spread benefit(RequestKind kind, Latency latency) {
    return Spread.of(probabilities().stream()
        .flatMap(probability -> ratios(kind, probability, latency).stream())
        .toList());
  }

  /** The share of queries that the cache answered. */
  Spread hitRatio(double probability) {
    List<Double> ratios = new ArrayList<>();
    for (int repetition = 1; repetition <= repetitions(); repetition++) {
      long hits = count(repetition, probability, RequestKind.QUERY_HIT);
      long all = count(repetition, probability, RequestKind.QUERY);
      if (all > 0) {
        ratios.add((double) hits / all);
      }
    }
    return Spread.of(ratios);
  }

  private List<Double> ratios(RequestKind kind, double probability, Latency latency) {
    List<Double> ratios = new ArrayList<>();
    for (int repetition = 1; repetition <= repetitions(); repetition++) {
      Optional<Measurement> on = find(repetition, true, probability, kind);
      Optional<Measurement> off = find(repetition, false, probability, kind);
      if (on.isPresent() && off.isPresent()) {
        ratios.add(latency.of(off.get()) / latency.of(on.get()));
      }
    }
    return ratios;
  }

  private long count(int repetition, double probability, RequestKind kind) {
    return find(repetition, true, probability, kind).map(Measurement::count).orElse(0L);
  }

  private Optional<Measurement> find(
      int repetition, boolean cache, double probability, RequestKind kind) {
    return measurements.stream()
        .filter(row -> row.repetition() == repetition && row.cache() == cache)
        .filter(row -> row.probability() == probability && row.kind() == kind)
        .findFirst();
  }
}
