package toystore.simulation;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code toystore simulate}: runs the whole protocol in virtual time, from many seeds. */
@Command(
    name = "simulate",
    sortOptions = false,
    usageHelpAutoWidth = true,
    exitCodeOnExecutionException = 70,
    header = "Runs the whole store in virtual time under faults of every kind, from many seeds.",
    description = {
      "",
      "Each seed is a schedule of some tens of purchases, in one thread, with the real cores of all"
          + " services: messages lost, doubled, late; links cut; processes that crash, hang, or"
          + " cannot write; clocks that drift. After every event the promises are checked; then a"
          + " majority is healed, and all must finish and be the same everywhere.",
      "",
      "Options:"
    },
    footerHeading = "%nExit status:%n",
    footer = {
      "  0  every promise was kept",
      "  1  one was broken: its seed, and the command that replays it, are printed",
      "  2  wrong usage",
      "",
      "Examples:",
      "  toystore simulate --seeds 100000",
      "  toystore simulate --engine raft --seed 4711 --trace"
    })
public final class SimulateCommand implements Callable<Integer> {
  private static final int BROKEN = 1;
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
      description = "Schedules to run (default: 10000, or 1 with --seed).")
  private Long seeds;

  @Option(names = "--seed", paramLabel = "S", description = "The first seed (default: 1).")
  private Long seed;

  @Option(
      names = "--engine",
      paramLabel = "E",
      description = "primary-backup (default), or raft.",
      defaultValue = "primary-backup")
  private String engine;

  @Option(
      names = "--threads",
      paramLabel = "T",
      description = "Schedules at a time (default: one for each core).")
  private Integer threads;

  @Option(names = "--trace", description = "Tell all that happens in one schedule.")
  private boolean trace;

  @Option(
      names = "--mutant",
      paramLabel = "NAME",
      description = "Leave out this rule. Only builds for tests have any to leave out.")
  private String mutant;

  @Option(names = "--list-mutants", description = "Show which rules this build can leave out.")
  private boolean listMutants;

  /** For picocli. */
  public SimulateCommand() {}

  /** For a command that takes the same options and delegates. */
  public SimulateCommand(
      CommandSpec command, Long seeds, Long seed, String engine, Integer threads) {
    this.command = command;
    this.seeds = seeds;
    this.seed = seed;
    this.engine = engine;
    this.threads = threads;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (listMutants) {
      mutants().forEach(each -> out().println(each.name()));
      out().flush();
      return 0;
    }
    long first = seed == null ? 1 : seed;
    if (trace) {
      return replay(first);
    }
    long count = seeds != null ? seeds : seed != null ? 1 : DEFAULT_SEEDS;
    int workers = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    if (count < 1 || workers < 1) {
      throw new ParameterException(command.commandLine(), "--seeds and --threads are at least 1");
    }
    return run(first, count, workers);
  }

  private int run(long first, long count, int workers) throws InterruptedException {
    Progress progress = new Progress(err(), count);
    long start = System.nanoTime();
    Campaign.Result result =
        new Campaign(chosenEngine(), wiring(), first, count).run(workers, progress::done);
    progress.end();
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
    if (result.found() != null) {
      tell(result.found().seed(), result.found().violation());
    } else if (!result.allKept(count)) {
      out().println("only " + result.schedules() + " of " + count + " schedules ran to their end");
    }
    out().flush();
    return result.allKept(count) ? 0 : BROKEN;
  }

  private void tell(long broken, Throwable violation) {
    out().println("seed " + broken + ": " + violation.getMessage());
    if (!(violation instanceof Violation)) {
      violation.printStackTrace(out());
    }
    String rule = mutant == null ? "" : " --mutant " + mutant;
    out()
        .println("replay: bin/toystore drill --simulate --engine " + engine + " --seed " + broken
            + rule + " --trace");
  }

  private int replay(long which) {
    Throwable violation = Campaign.replay(chosenEngine(), wiring().get(), which, out()::println);
    if (violation != null) {
      tell(which, violation);
    }
    out().flush();
    return violation == null ? 0 : BROKEN;
  }

  private Engine chosenEngine() {
    try {
      return Engine.of(engine);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  private Supplier<Wiring> wiring() {
    if (mutant == null) {
      return Wiring::new;
    }
    Mutant chosen = mutants().stream()
        .filter(each -> each.name().equals(mutant))
        .findFirst()
        .orElseThrow(() ->
            new ParameterException(command.commandLine(), "this build cannot leave out " + mutant));
    return chosen::wiring;
  }

  private static List<Mutant> mutants() {
    return ServiceLoader.load(Mutant.Source.class).stream()
        .flatMap(source -> source.get().mutants().stream())
        .toList();
  }

  private PrintWriter out() {
    return command.commandLine().getOut();
  }

  private PrintWriter err() {
    return command.commandLine().getErr();
  }
}
