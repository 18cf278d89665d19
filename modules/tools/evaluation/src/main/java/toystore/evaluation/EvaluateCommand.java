package toystore.evaluation;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import toystore.chart.ChartFiles;
import toystore.client.LoadVertx;
import toystore.command.OptionValues;
import toystore.command.ProgressLine;
import toystore.command.Stamp;
import toystore.command.StampSource;
import toystore.operations.Console;
import toystore.operations.EngineChoice;
import toystore.operations.Installation;
import toystore.operations.OperationFailed;

/** {@code toystore evaluate}: what the cache brings, as CSV, plots and a summary. */
@Command(
    name = "evaluate",
    exitCodeOnExecutionException = 4,
    description = {
      "Measure what the cache brings, and plot it.",
      "Starts two stores of its own on free ports, with and without the cache, and takes them down"
          + " again, also on failure and on Ctrl-C. 5 clients query random toys and buy them with"
          + " probability p = 0, 0.2, 0.4, 0.6, 0.8; every order is looked up. Each setting is"
          + " measured in pairs, cache on and off, in alternating order.",
      "",
      "Writes into the result folder: summary.md, latency.svg and .png, benefit.svg and .png,"
          + " runs.csv (every run) and stamp.json (command, commit, kind of machine). Logs of a store"
          + " with which anything went wrong are kept, and the message says where."
    },
    exitCodeList = {
      "0:measured, every request was answered, and every promise of the store held",
      "1:measured, but an order was lost or wrong, or an audit failed; the summary says which",
      "3:measured, but requests failed, or orders could not be looked up; runs.csv has how many",
      "4:not measured: a store could not be started or loaded, or a file not written",
      "130:interrupted: the stores are taken down; runs.csv has the runs so far",
      "143:told to end: the same"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bin/toystore evaluate --quick",
      "  bin/toystore evaluate --engine raft --compare test-output/evaluation-primary-backup"
    })
public final class EvaluateCommand implements Callable<Integer> {
  private static final int MAX_REPETITIONS = 100;
  private static final int MAX_CLIENTS = 1000;
  private static final int MAX_SECONDS_PER_RUN = 3_600;

  @Spec
  private CommandSpec command;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      defaultValue = "primary-backup",
      description = "How the replicas agree: primary-backup or raft. Default: ${DEFAULT-VALUE}.")
  private String engine;

  @Option(
      names = "--quick",
      description = "About a minute in place of about ten: to see that it works, not to believe.")
  private boolean quick;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Result folder; an older result in it is replaced."
          + " Default: test-output/evaluation-ENGINE of the checkout.")
  private Path out;

  @Option(
      names = "--compare",
      paramLabel = "OLDER",
      description =
          "An older result folder: also writes and prints comparison.md, newer over older.")
  private Path older;

  @Option(
      names = {"-c", "--clients"},
      paramLabel = "N",
      description = "Clients. Default: 5.")
  private Integer clients;

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      description = "Pairs of runs for each p. Default: 5, with --quick 2.")
  private Integer repetitions;

  @Option(names = "--seconds-per-run", paramLabel = "S", hidden = true)
  private Double secondsPerRun;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  /** For picocli. */
  public EvaluateCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    EvaluationPlan plan = plan();
    // Read first: ten minutes are too dear to end at a misspelt folder.
    Optional<Older> reference = new OptionValues(command)
        .meaning(
            "--compare", () -> Optional.ofNullable(older).map(ResultFolder::new).map(Older::read));
    ChartFiles.requireFonts();
    Stamp stamp = StampSource.stamp(command, Installation.find().home(), TemporaryStore.parent());
    ResultFolder folder = begin(out(plan), stamp);
    Console console = new Console(command.commandLine());
    console.remark("About " + minutes(plan.estimate()) + " for " + plan.runs() + " runs.");

    Evaluation.Outcome outcome = measure(plan, folder);

    String summary = SummaryText.render(plan, stamp, outcome);
    folder.write(ResultFolder.SUMMARY, summary);
    folder.draw(new EvaluationPlots(
        new CacheStudy(outcome.measurements()), SummaryText.conditions(plan, stamp)));
    console.text(summary);
    if (reference.isPresent()) {
      String comparison = reference.get().compare(stamp, outcome);
      folder.write(ResultFolder.COMPARISON, comparison);
      console.text("\n" + comparison);
    }
    console.remark("Written to " + folder.path());
    console.remark(outcome.inWords());
    return outcome.exitCode().status();
  }

  private ResultFolder begin(Path path, Stamp stamp) throws IOException {
    try {
      return ResultFolder.begin(path, stamp);
    } catch (OperationFailed e) {
      throw new OptionValues(command).wrong("--out: " + e.getMessage());
    }
  }

  private Evaluation.Outcome measure(EvaluationPlan plan, ResultFolder folder)
      throws IOException, InterruptedException {
    Steps steps = new Steps(plan.runs(), System.nanoTime());
    Vertx vertx = LoadVertx.of(1);
    try (ProgressLine line = ProgressLine.open(() -> steps.line(System.nanoTime()))) {
      steps.tell(line::remark);
      return new Evaluation(plan, vertx, steps, folder::append).run();
    } finally {
      vertx.close();
    }
  }

  private EvaluationPlan plan() {
    EngineChoice chosen = engine();
    EvaluationPlan plan = quick ? EvaluationPlan.quick(chosen) : EvaluationPlan.thorough(chosen);
    OptionValues values = new OptionValues(command);
    if (clients != null) {
      values.range("--clients", clients, 1, MAX_CLIENTS);
      plan = plan.withClients(clients);
    }
    if (repetitions != null) {
      values.range("--repetitions", repetitions, 1, MAX_REPETITIONS);
      plan = plan.withRepetitions(repetitions);
    }
    if (secondsPerRun != null) {
      values.range("--seconds-per-run", secondsPerRun, 0.1, MAX_SECONDS_PER_RUN);
    }
    return secondsPerRun == null
        ? plan
        : plan.withLoad(Duration.ofMillis(Math.round(secondsPerRun * 1000)));
  }

  private EngineChoice engine() {
    return new OptionValues(command).meaning("--engine", () -> EngineChoice.of(engine));
  }

  private Path out(EvaluationPlan plan) {
    return out != null
        ? out
        : Installation.find().home().resolve("test-output").resolve("evaluation-" + plan.engine());
  }

  private static String minutes(Duration duration) {
    return duration.toSeconds() < 90
        ? duration.toSeconds() + " seconds"
        : Math.round(duration.toSeconds() / 60.0) + " minutes";
  }

  /** An evaluation to compare with. */
  private record Older(Stamp stamp, List<Measurement> measurements) {
    static Older read(ResultFolder folder) {
      return new Older(folder.stamp(), folder.measurements());
    }

    String compare(Stamp newerStamp, Evaluation.Outcome newer) {
      return new EvaluationComparison(
              new CacheStudy(measurements), new CacheStudy(newer.measurements()))
          .render(stamp, newerStamp);
    }
  }
}
