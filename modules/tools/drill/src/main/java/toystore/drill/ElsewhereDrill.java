package toystore.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import toystore.command.Stamp;
import toystore.drill.DrillFinding.FindingKind;
import toystore.model.Order;
import toystore.operations.OperationFailed;
import toystore.operations.Programs;

/** A drill of a store that runs elsewhere: one fault after the other. Owned by one thread. */
final class ElsewhereDrill {
  private final ElsewherePlan plan;
  private final DrillOptions options;
  private final Stamp stamp;
  private final Consumer<RoundResult> onRound;
  /** Of each round in turn; empty where nothing is asked beside them. */
  private final List<Long> besideMs = new ArrayList<>();

  /**
   * A drill.
   *
   * @param options clients, duration of each fault, seed, and where the report goes
   * @param stamp of now: the report tells when the drill began
   * @param onRound told of each round when it is over
   */
  ElsewhereDrill(
      ElsewherePlan plan, DrillOptions options, Stamp stamp, Consumer<RoundResult> onRound) {
    this.plan = plan;
    this.options = options;
    this.stamp = stamp;
    this.onRound = onRound;
  }

  Drill.DrillOutcome run() {
    DrillFindings findings =
        new DrillFindings(options.out(), "drill-elsewhere", options.keepHistory());
    Random chance = new Random(options.seed());
    Map<Long, Order> promised = Journal.noPromises();
    List<RoundResult> rounds = new ArrayList<>();
    try (Crowd crowd = new Crowd(plan.frontEnds(), options.clients(), chance.nextLong())) {
      ElsewhereRound round =
          new ElsewhereRound(plan, crowd, promised, options.duration(), chance, findings);
      for (RemoteFault fault : plan.faults()) {
        RoundResult result = round.run(rounds.size() + 1, fault);
        rounds.add(result);
        onRound.accept(result);
        plan.beside().ifPresent(command -> besideMs.add(besideMs(command)));
      }
    } catch (StoreFailed e) {
      findings.add(FindingKind.ANSWER, "the drill broke off: " + e.getMessage());
    } catch (OperationFailed e) {
      findings.add(FindingKind.DRILL, "the drill broke off: " + e.getMessage());
    }
    return new Drill.DrillOutcome(rounds, "", findings.take(), promised.size());
  }

  private static long besideMs(String command) {
    String said = Programs.output("sh", "-c", command).orElse("nothing").strip();
    try {
      return Long.parseLong(said);
    } catch (NumberFormatException e) {
      throw new OperationFailed("'" + command + "' said " + said + ", which is no milliseconds");
    }
  }

  /** Writes the report, and says where. */
  Path write(Drill.DrillOutcome outcome) {
    Path file = options.out().resolve("drill-elsewhere.md");
    try {
      Files.createDirectories(options.out());
      Files.write(file, lines(outcome));
    } catch (IOException e) {
      throw new OperationFailed("cannot write " + file, e);
    }
    return file;
  }

  private List<String> lines(Drill.DrillOutcome outcome) {
    List<String> lines = new ArrayList<>(List.of("# Drill of a store elsewhere", ""));
    lines.addAll(DrillReport.head(stamp));
    lines.addAll(List.of(
        "- seed: " + options.seed(),
        "- clients: " + options.clients() + " on each of " + Crowd.toys().size() + " toys, at "
            + plan.frontEnds().size() + " front-ends in turn",
        "",
        DrillReport.verdict(outcome),
        "",
        "Outage: the longest time around the fault in which no purchase was answered. 503 allowed:"
            + " requests that failed while the catalog, or the front-end that was asked, was away."
            + " Failed: all other requests without a proper answer.",
        "",
        DrillReport.row(DrillReport.HEAD),
        DrillReport.row(DrillReport.HEAD.stream().map(title -> "---").toList())));
    outcome.rounds().forEach(round -> lines.add(DrillReport.row(DrillReport.cells(round))));
    lines.add("");
    if (!besideMs.isEmpty()) {
      lines.addAll(besides(outcome.rounds()));
    }
    outcome
        .rounds()
        .forEach(round -> round.findings().forEach(finding -> DrillReport.add(finding, lines)));
    outcome.findings().forEach(finding -> DrillReport.add(finding, lines));
    return lines;
  }

  /** For each kind of fault the longest outages, of the store and of what was asked beside it. */
  private List<String> besides(List<RoundResult> rounds) {
    List<String> lines = new ArrayList<>(List.of(
        "By fault, and beside it what `" + plan.beside().orElseThrow() + "` said in those rounds:",
        "",
        "| fault | rounds | longest outage (ms) | longest beside (ms) | outage - beside (ms) |",
        "| --- | --- | --- | --- | --- |"));
    rounds.stream().map(RoundResult::fault).distinct().forEach(fault -> {
      List<RoundResult> alike = rounds.subList(0, besideMs.size()).stream()
          .filter(round -> round.fault().equals(fault))
          .toList();
      lines.add(DrillReport.row(List.of(
          fault,
          alike.size(),
          longest(alike, ElsewhereDrill::outageMs),
          longest(alike, this::besideMs),
          alike.stream()
              .map(round -> Long.toString(outageMs(round) - besideMs(round)))
              .collect(Collectors.joining(", ")))));
    });
    lines.add("");
    return lines;
  }

  private static long longest(List<RoundResult> rounds, ToLongFunction<RoundResult> ms) {
    return rounds.stream().mapToLong(ms).max().orElse(0);
  }

  private static long outageMs(RoundResult round) {
    return round.times().outageMs();
  }

  private long besideMs(RoundResult round) {
    return besideMs.get(round.number() - 1);
  }
}
