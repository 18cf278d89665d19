package toystore.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import toystore.evaluation.Bench.EngineRun;
import toystore.evaluation.BenchRow.Pair;
import toystore.evaluation.EtcdBench.PutRun;
import toystore.model.EngineName;

class BenchReportTest {
  private final BenchReport report =
      new BenchReport(Samples.STAMP, BenchPlan.thorough(), Optional.empty());

  @Test
  void ratiosAreOfThePairsAndTheirMedianIsShown() {
    List<BenchRow> rows = BenchRow.of(List.of(
        pair(Workload.PURCHASE, 5, 1000, 10_000),
        pair(Workload.PURCHASE, 5, 500, 2_500),
        pair(Workload.PURCHASE, 5, 300, 1_000),
        pair(Workload.CACHED_QUERY, 1, 50, 100)));

    assertEquals(2, rows.size());
    assertEquals(Workload.CACHED_QUERY, rows.get(0).workload());
    assertEquals(new Spread(0.2, 0.1, 0.3, 3), rows.get(1).ratio());
    assertEquals(500, rows.get(1).store().perSecond().median());
  }

  @Test
  void tableAndJsonSayTheSame() {
    List<BenchRow> rows = BenchRow.of(List.of(pair(Workload.ORDER_QUERY, 64, 5_000, 20_000)));

    String table = String.join("\n", report.lines(rows));

    assertEquals("order query 64 store 5000 5000 5000 1.00 2.00 0.25 0.25 0.25 0", row(table, 1));
    assertEquals("order query 64 ceiling 20000 20000 20000 1.00 2.00 - - - 0", row(table, 2));
    assertEquals(
        0.25,
        report.json(rows).path("rows").path(0).path("ratio").path("median").asDouble());
    assertEquals(
        "0123456789abcdef", report.json(rows).path("stamp").path("commit").asText());
  }

  @Test
  void enginesAreComparedWithinAnAlternation() {
    List<EngineRun> runs = new ArrayList<>();
    for (int repetition = 1; repetition <= 3; repetition++) {
      double speed = 1000 * repetition;
      runs.add(run(repetition, EngineName.RAFT, speed * 1.5));
      runs.add(run(repetition, EngineName.PRIMARY_BACKUP, speed));
    }

    List<EngineRow> rows = engineRows(runs);

    assertEquals(new Spread(1.5, 1.5, 1.5, 3), rows.get(0).ratios().get(EngineName.RAFT));
    assertTrue(String.join("\n", report.engineLines(rows)).contains("3000"));
    assertEquals(
        2000,
        report.engineJson(rows).at("/rows/0/primary-backup/perSecond/median").asDouble());
  }

  @Test
  void allTablesHaveTheSameHead() {
    List<BenchRow> one = BenchRow.of(List.of(pair(Workload.PURCHASE, 5, 1000, 10_000)));
    List<EngineRow> both =
        engineRows(List.of(run(1, EngineName.RAFT, 3000), run(1, EngineName.PRIMARY_BACKUP, 2000)));
    List<EngineRow> all = engineRows(List.of(
        run(1, EngineName.POSTGRES, 600).withCommits(throughput(250)),
        run(1, EngineName.PRIMARY_BACKUP, 2000)));

    String head = row(String.join("\n", report.lines(one)), 0);

    assertEquals(head, row(String.join("\n", report.engineLines(both)), 0));
    assertEquals(head, row(String.join("\n", report.engineLines(all)), 0));
  }

  @Test
  void plainCommitsStandBesideAllEngines() {
    List<EngineRun> runs = List.of(
        run(1, EngineName.POSTGRES, 600).withCommits(throughput(250)),
        run(1, EngineName.RAFT, 3000),
        run(1, EngineName.PRIMARY_BACKUP, 2000));

    List<EngineRow> rows = engineRows(runs);

    String table = String.join("\n", report.engineLines(rows));
    assertTrue(row(table, 1).startsWith("purchase 64 primary-backup 2000 "), table);
    assertTrue(row(table, 2).matches("purchase 64 raft 3000 .* 1\\.50 1\\.50 1\\.50 0"), table);
    assertTrue(row(table, 3).matches("purchase 64 postgres 600 .* 0\\.30 0\\.30 0\\.30 0"), table);
    assertTrue(row(table, 4).matches("commit 64 plain commits 250 .* - - - 0"), table);
    assertEquals(
        250, report.engineJson(rows).at("/rows/0/plainCommits/perSecond/median").asDouble());
    assertEquals(
        0.3, report.engineJson(rows).at("/rows/0/ratioOfPostgres/median").asDouble());
  }

  @Test
  void plainPutsOfEtcdStandBesideEnginesWithWhatTheyAreNot() {
    BenchReport withEtcd =
        new BenchReport(Samples.STAMP, BenchPlan.thorough(), Optional.of("3.4.23"));
    List<EngineRow> rows = EngineRow.of(new Bench.Alternations(
        List.of(
            run(1, EngineName.RAFT, 3000),
            run(1, EngineName.PRIMARY_BACKUP, 2000),
            run(2, EngineName.PRIMARY_BACKUP, 2200),
            run(2, EngineName.RAFT, 4000)),
        List.of(new PutRun(1, 64, throughput(1000)), new PutRun(2, 64, throughput(2000)))));

    String table = String.join("\n", withEtcd.engineLines(rows));

    assertTrue(row(table, 3).matches("put 64 etcd 1500 1000 2000 .* - - - 0"), table);
    assertTrue(table.contains("\netcd:    version 3.4.23\n"), table);
    assertTrue(table.contains("it is less than a purchase"), table);
    assertTrue(table.replaceAll(" +", " ").contains("\n 64 primary-backup 1.55 1.10 2.00"), table);
    assertTrue(table.replaceAll(" +", " ").contains("\n 64 raft 2.50 2.00 3.00"), table);
    ObjectNode json = withEtcd.engineJson(rows);
    assertEquals("3.4.23", json.path("etcdVersion").asText());
    assertEquals(1500, json.at("/rows/0/etcdPuts/perSecond/median").asDouble());
    assertEquals(2.5, json.at("/rows/0/ratioOverEtcdPuts/raft/median").asDouble());
    assertEquals(0, rows.get(0).failures());
  }

  @Test
  void oneEngineBesideEtcdHasNoRatioOverAnother() {
    BenchReport withEtcd =
        new BenchReport(Samples.STAMP, BenchPlan.thorough(), Optional.of("3.4.23"));
    List<EngineRow> rows = EngineRow.of(new Bench.Alternations(
        List.of(run(1, EngineName.RAFT, 3000)),
        List.of(new PutRun(1, 64, new Throughput(1500, 1, 2, 7, 100)))));

    String table = String.join("\n", withEtcd.engineLines(rows));

    assertTrue(row(table, 1).matches("purchase 64 raft 3000 .* - - - 0"), table);
    assertFalse(table.contains("Ratio: over"), table);
    assertFalse(withEtcd.engineJson(rows).at("/rows/0").has("ratio"));
    assertEquals(7, rows.get(0).failures());
  }

  private static List<EngineRow> engineRows(List<EngineRun> runs) {
    return EngineRow.of(new Bench.Alternations(runs, List.of()));
  }

  /** With one space between cells; the head is row 0. */
  private static String row(String table, int number) {
    return table
        .lines()
        .dropWhile(line -> !line.startsWith("REQUEST"))
        .skip(number)
        .findFirst()
        .orElseThrow()
        .replaceAll(" +", " ");
  }

  private static EngineRun run(int repetition, EngineName engine, double speed) {
    return new EngineRun(repetition, engine, 64, throughput(speed));
  }

  private static Pair pair(Workload workload, int connections, double store, double ceiling) {
    return new Pair(workload, connections, throughput(store), throughput(ceiling));
  }

  private static Throughput throughput(double perSecond) {
    return new Throughput(perSecond, 1, 2, 0, 100);
  }
}
