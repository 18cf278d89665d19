package toystore.simulation;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import toystore.command.EngineWords;
import toystore.command.ExitCode;
import toystore.command.OptionValues;
import toystore.command.ProgressLine;
import toystore.model.EngineName;
import toystore.virtualtime.Violation;

/** {@code toystore simulate}: runs the whole protocol in virtual time, from many seeds. */
@Command(
    name = "simulate",
    exitCodeOnExecutionException = 4,
    description = {
      "Run the whole store in virtual time under faults of every kind, from many seeds.",
      "Each seed is a schedule of some tens of purchases, in one thread. The classes that decide in"
          + " the services are the real ones, and so are the shells that carry it out; network,"
          + " disks and clocks are not. They fail: messages lost, doubled, late; links cut;"
          + " processes that crash, hang, or cannot write; clocks that drift. After every event the"
          + " promises are checked; then a majority is healed, and all must finish and be the same"
          + " everywhere."
    },
    exitCodeList = {
      "0:every promise was kept",
      "1:one was broken: its seed, and the command that replays it, are printed"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bin/toystore simulate --seeds 100000",
      "  bin/toystore simulate --engine raft --seed 4711 --trace"
    })
public final class SimulateCommand implements Callable<Integer> {
  private static final int BROKEN = ExitCode.BROKEN.status();
  private static final int MAX_THREADS = 1_024;
  private static final long MAX_SEEDS = 1_000_000_000_000L;
  private static final long DEFAULT_SEEDS = 10_000;

  @Spec
  private CommandSpec command;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Schedules to run. Default: 10000, or 1 with --seed.")
  private Long seeds;

  @Option(names = "--seed", paramLabel = "S", description = "The first seed. Default: 1.")
  private Long seed;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      completionCandidates = EngineWords.class,
      description = "How the replicas agree: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.",
      defaultValue = EngineName.USUAL)
  private String engine;

  @Option(
      names = "--threads",
      paramLabel = "T",
      description = "Schedules at a time. Default: one for each core.")
  private Integer threads;

  @Option(names = "--trace", description = "Tell all that happens in one schedule.")
  private boolean trace;

  /** For picocli. */
  public SimulateCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    long first = seed == null ? 1 : seed;
    if (trace) {
      return replay(first);
    }
    long count = seeds != null ? seeds : seed != null ? 1 : DEFAULT_SEEDS;
    int workers = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    OptionValues values = new OptionValues(command);
    values.range("--seeds", count, 1, MAX_SEEDS);
    values.range("--threads", workers, 1, MAX_THREADS);
    return run(first, count, workers);
  }

  private int run(long first, long count, int workers) throws InterruptedException {
    Progress progress = new Progress(count, System.nanoTime());
    long start = System.nanoTime();
    Campaign campaign = new Campaign(chosenEngine(), Wiring::new, first, count);
    Campaign.CampaignResult result;
    ProgressLine line = ProgressLine.open(() -> progress.line(System.nanoTime()));
    try {
      result = campaign.run(workers, progress::done);
    } finally {
      line.close();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    out()
        .printf(
            Locale.ROOT,
            "engine=%s seeds=%d..%d schedules=%d orders=%d events=%d seconds=%.1f threads=%d"
                + " violations=%d%n",
            engine,
            first,
            first + count - 1,
            result.schedules(),
            result.orders(),
            result.events(),
            seconds,
            workers,
            result.found() == null ? 0 : 1);
    conclude(result, count);
    out().flush();
    return result.allKept(count) ? 0 : BROKEN;
  }

  private void conclude(Campaign.CampaignResult result, long count) {
    if (result.found() != null) {
      out()
          .printf(
              Locale.ROOT, "A PROMISE WAS BROKEN, by seed %d.%n", result.found().seed());
      tell(result.found().seed(), result.found().violation());
    } else if (result.allKept(count)) {
      out()
          .printf(
              Locale.ROOT,
              "Every promise was kept: %,d schedules, %,d orders.%n",
              result.schedules(),
              result.orders());
      out()
          .printf(
              Locale.ROOT,
              "In %,d of them a file went back in time; nothing could tell in %,d of these.%n",
              result.wentBack(),
              result.unnoticed());
    } else {
      out().println("only " + result.schedules() + " of " + count + " schedules ran to their end");
    }
  }

  private void tell(long broken, Throwable violation) {
    out().println("seed " + broken + ": " + violation.getMessage());
    if (!(violation instanceof Violation)) {
      violation.printStackTrace(out());
    }
    out()
        .println(
            "replay: bin/toystore simulate --engine " + engine + " --seed " + broken + " --trace");
  }

  private int replay(long which) {
    Throwable violation = Campaign.replay(chosenEngine(), new Wiring(), which, out()::println);
    if (violation != null) {
      tell(which, violation);
    }
    out().flush();
    return violation == null ? 0 : BROKEN;
  }

  private EngineName chosenEngine() {
    OptionValues values = new OptionValues(command);
    EngineName chosen = values.meaning("--engine", () -> EngineName.of(engine));
    if (!chosen.hasReplicas()) {
      throw values.wrong(
          "--engine",
          engine,
          "an engine with replicas; the desks of postgres are simulated by their own tests");
    }
    return chosen;
  }

  private PrintWriter out() {
    return command.commandLine().getOut();
  }
}
