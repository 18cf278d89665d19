package toystore.evaluation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import toystore.chart.ChartFiles;
import toystore.command.ExitCode;
import toystore.command.OptionValues;
import toystore.command.Stamp;
import toystore.command.StampSource;
import toystore.model.EngineName;
import toystore.operations.Console;
import toystore.operations.Installation;
import toystore.operations.OperationFailed;

/** {@code toystore bench}: the store against what HTTP allows, or engine against engine. */
@Command(
    name = "bench",
    exitCodeOnExecutionException = 4,
    description = {
      "Measure the store against the ceiling of this machine.",
      "The ceiling is a bare Vert.x server, a process of its own, that answers the same bytes as"
          + " the store. Cached and uncached product queries, purchases and order queries are asked"
          + " of store and ceiling in turn, over 1, 5, 64 and 256 connections, each with one request"
          + " at a time. Both are loaded by this process, by the same code.",
      "With --cold no ceiling is measured: 64 connections buy from the moment a new store serves, and"
          + " others when it is warm. The table has the rate of each step, the time of the processor"
          + " and the wake-ups that a purchase costs, and the memory of each service.",
      "With --legs customers look at a toy and then buy it. Each service times its legs of their"
          + " purchases; the table is the tree of legs, and what no leg explains. Then purchases"
          + " alone are counted: requests, commits, wake-ups and time of the processor.",
      "With --growth a store that is made with many orders is measured beside a new one: starts,"
          + " purchases, order queries, heaps; then how fast a replica that was away is level. And a"
          + " store of many toys. For a store on PostgreSQL a test does the same (GrowthIT).",
      "With --etcd purchases are compared with plain puts of an etcd of three members, by gRPC. A put"
          + " is less than a purchase: no catalog is asked for stock, no idempotency key is looked"
          + " up, and no front-end stands before it.",
      "Stores run on free ports and are taken down again, also on failure and on Ctrl-C."
    },
    exitCodeList = {
      "0:measured, all requests answered, and no order missing afterwards",
      "1:orders were missing afterwards, or the audit failed",
      "3:measured, but some requests failed; the table says how many",
      "4:not measured: something did not start, or could not be loaded",
      "130:interrupted: all is taken down, nothing is printed",
      "143:told to end: the same"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bin/toystore bench --quick",
      "  bin/toystore bench --engine both --json > engines.json",
      "  bin/toystore bench --engine all",
      "  bin/toystore bench --engine both --etcd",
      "  bin/toystore bench --cold --engine both",
      "  bin/toystore bench --legs --engine both --picture=purchase",
      "  bin/toystore bench --growth --orders=200000 --behind=50000 --toys=0",
      "  bin/toystore bench --jmh"
    })
public final class BenchCommand implements Callable<Integer> {
  private static final int MAX_REPETITIONS = 100;
  private static final String BOTH = "both";
  private static final String ALL = "all";

  /** The engines, and words for several of them. */
  static final class MeasuredEngines implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.concat(EngineName.words().stream(), Stream.of(BOTH, ALL)).iterator();
    }
  }

  @Spec
  private CommandSpec command;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      completionCandidates = MeasuredEngines.class,
      defaultValue = EngineName.USUAL,
      description =
          "Engine to measure: ${COMPLETION-CANDIDATES}. With both, those with replicas, and with"
              + " all, purchases of the engines are compared with each other, and not with the"
              + " ceiling; with all also with plain commits of the same PostgreSQL, and with plain"
              + " puts of etcd where that is installed. Default: ${DEFAULT-VALUE}.")
  private String engine;

  @Option(
      names = "--etcd",
      description = "Measure plain puts of etcd beside purchases, also with --cold. It must be"
          + " installed.")
  private boolean etcd;

  @Option(names = "--quick", description = "About a minute and a half in place of about eight.")
  private boolean quick;

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      description = "Runs of each kind. Default: 3, with --quick 1.")
  private Integer repetitions;

  @Option(names = "--json", description = "Print JSON; the table goes to standard error.")
  private boolean json;

  @Option(
      names = "--cold",
      description = "Instead: what a new store does from its start on, some two minutes; with"
          + " --quick half a minute, with --engine both or all the engines in turn.")
  private boolean cold;

  @Option(
      names = "--legs",
      description = "Instead: where the time of a purchase goes, with 1 and with 64 connections,"
          + " some two and a half minutes an engine; with --quick half a minute.")
  private boolean legs;

  @Option(
      names = "--picture",
      paramLabel = "NAME",
      description = "With --legs, draw them too: NAME-<engine>.svg and NAME-<engine>.png.")
  private Path picture;

  @Mixin
  private GrowthOptions growth;

  @Option(
      names = "--jmh",
      description = "Instead: the microbenchmarks of the cores (cache, replication, JSON) by JMH.")
  private boolean jmh;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  /** For picocli. */
  public BenchCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException, RunnerException {
    growth.check(new OptionValues(command));
    if (jmh) {
      Microbenchmarks.run(quick);
      return 0;
    }
    Stamp stamp = StampSource.stamp(command, Installation.find().home(), MeasuredStore.parent());
    if (legs) {
      return measureLegs(stamp);
    }
    if (growth.wanted()) {
      return measureGrowth(stamp);
    }
    if (cold) {
      return measureCold(stamp);
    }
    BenchPlan plan = plan();
    List<EngineName> engines = engines();
    Optional<String> beside = etcdVersion();
    BenchReport report = new BenchReport(stamp, plan, beside);
    if (engines.size() > 1 || beside.isPresent()) {
      return compare(engines, beside.isPresent(), plan, report);
    }
    List<BenchRow> rows =
        BenchRow.of(BenchRuns.run(Bench.runs(plan), (vertx, steps) -> new Bench(plan, vertx, steps)
            .againstCeiling(engines.get(0))));
    print(report.lines(rows), report.json(rows));
    return status(rows.stream()
        .mapToLong(row -> row.store().failures() + row.ceiling().failures())
        .sum());
  }

  /** Of the etcd that is to be measured; empty for none. */
  private Optional<String> etcdVersion() {
    if (!etcd && !engine.equals(ALL)) {
      return Optional.empty();
    }
    Optional<String> version = EtcdCluster.version();
    if (etcd && version.isEmpty()) {
      throw new OperationFailed("there is no etcd to measure on this machine: on Debian and Ubuntu"
          + " 'apt-get install etcd-server' brings it");
    }
    return version;
  }

  private int compare(
      List<EngineName> engines, boolean withEtcd, BenchPlan plan, BenchReport report)
      throws IOException, InterruptedException {
    List<EngineRow> rows = EngineRow.of(BenchRuns.run(
        Bench.engineRuns(plan, engines, withEtcd),
        (vertx, steps) -> new Bench(plan, vertx, steps).engines(engines, withEtcd)));
    print(report.engineLines(rows), report.engineJson(rows));
    return status(rows.stream().mapToLong(EngineRow::failures).sum());
  }

  private int measureCold(Stamp stamp) throws IOException, InterruptedException {
    ColdPlan plan = quick ? ColdPlan.quick() : ColdPlan.thorough();
    List<EngineName> engines = engines();
    boolean withEtcd = etcdVersion().isPresent();
    int times = repetitions == null ? 1 : plan().repetitions();
    Map<String, List<ColdRun>> runs = new LinkedHashMap<>();
    engines.forEach(each -> runs.put(each.toString(), new ArrayList<>()));
    if (withEtcd) {
      runs.put(EtcdBench.NAME, new ArrayList<>());
    }
    BenchRuns.run(plan.steps() * times * runs.size(), (vertx, steps) -> {
      for (int i = 0; i < times; i++) {
        for (EngineName each : engines) {
          runs.get(each.toString()).add(ColdRun.of(each, plan, vertx, steps));
        }
        if (withEtcd) {
          runs.get(EtcdBench.NAME).add(ColdRun.ofEtcd(plan, vertx, steps));
        }
      }
      return runs;
    });
    ColdReport report = new ColdReport(stamp, plan, runs);
    print(report.lines(), report.json());
    return status(report.failures());
  }

  private int measureLegs(Stamp stamp) throws IOException, InterruptedException {
    if (picture != null) {
      ChartFiles.requireFonts();
    }
    LegsBench bench =
        LegsBench.run(stamp, quick ? LegsPlan.quick() : LegsPlan.thorough(), enginesWithReplicas());
    LegsReport report = bench.report();
    print(report.lines(), report.json());
    if (picture != null) {
      bench.draw(picture);
    }
    return status(report.failures());
  }

  private void print(List<String> table, ObjectNode tree) {
    Console console = new Console(command.commandLine());
    if (json) {
      table.forEach(console::remark);
      console.text(tree.toPrettyString() + "\n");
    } else {
      console.text(String.join("\n", table) + "\n");
    }
  }

  private BenchPlan plan() {
    BenchPlan plan = quick ? BenchPlan.quick() : BenchPlan.thorough();
    if (repetitions == null) {
      return plan;
    }
    new OptionValues(command).range("--repetitions", repetitions, 1, MAX_REPETITIONS);
    return plan.withRepetitions(repetitions);
  }

  private List<EngineName> engines() {
    try {
      return switch (engine) {
        case BOTH -> EngineName.withReplicas();
        case ALL -> List.of(EngineName.values());
        default -> List.of(EngineName.of(engine));
      };
    } catch (IllegalArgumentException unknown) {
      throw new OptionValues(command)
          .wrong("--engine", engine, "one of " + String.join(", ", new MeasuredEngines()));
    }
  }

  private int measureGrowth(Stamp stamp) throws IOException, InterruptedException {
    GrowthPlan plan = growth.plan(quick);
    List<EngineName> wanted = enginesWithReplicas();
    GrowthReport report = new GrowthReport(stamp, plan, GrowthRun.all(wanted, plan));
    print(report.lines(), report.json());
    return status(report.failures());
  }

  /** Of the others, services have no legs, and data no makers. */
  private List<EngineName> enginesWithReplicas() {
    List<EngineName> wanted = engines();
    if (!EngineName.withReplicas().containsAll(wanted)) {
      throw new OptionValues(command).wrong("--engine", engine, "one with replicas");
    }
    return wanted;
  }

  private int status(long failures) {
    Console console = new Console(command.commandLine());
    console.remark(
        failures == 0
            ? "Measured: every request was answered, and no order is missing."
            : "MEASURED, BUT " + failures + " requests failed: see the table.");
    return (failures == 0 ? ExitCode.GOOD : ExitCode.NOT_GOOD).status();
  }
}
