package toystore.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import toystore.evaluation.Bench.EngineRun;
import toystore.model.EngineName;

/**
 * Engines at so many connections.
 *
 * @param engines in the order of {@link EngineName}
 * @param ratios of each engine but the first, over the first: a ratio for each repetition
 * @param commits plain commits of the database of one of them, if one has a database
 * @param puts plain ones of an etcd, if it was measured beside them
 */
record EngineRow(
    int connections,
    Map<EngineName, BenchRow.Side> engines,
    Map<EngineName, Spread> ratios,
    Optional<BenchRow.Side> commits,
    Optional<Puts> puts) {

  /**
   * Of an etcd.
   *
   * @param ratios purchases of each engine over these: a ratio for each repetition
   */
  record Puts(BenchRow.Side side, Map<EngineName, Spread> ratios) {}

  static List<EngineRow> of(Bench.Alternations all) {
    List<EngineRow> rows = new ArrayList<>();
    for (int connections :
        all.runs().stream().map(EngineRun::connections).distinct().toList()) {
      rows.add(of(
          connections,
          all.runs().stream().filter(run -> run.connections() == connections).toList(),
          all.puts().stream()
              .filter(run -> run.connections() == connections)
              .map(EtcdBench.PutRun::throughput)
              .toList()));
    }
    return rows;
  }

  private static EngineRow of(int connections, List<EngineRun> runs, List<Throughput> puts) {
    Map<EngineName, BenchRow.Side> engines = new LinkedHashMap<>();
    Map<EngineName, Spread> ratios = new LinkedHashMap<>();
    Map<EngineName, Spread> toPuts = new LinkedHashMap<>();
    List<EngineName> names =
        runs.stream().map(EngineRun::engine).distinct().sorted().toList();
    List<Throughput> first = of(runs, names.get(0));
    for (EngineName name : names) {
      List<Throughput> own = of(runs, name);
      engines.put(name, BenchRow.Side.of(own));
      toPuts.put(name, ratio(own, puts));
      if (name != names.get(0)) {
        ratios.put(name, ratio(own, first));
      }
    }
    List<Throughput> commits =
        runs.stream().flatMap(run -> run.commits().stream()).toList();
    return new EngineRow(
        connections,
        engines,
        ratios,
        commits.isEmpty() ? Optional.empty() : Optional.of(BenchRow.Side.of(commits)),
        puts.isEmpty() ? Optional.empty() : Optional.of(new Puts(BenchRow.Side.of(puts), toPuts)));
  }

  private static Spread ratio(List<Throughput> of, List<Throughput> over) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < Math.min(of.size(), over.size()); i++) {
      ratios.add(of.get(i).perSecond() / over.get(i).perSecond());
    }
    return Spread.of(ratios);
  }

  /** In the order of the repetitions. */
  private static List<Throughput> of(List<EngineRun> runs, EngineName engine) {
    return runs.stream()
        .filter(run -> run.engine() == engine)
        .map(EngineRun::throughput)
        .toList();
  }

  long failures() {
    return Stream.of(engines.values().stream(), commits.stream(), puts.map(Puts::side).stream())
        .flatMap(sides -> sides)
        .mapToLong(BenchRow.Side::failures)
        .sum();
  }
}
