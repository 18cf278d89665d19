package toystore.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import toystore.operations.ServiceUse;

class ColdReportTest {
  private static final ColdPlan PLAN = new ColdPlan(
      List.of(Duration.ofSeconds(5), Duration.ofSeconds(5)), List.of(5), Duration.ofSeconds(2));

  @Test
  void aStepCostsWhatItsServicesUsedMeanwhile() {
    ColdStep step = ColdStep.of(
        "warm",
        5,
        throughput(100, 200),
        List.of(use("catalog", 10, 1_000), use("order-1", 20, 0)),
        List.of(use("catalog", 50, 1_600), use("order-1", 30, 400)));

    assertEquals(
        List.of(new ColdStep.Cost("catalog", 200, 3), new ColdStep.Cost("order-1", 50, 2)),
        step.costs());
    assertEquals(250, step.processorUs());
    assertEquals(5, step.wakeUps());
  }

  @Test
  void aServiceThatWasStartedMeanwhileHasNoCost() {
    ColdStep step =
        ColdStep.of("warm", 5, throughput(100, 200), List.of(), List.of(use("catalog", 50, 1_600)));

    assertEquals(List.of(), step.costs());
  }

  @Test
  void tableAndJsonSayTheSame() {
    ColdReport report =
        new ColdReport(Samples.STAMP, PLAN, Map.of("raft", List.of(run(300), run(500), run(400))));

    String table = String.join("\n", report.lines());

    assertTrue(table.contains("raft: up after 2.5 s; medians of 3"), table);
    assertTrue(table.matches("(?s).*0 to 5 s +64 +400 +0\\.50 .*"), table);
    assertTrue(table.matches("(?s).*warm +5 +800 +1\\.00 .*"), table);
    assertTrue(table.matches("(?s).*catalog +20 +20 +50 +3\\.00.*"), table);
    assertEquals(500, report.json().at("/raft/1/steps/0/throughput/perSecond").asDouble());
    assertEquals(20, report.json().at("/raft/0/mbAtRest/catalog").asDouble());
    assertEquals(9, report.failures());
  }

  @Test
  void whatEtcdIsNotIsSaidWhereItIsMeasured() {
    List<String> without =
        new ColdReport(Samples.STAMP, PLAN, Map.of("raft", List.of(run(300)))).lines();
    List<String> with =
        new ColdReport(Samples.STAMP, PLAN, Map.of("etcd", List.of(run(300)))).lines();

    assertTrue(with.containsAll(EtcdBench.WORDS));
    assertTrue(without.stream().noneMatch(EtcdBench.WORDS::contains));
  }

  private static ColdRun run(double rate) {
    List<ColdStep.Cost> costs = List.of(new ColdStep.Cost("catalog", 50, 3));
    return new ColdRun(
        2.5,
        List.of(use("catalog", 1, 1)),
        List.of(
            new ColdStep("0 to 5 s", 64, throughput(rate, 1), costs),
            new ColdStep("5 to 10 s", 64, throughput(2 * rate, 1), costs),
            new ColdStep("warm", 5, throughput(2 * rate, 1), costs)),
        List.of(use("catalog", 1, 1)));
  }

  private static Throughput throughput(double perSecond, long answered) {
    return new Throughput(perSecond, 1, 2, 1, answered);
  }

  private static ServiceUse use(String service, long processorMs, long wakeUps) {
    return new ServiceUse(service, Duration.ofMillis(processorMs), wakeUps, 20_000_000);
  }
}
