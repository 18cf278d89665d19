package toystore.evaluation;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import toystore.chart.ChartFiles;
import toystore.client.LoadVertx;
import toystore.command.EngineWords;
import toystore.command.OptionValues;
import toystore.command.ProgressLine;
import toystore.command.Stamp;
import toystore.command.StampSource;
import toystore.model.EngineName;
import toystore.operations.Console;
import toystore.operations.FaultCommand;
import toystore.operations.Installation;
import toystore.operations.OperationFailed;
import toystore.operations.UpOptions;

/** {@code toystore evaluate}: what the cache brings, as CSV, plots and a summary. */
@Command(
    name = "evaluate",
    exitCodeOnExecutionException = 4,
    description = {
      "Measure what the cache brings, and plot it.",
      "Starts two stores of its own on free ports, with and without the cache, and takes them down"
          + " again, also on failure and on Ctrl-C. 5 clients query random toys and buy them with"
          + " probability p = 0, 0.2, 0.4, 0.6, 0.8; every order is looked up. Each setting is"
          + " measured in pairs, cache on and off, in alternating order. Then 1 to 10 clients in"
          + " turn.",
      "",
      "With --url it measures stores that run elsewhere in the same way, and how far away they"
          + " are. Two stores, not one that is switched over: so the runs of a pair can follow"
          + " each other, and no front-end is new and cold when its turn comes. With --faults it"
          + " then kills replicas under load, the one that leads first, and brings each back.",
      "",
      "Writes into the result folder: summary.md (the finding first), plots as .svg and .png"
          + " (latency, benefit, clients, crashes), runs.csv (every run), clients.csv, crashes.csv"
          + " and stamp.json (command, commit, kind of machine). Logs of a store with which"
          + " anything went wrong are kept, and the message says where."
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
      "  bin/toystore evaluate --url http://shop:8080 --nocache-url http://shop2:8080"
          + " --faults 'ssh shop bin/toystore {action} {service}'",
      "  bin/toystore evaluate --engine raft --compare test-output/evaluation-primary-backup"
    })
public final class EvaluateCommand implements Callable<Integer> {
  private static final String ELSEWHERE = "elsewhere";
  private static final int MAX_REPETITIONS = 100;
  private static final int MAX_CLIENTS = 1000;
  private static final int MAX_SECONDS_PER_RUN = 3_600;

  @Spec
  private CommandSpec command;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      completionCandidates = EngineWords.class,
      description =
          "How the replicas agree: ${COMPLETION-CANDIDATES}. Default: " + EngineName.USUAL + ".")
  private String engine;

  @Mixin
  private RemoteOptions remote;

  @Option(
      names = "--quick",
      description =
          "About a minute in place of about twelve: to see that it works, not to believe.")
  private boolean quick;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Result folder; an older result in it is replaced. Default:"
          + " test-output/evaluation-ENGINE of the checkout, evaluation-elsewhere with --url.")
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
    boolean elsewhere = remote.isGiven(engine != null);
    EvaluationPlan plan = plan(elsewhere);
    Optional<FaultCommand> faults = remote.faults();
    // Read first: ten minutes are too dear to end at a misspelt folder.
    Optional<Older> reference = new OptionValues(command)
        .meaning(
            "--compare", () -> Optional.ofNullable(older).map(ResultFolder::new).map(Older::read));
    ChartFiles.requireFonts();
    Stamp stamp = StampSource.stamp(command, Installation.find().home(), MeasuredStore.parent());
    Vertx vertx = LoadVertx.of(1);
    try {
      return elsewhere
          ? evaluateThere(vertx, plan, faults, reference, stamp)
          : evaluateHere(vertx, plan, reference, stamp);
    } finally {
      vertx.close();
    }
  }

  private int evaluateThere(
      Vertx vertx,
      EvaluationPlan plan,
      Optional<FaultCommand> faults,
      Optional<Older> reference,
      Stamp stamp)
      throws IOException, InterruptedException {
    // Whatever is wrong with the stores or the command is found before an older result is replaced.
    StorePair stores = remote.stores(vertx, this::remark);
    Optional<CrashExperiment> crashes =
        faults.map(how -> new CrashExperiment(plan, vertx, stores.cached().address(), how));
    if (crashes.isPresent() && crashes.get().check()) {
      remark("The database is killed, too.");
    }
    Stamp there = stamp.withStore(remote.elsewhere());
    return evaluate(vertx, new Task(plan, there, begin(there), crashes, reference), stores);
  }

  private int evaluateHere(Vertx vertx, EvaluationPlan plan, Optional<Older> reference, Stamp stamp)
      throws IOException, InterruptedException {
    Task task = new Task(plan, stamp, begin(stamp), Optional.empty(), reference);
    UpOptions options = UpOptions.defaults().withEngine(engine()).withStock(EvaluationPlan.STOCK);
    remark("Starting two stores ...");
    try (StorePair stores = StorePair.up(options)) {
      return evaluate(vertx, task, stores);
    }
  }

  private int evaluate(Vertx vertx, Task task, StorePair stores)
      throws IOException, InterruptedException {
    int count = stores.all().size();
    remark("About " + minutes(task.plan().estimate(count)) + " for "
        + task.plan().runs(count) + " runs.");
    EvaluationOutcome outcome = measure(vertx, task, stores);

    String summary = SummaryText.render(task.plan(), task.stamp(), outcome);
    ResultFolder folder = task.folder();
    folder.writeCrashes(outcome.crashes());
    folder.write(ResultFolder.SUMMARY, summary);
    folder.draw(new EvaluationPlots(outcome, SummaryText.conditions(task.plan(), task.stamp())));
    Console console = new Console(command.commandLine());
    console.text(summary);
    if (task.reference().isPresent()) {
      String comparison = task.reference().get().compare(task.stamp(), outcome);
      folder.write(ResultFolder.COMPARISON, comparison);
      console.text("\n" + comparison);
    }
    remark("Written to " + folder.path());
    remark(outcome.inWords());
    return outcome.exitCode().status();
  }

  private EvaluationOutcome measure(Vertx vertx, Task task, StorePair stores)
      throws IOException, InterruptedException {
    EvaluationPlan plan = task.plan();
    int crashes = task.crashes().isPresent() ? plan.crashes() : 0;
    Steps steps = new Steps(plan.runs(stores.all().size()) + crashes, System.nanoTime());
    try (ProgressLine line = ProgressLine.open(() -> steps.line(System.nanoTime()))) {
      steps.tell(line::remark);
      return new Evaluation(plan, stores, vertx, steps, task.folder()).run(task.crashes());
    }
  }

  private ResultFolder begin(Stamp stamp) throws IOException {
    try {
      return ResultFolder.begin(out(stamp.elsewhere() != null), stamp);
    } catch (OperationFailed e) {
      throw new OptionValues(command).wrong("--out: " + e.getMessage());
    }
  }

  private void remark(String line) {
    new Console(command.commandLine()).remark(line);
  }

  private EvaluationPlan plan(boolean elsewhere) {
    String subject = elsewhere ? ELSEWHERE : engine().toString();
    EvaluationPlan plan = quick ? EvaluationPlan.quick(subject) : EvaluationPlan.thorough(subject);
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

  private EngineName engine() {
    return new OptionValues(command)
        .meaning("--engine", () -> EngineName.of(engine == null ? EngineName.USUAL : engine));
  }

  private Path out(boolean elsewhere) {
    String name = "evaluation-" + (elsewhere ? ELSEWHERE : engine().toString());
    return out != null ? out : Installation.find().home().resolve("test-output").resolve(name);
  }

  private static String minutes(Duration duration) {
    return duration.toSeconds() < 90
        ? duration.toSeconds() + " seconds"
        : Math.round(duration.toSeconds() / 60.0) + " minutes";
  }

  /** All that is to be done, once it is known to be possible. */
  private record Task(
      EvaluationPlan plan,
      Stamp stamp,
      ResultFolder folder,
      Optional<CrashExperiment> crashes,
      Optional<Older> reference) {}

  /** An evaluation to compare with. */
  private record Older(Stamp stamp, List<Measurement> measurements) {
    static Older read(ResultFolder folder) {
      return new Older(folder.stamp(), folder.measurements());
    }

    String compare(Stamp newerStamp, EvaluationOutcome newer) {
      return new EvaluationComparison(
              new CacheStudy(measurements), new CacheStudy(newer.measurements()))
          .render(stamp, newerStamp);
    }
  }
}
