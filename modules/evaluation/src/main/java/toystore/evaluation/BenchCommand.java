package toystore.evaluation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import toystore.client.Terminal;
import toystore.operations.Console;
import toystore.operations.Engine;
import toystore.operations.OperationFailed;

/** {@code toystore bench}: the store against what HTTP allows, or engine against engine. */
@Command(
    name = "bench",
    sortOptions = false,
    usageHelpAutoWidth = true,
    exitCodeOnExecutionException = 70,
    header = "Measures the store against the ceiling of this machine.",
    description = {
      "",
      "The ceiling is a bare Vert.x server, a process of its own, that answers the same bytes as"
          + " the store. Cached and uncached product queries, purchases and order queries are asked"
          + " of store and ceiling in turn, over 1, 5, 64 and 256 connections, each with one request"
          + " at a time. Both are loaded by this process, by the same code.",
      "Stores run on free ports and are taken down again, also on failure and on Ctrl-C.",
      "",
      "Options:"
    },
    footerHeading = "%nExit status:%n",
    footer = {
      "    0  measured, all requests answered, and no order missing afterwards",
      "    1  something did not start, or orders were missing",
      "    2  wrong usage",
      "    3  measured, but some requests failed; the table says how many",
      "  130  interrupted: all is taken down, nothing is printed",
      "",
      "Examples:",
      "  toystore bench --quick",
      "  toystore bench --engine both --json > engines.json",
      "  toystore bench --jmh"
    })
public final class BenchCommand implements Callable<Integer> {
  private static final int FAILED_REQUESTS = 3;
  private static final int MAX_REPETITIONS = 100;
  private static final String BOTH = "both";

  @Spec
  private CommandSpec command;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      defaultValue = "primary-backup",
      description = "primary-backup (default), raft, or both: then purchases of the two engines"
          + " are compared with each other, and not with the ceiling.")
  private String engine;

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
    if (jmh) {
      Microbenchmarks.run(quick);
      return 0;
    }
    BenchPlan plan = plan();
    Stamp stamp = Surroundings.stamp(command, TemporaryStore.parent());
    BenchReport report = new BenchReport(stamp, plan);
    if (engine.equals(BOTH)) {
      List<EngineRow> rows = EngineRow.of(measure(plan, Bench.engineRuns(plan), Bench::engines));
      print(report.engineLines(rows), report.engineJson(rows));
      return status(rows.stream()
          .mapToLong(row -> row.primaryBackup().failures() + row.raft().failures())
          .sum());
    }
    Engine chosen = engine();
    List<BenchRow> rows =
        BenchRow.of(measure(plan, Bench.runs(plan), bench -> bench.againstCeiling(chosen)));
    print(report.lines(rows), report.json(rows));
    return status(rows.stream()
        .mapToLong(row -> row.store().failures() + row.ceiling().failures())
        .sum());
  }

  private <T> List<T> measure(BenchPlan plan, int runs, Measuring<T> measuring)
      throws IOException, InterruptedException {
    Steps steps = new Steps(
        command.commandLine().getErr(), Terminal.isStandardError(), runs, System.nanoTime());
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    try {
      return measuring.by(new Bench(plan, vertx, steps));
    } finally {
      steps.clear();
      vertx.close();
    }
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
    if (repetitions < 1 || repetitions > MAX_REPETITIONS) {
      throw new ParameterException(
          command.commandLine(),
          "--repetitions=" + repetitions + " is not from 1 to " + MAX_REPETITIONS);
    }
    return plan.withRepetitions(repetitions);
  }

  private Engine engine() {
    try {
      return Engine.of(engine);
    } catch (OperationFailed unknown) {
      throw new ParameterException(
          command.commandLine(), "--engine: " + unknown.getMessage() + ", or both", unknown);
    }
  }

  private static int status(long failures) {
    return failures == 0 ? 0 : FAILED_REQUESTS;
  }

  @FunctionalInterface
  private interface Measuring<T> {
    List<T> by(Bench bench) throws IOException, InterruptedException;
  }
}
