package toystore.drill;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import toystore.command.DurationConverter;
import toystore.command.Durations;
import toystore.command.EngineWords;
import toystore.command.ExitCode;
import toystore.command.OptionValues;
import toystore.command.ProgressLine;
import toystore.command.Stamp;
import toystore.command.StampSource;
import toystore.model.EngineName;
import toystore.operations.Installation;
import toystore.operations.OperationFailed;

/** {@code bin/toystore drill}. */
@Command(
    name = "drill",
    description = {
      "Break a store of its own, round by round, while clients use it, and check every promise.",
      "After each round: audit, comparison of the replicas, every order looked up, and the history"
          + " of all requests checked. The report is kept under test-output/."
    },
    exitCodeOnExecutionException = 4,
    exitCodeList = {
      "0:all promises held",
      "1:some promise was broken",
      "4:the drill could not be carried out; no promise was seen broken",
      "130:interrupted: the store is taken down; there is no report",
      "143:told to end: the same"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bin/toystore drill --rounds 50 --seed 1",
      "  bin/toystore drill --engine raft --faults kill,pause --rounds 10",
      "  bin/toystore drill --faults cut --cuts namespaces",
      "  bin/toystore drill --faults stuck,kill --spin 8   a disk that hangs, on a busy machine",
      "  bin/toystore drill --url http://shop:8080 --by 'ssh shop bin/toystore {action} {service}'",
      "  bin/toystore drill --take-overs 10   how long purchases wait when the leader is lost",
      "  bin/toystore drill --simulate --seeds 10000   the protocol in virtual time"
    })
public final class DrillCommand implements Callable<Integer> {
  private static final int MAX_SPIN = 1_000;
  private static final String SIMULATE = "--simulate";
  private static final int MAX_ROUNDS = 1_000_000;
  private static final int MAX_CLIENTS = 100;
  private static final int MAX_TAKE_OVERS = 10_000;
  private static final Duration MAX_DURATION = Duration.ofHours(1);

  @Spec
  private CommandSpec spec;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How many rounds. Default: 12; with --url, one for each action and service.")
  private Integer rounds;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Of all that is left to chance. Default: another each time; the report has it.")
  private Long seed;

  @Option(
      names = "--faults",
      paramLabel = "KIND,...",
      split = ",",
      description =
          "Which faults, in turn. Default: kill,pause,cut,majority,catalog,front-end,disk; of desks"
              + " kill,pause,database,front-end. Further: restart (all services in turn), stuck (a"
              + " replica's disk ends no write for a while; needs gcc) and crash-point (a service"
              + " dies at a place of its code; needs --lib).")
  private List<String> faults = new ArrayList<>();

  @Option(
      names = "--cuts",
      paramLabel = "MEANS",
      description =
          "What cuts are made by: namespaces (a network namespace for each service, below TCP; needs"
              + " root and iproute2), lines (a proxy between any two), or auto (namespaces where they"
              + " can be had, else lines). Default: auto.")
  private String cuts;

  @Option(
      names = "--duration",
      paramLabel = "D",
      defaultValue = "5s",
      converter = DurationConverter.class,
      description = "How long clients run in one round, as 500ms, 5s or 2m. Default: 5s.")
  private Duration duration;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      completionCandidates = EngineWords.class,
      defaultValue = EngineName.USUAL,
      description = "How the replicas agree: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private String engine;

  @Option(
      names = "--clients",
      paramLabel = "C",
      defaultValue = "5",
      description = "Clients of each toy. Default: 5.")
  private int clients;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the report goes. Default: test-output/ of the checkout.")
  private Path out;

  @Option(
      names = "--spin",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Threads that keep the processors busy all the time, so that all else is slow. A drill"
              + " must find the same promises kept. Default: 0.")
  private int spin;

  @Option(
      names = "--keep-history",
      description = "Keep the histories of good rounds too, for bin/toystore check-history.")
  private boolean keepHistory;

  @Option(
      names = "--lib",
      paramLabel = "DIR",
      description = "Jars of the store to drill, such as a build that is broken on purpose.")
  private Path lib;

  @Option(
      names = "--take-overs",
      paramLabel = "N",
      description =
          "No rounds: lose the leader N times each way, and measure how long it is missed.")
  private Integer takeOvers;

  @Option(
      names = SIMULATE,
      description = "Simulate the whole protocol instead; 'drill --simulate --help' says how.")
  private boolean simulate;

  @CommandLine.Mixin
  private ElsewhereOptions elsewhere;

  @CommandLine.Unmatched
  private List<String> further = new ArrayList<>();

  @Option(
      names = {"-h", "--help"},
      description = "Show this help.")
  private boolean help;

  /** For picocli. */
  public DrillCommand() {}

  @Override
  public Integer call() {
    if (simulate) {
      return simulate();
    }
    if (help) {
      spec.commandLine().usage(spec.commandLine().getOut());
      return 0;
    }
    if (!further.isEmpty()) {
      throw wrong("unknown: " + String.join(" ", further));
    }
    DrillOptions options = options();
    Optional<ElsewherePlan> there = elsewhere.plan(Optional.ofNullable(rounds));
    if (there.isPresent()) {
      return drill(new ElsewhereDrill(there.get(), options, stamp(), this::tell));
    }
    return takeOvers == null ? drill(options) : takeOvers(options);
  }

  private int drill(DrillOptions options) {
    AtomicInteger over = new AtomicInteger();
    ProgressLine progress =
        ProgressLine.open(() -> over + " of " + options.rounds() + " rounds are over");
    Drill drill = new Drill(options, stamp(), round -> {
      over.incrementAndGet();
      progress.aside(() -> tell(round));
    });
    Drill.DrillOutcome outcome;
    try {
      outcome = drill.run();
    } finally {
      progress.close();
    }
    return conclude(outcome, drill.write(outcome));
  }

  private int drill(ElsewhereDrill drill) {
    Drill.DrillOutcome outcome = drill.run();
    return conclude(outcome, drill.write(outcome));
  }

  private int conclude(Drill.DrillOutcome outcome, Path report) {
    outcome.findings().forEach(finding -> say(finding.toString()));
    say(DrillReport.verdict(outcome));
    say("report: " + report);
    return outcome.exitCode();
  }

  private int takeOvers(DrillOptions options) {
    ProgressLine progress = ProgressLine.open(() -> "measuring take-overs");
    try {
      Path report =
          new TakeOvers(options, row -> progress.aside(() -> say(row))).run(takeOvers, stamp());
      say("report: " + report);
    } finally {
      progress.close();
    }
    return ExitCode.GOOD.status();
  }

  private void tell(RoundResult round) {
    say(DrillReport.line(round));
    round.findings().forEach(finding -> say("     " + finding));
  }

  private DrillOptions options() {
    OptionValues values = new OptionValues(spec);
    values.folder("--lib", lib);
    int wanted = Optional.ofNullable(rounds).orElse(DrillOptions.USUAL_ROUNDS);
    values.range("--rounds", wanted, 1, MAX_ROUNDS);
    values.range("--clients", clients, 1, MAX_CLIENTS);
    values.range("--spin", spin, 0, MAX_SPIN);
    if (takeOvers != null) {
      values.range("--take-overs", takeOvers, 1, MAX_TAKE_OVERS);
    }
    if (duration.isZero() || duration.compareTo(MAX_DURATION) > 0) {
      throw values.wrong("--duration", Durations.text(duration), "from 1ms to 1h");
    }
    EngineName chosen = values.meaning("--engine", () -> EngineName.of(engine));
    List<FaultKind> kinds = values.meaning("--faults", () -> FaultKind.chosen(faults, chosen));
    if (kinds.contains(FaultKind.CRASH_POINT) && lib == null) {
      throw wrong("crash-point needs --lib, a build that has them");
    }
    if (cuts != null && !kinds.contains(FaultKind.CUT)) {
      throw wrong("--cuts is of no use without the fault cut");
    }
    return new DrillOptions(
        wanted,
        seed == null ? ThreadLocalRandom.current().nextInt(1_000_000) : seed,
        kinds,
        values.meaning("--cuts", () -> cuts == null ? CutMeans.AUTO : CutMeans.of(cuts)),
        duration,
        chosen,
        clients,
        folder(),
        spin,
        keepHistory,
        Optional.ofNullable(lib).map(Path::toAbsolutePath));
  }

  private Path folder() {
    Path checkout = Path.of(System.getProperty("toystore.checkout", "."));
    return out != null ? out.toAbsolutePath() : checkout.resolve("test-output");
  }

  private int simulate() {
    List<String> rest = arguments();
    rest.remove(SIMULATE);
    return spec.commandLine()
        .getParent()
        .getSubcommands()
        .get("simulate")
        .execute(rest.toArray(String[]::new));
  }

  private Stamp stamp() {
    try {
      return StampSource.stamp(spec, Installation.find().home(), Testbed.parent());
    } catch (IOException e) {
      throw new OperationFailed("cannot tell what this machine is", e);
    }
  }

  /** As given, after the command's name. */
  private List<String> arguments() {
    List<String> all = new ArrayList<>(spec.commandLine().getParseResult().originalArgs());
    all.remove(spec.name());
    return all;
  }

  private ParameterException wrong(String what) {
    return new ParameterException(spec.commandLine(), what);
  }

  private void say(String line) {
    Arrays.stream(line.split("\n")).forEach(spec.commandLine().getOut()::println);
    spec.commandLine().getOut().flush();
  }
}
