package toystore.drill;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import toystore.operations.Engine;
import toystore.operations.OperationFailed;

/** {@code bin/toystore drill}. */
@Command(
    name = "drill",
    description = {
      "Break a store of its own, round by round, while clients use it, and check every promise.",
      "After each round: audit, comparison of the replicas, every order looked up, and the history"
          + " of all requests checked. The report is kept under test-output/."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all promises held",
      "1:some promise was broken",
      "2:wrong usage",
      "3:the drill could not be carried out; no promise was seen broken"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bin/toystore drill --rounds 50 --seed 1",
      "  bin/toystore drill --engine raft --faults kill,pause --rounds 10",
      "  bin/toystore drill --faults cut --cuts namespaces",
      "  bin/toystore drill --take-overs 10   how long purchases wait when the leader is lost",
      "  bin/toystore drill --simulate --seeds 10000   the protocol in virtual time"
    })
public final class DrillCommand implements Callable<Integer> {
  private static final String SIMULATE = "--simulate";
  private static final String SIMULATION = "toystore.simulation.SimulateCommand";
  private static final Pattern DURATION = Pattern.compile("(\\d+)(ms|s|m)");

  @Spec
  private CommandSpec spec;

  @Option(names = "--rounds", paramLabel = "N", defaultValue = "12", description = "Default: 12.")
  private int rounds;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Of all that is left to chance. Default: another each time; the report has it.")
  private Long seed;

  @Option(
      names = "--faults",
      paramLabel = "KIND,...",
      split = ",",
      defaultValue = "kill,pause,cut,majority,catalog,front-end,disk",
      description =
          "Which faults, in turn. Default: kill,pause,cut,majority,catalog,front-end,disk.")
  private List<String> faults;

  @Option(
      names = "--cuts",
      paramLabel = "MEANS",
      description = {
        "What cuts are made by: namespaces (a network namespace for each service, below TCP; needs"
            + " root and iproute2), lines (a proxy between any two), or auto (namespaces where they"
            + " can be had, else lines). Default: auto."
      })
  private String cuts;

  @Option(
      names = "--duration",
      paramLabel = "D",
      defaultValue = "5s",
      description = "How long clients run in one round, as 500ms, 5s or 2m. Default: 5s.")
  private String duration;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      defaultValue = "primary-backup",
      description = "primary-backup (default) or raft.")
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
    return takeOvers == null ? drill(options) : takeOvers(options);
  }

  private int drill(DrillOptions options) {
    Drill.Outcome outcome = new Drill(options, round -> {
          say(DrillReport.line(round));
          round.findings().forEach(finding -> say("     " + finding));
        })
        .run();
    outcome.findings().forEach(finding -> say(finding.toString()));
    Path report = new DrillReport(options, command()).write(outcome);
    say(DrillReport.verdict(outcome));
    say("report: " + report);
    return outcome.exitCode();
  }

  private int takeOvers(DrillOptions options) {
    TakeOvers measured = new TakeOvers(options, this::say);
    say("report: " + measured.run(takeOvers, command()));
    return 0;
  }

  private DrillOptions options() {
    if (rounds < 1 || clients < 1) {
      throw wrong("--rounds and --clients must be at least 1");
    }
    if (faults.contains(FaultKind.CRASH_POINT.toString()) && lib == null) {
      throw wrong("crash-point needs --lib, a build that has them");
    }
    if (cuts != null && !faults.contains(FaultKind.CUT.toString())) {
      throw wrong("--cuts is of no use without the fault cut");
    }
    try {
      return new DrillOptions(
          rounds,
          seed == null ? ThreadLocalRandom.current().nextInt(1_000_000) : seed,
          faults.stream().map(FaultKind::of).toList(),
          cuts == null ? CutMeans.AUTO : CutMeans.of(cuts),
          duration(),
          Engine.of(engine),
          clients,
          folder(),
          keepHistory,
          Optional.ofNullable(lib).map(Path::toAbsolutePath));
    } catch (IllegalArgumentException | OperationFailed e) {
      throw wrong(e.getMessage());
    }
  }

  private Path folder() {
    return out != null
        ? out.toAbsolutePath()
        : Path.of(System.getProperty("toystore.checkout", ".")).resolve("test-output");
  }

  private Duration duration() {
    Matcher parts = DURATION.matcher(duration);
    if (!parts.matches()) {
      throw wrong("--duration: '" + duration + "' is not like 500ms, 5s or 2m");
    }
    long amount = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      default -> Duration.ofMinutes(amount);
    };
  }

  private int simulate() {
    List<String> rest = arguments();
    rest.remove(SIMULATE);
    try {
      CommandLine simulation = new CommandLine(Class.forName(SIMULATION));
      simulation.setOut(spec.commandLine().getOut()).setErr(spec.commandLine().getErr());
      return simulation.execute(rest.toArray(String[]::new));
    } catch (ClassNotFoundException absent) {
      throw wrong("this build has no simulation");
    }
  }

  private String command() {
    return ("bin/toystore drill " + String.join(" ", arguments())).strip();
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
