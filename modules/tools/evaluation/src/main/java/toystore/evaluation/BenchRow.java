package toystore.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Store and ceiling at one workload and so many connections, over all repetitions.
 *
 * @param ratio store over ceiling, a ratio for each pair of runs that followed each other
 */
record BenchRow(Workload workload, int connections, Side store, Side ceiling, Spread ratio) {

  /** One of the two. */
  record Side(Spread perSecond, Spread p50Ms, Spread p99Ms, long failures) {
    static Side of(List<Throughput> runs) {
      return new Side(
          spread(runs, Throughput::perSecond),
          spread(runs, Throughput::p50Ms),
          spread(runs, Throughput::p99Ms),
          runs.stream().mapToLong(Throughput::failures).sum());
    }

    private static Spread spread(List<Throughput> runs, ToDoubleFunction<Throughput> figure) {
      return Spread.of(runs.stream().map(figure::applyAsDouble).toList());
    }
  }

  /** Two runs that followed each other. */
  record Pair(Workload workload, int connections, Throughput store, Throughput ceiling) {
    double ratio() {
      return store.perSecond() / ceiling.perSecond();
    }
  }

  /** A row for each workload and number of connections, in the order in which they came first. */
  static List<BenchRow> of(List<Pair> pairs) {
    List<BenchRow> rows = new ArrayList<>();
    for (Workload workload :
        pairs.stream().map(Pair::workload).distinct().sorted().toList()) {
      List<Pair> of = pairs.stream().filter(pair -> pair.workload() == workload).toList();
      for (int connections : of.stream().map(Pair::connections).distinct().toList()) {
        rows.add(row(
            workload,
            connections,
            of.stream().filter(pair -> pair.connections() == connections).toList()));
      }
    }
    return rows;
  }

  private static BenchRow row(Workload workload, int connections, List<Pair> pairs) {
    return new BenchRow(
        workload,
        connections,
        Side.of(pairs.stream().map(Pair::store).toList()),
        Side.of(pairs.stream().map(Pair::ceiling).toList()),
        Spread.of(pairs.stream().map(Pair::ratio).toList()));
  }
}
