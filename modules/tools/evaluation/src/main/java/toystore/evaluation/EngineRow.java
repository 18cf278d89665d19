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
 */
record EngineRow(
    int connections,
    Map<EngineName, BenchRow.Side> engines,
    Map<EngineName, Spread> ratios,
    Optional<BenchRow.Side> commits) {

  static List<EngineRow> of(List<EngineRun> runs) {
    List<EngineRow> rows = new ArrayList<>();
    for (int connections : runs.stream().map(EngineRun::connections).distinct().toList()) {
      rows.add(of(
          connections,
          runs.stream().filter(run -> run.connections() == connections).toList()));
    }
    return rows;
  }

  private static EngineRow of(int connections, List<EngineRun> runs) {
    Map<EngineName, BenchRow.Side> engines = new LinkedHashMap<>();
    Map<EngineName, Spread> ratios = new LinkedHashMap<>();
    List<EngineName> names =
        runs.stream().map(EngineRun::engine).distinct().sorted().toList();
    List<Throughput> first = of(runs, names.get(0));
    for (EngineName name : names) {
      List<Throughput> own = of(runs, name);
      engines.put(name, BenchRow.Side.of(own));
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
        commits.isEmpty() ? Optional.empty() : Optional.of(BenchRow.Side.of(commits)));
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
    return Stream.concat(engines.values().stream(), commits.stream())
        .mapToLong(BenchRow.Side::failures)
        .sum();
  }
}
