package toystore.evaluation;

import java.util.ArrayList;
import java.util.List;
import toystore.evaluation.Bench.EngineRun;
import toystore.model.EngineName;

/**
 * Both engines at so many connections.
 *
 * @param ratio raft over primary-backup, a ratio for each repetition
 */
record EngineRow(int connections, BenchRow.Side primaryBackup, BenchRow.Side raft, Spread ratio) {

  static List<EngineRow> of(List<EngineRun> runs) {
    List<EngineRow> rows = new ArrayList<>();
    for (int connections : runs.stream().map(EngineRun::connections).distinct().toList()) {
      List<Throughput> primaryBackup = of(runs, connections, EngineName.PRIMARY_BACKUP);
      List<Throughput> raft = of(runs, connections, EngineName.RAFT);
      List<Double> ratios = new ArrayList<>();
      for (int i = 0; i < Math.min(raft.size(), primaryBackup.size()); i++) {
        ratios.add(raft.get(i).perSecond() / primaryBackup.get(i).perSecond());
      }
      rows.add(new EngineRow(
          connections, BenchRow.Side.of(primaryBackup), BenchRow.Side.of(raft), Spread.of(ratios)));
    }
    return rows;
  }

  /** In the order of the repetitions. */
  private static List<Throughput> of(List<EngineRun> runs, int connections, EngineName engine) {
    return runs.stream()
        .filter(run -> run.connections() == connections && run.engine() == engine)
        .map(EngineRun::throughput)
        .toList();
  }
}
