package toystore.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import toystore.command.Stamp;
import toystore.operations.OperationFailed;

/** A drill in writing: a table of its rounds, and what was wrong. */
final class DrillReport {
  static final List<String> HEAD = List.of(
      "round",
      "fault",
      "at (ms)",
      "lasted (ms)",
      "outage (ms)",
      "slowest (ms)",
      "answered",
      "orders",
      "503 allowed",
      "failed",
      "audit",
      "history",
      "operations checked",
      "check (ms)");

  /** By exit code. */
  private static final Map<Integer, String> WORDS = Map.of(
      0,
      "All promises held",
      Drill.DrillOutcome.BROKEN,
      "PROMISES WERE BROKEN",
      Drill.DrillOutcome.UNKNOWN,
      "The drill could not be carried out");

  private final DrillOptions options;
  private final Stamp stamp;

  DrillReport(DrillOptions options, Stamp stamp) {
    this.options = options;
    this.stamp = stamp;
  }

  static String line(RoundResult round) {
    return String.format(
        Locale.ROOT,
        "%3d  %-58s outage %5d ms  answered %6d  allowed %4d  failed %3d  audit %s,"
            + " history %s (%d operations, %d ms)",
        round.number(),
        round.fault(),
        round.times().outageMs(),
        round.requests().answered(),
        round.requests().allowed(),
        round.requests().failed(),
        round.checks().audit(),
        round.checks().history().verdict(),
        round.checks().history().operations(),
        round.checks().history().tookMs());
  }

  static String verdict(Drill.DrillOutcome outcome) {
    long answered = outcome.rounds().stream()
        .mapToLong(round -> round.requests().answered())
        .sum();
    long bad = outcome.rounds().stream().filter(round -> !round.isGood()).count();
    return WORDS.get(outcome.exitCode()) + ": "
        + outcome.rounds().size() + " rounds, " + bad + " of them bad; " + answered
        + " requests answered, " + outcome.orders() + " orders acknowledged and looked up again."
        + (outcome.cutsBy().isEmpty() ? "" : " Cuts by " + outcome.cutsBy() + ".");
  }

  /** Writes the report, and says where. */
  Path write(Drill.DrillOutcome outcome) {
    Path file = options.out().resolve("drill-" + options.engine() + ".md");
    try {
      Files.createDirectories(options.out());
      Files.write(file, lines(outcome));
    } catch (IOException e) {
      throw new OperationFailed("cannot write " + file, e);
    }
    return file;
  }

  private List<String> lines(Drill.DrillOutcome outcome) {
    List<String> lines = new ArrayList<>(List.of("# Drill: " + options.engine(), ""));
    lines.addAll(head(stamp));
    lines.addAll(List.of(
        "- seed: " + options.seed(),
        "- clients: " + options.clients() + " on each of " + Crowd.toys().size() + " toys",
        "",
        verdict(outcome),
        "",
        "Outage: the longest time around the fault in which no purchase was answered. 503 allowed:"
            + " requests refused while the catalog, a majority or the front-end was away. Failed:"
            + " all other requests without a proper answer.",
        "",
        row(HEAD),
        row(HEAD.stream().map(title -> "---").toList())));
    outcome.rounds().forEach(round -> lines.add(row(cells(round))));
    lines.add("");
    outcome.rounds().stream().filter(round -> !round.isGood()).forEach(round -> {
      lines.add("## Round " + round.number() + ": " + round.fault());
      lines.add("");
      round.findings().forEach(finding -> add(finding, lines));
    });
    outcome.findings().forEach(finding -> add(finding, lines));
    return lines;
  }

  /** As a list of Markdown. */
  static List<String> head(Stamp stamp) {
    return stamp.lines().stream().map(line -> "- " + line).toList();
  }

  static void add(DrillFinding finding, List<String> lines) {
    lines.addAll(List.of("```", finding.toString(), "```", ""));
  }

  static List<Object> cells(RoundResult round) {
    return List.of(
        round.number(),
        round.fault(),
        round.times().atMs(),
        round.times().lastedMs(),
        round.times().outageMs(),
        round.times().slowestMs(),
        round.requests().answered(),
        round.requests().orders(),
        round.requests().allowed(),
        round.requests().failed(),
        round.checks().audit(),
        round.checks().history().verdict().toString().toLowerCase(Locale.ROOT),
        round.checks().history().operations(),
        round.checks().history().tookMs());
  }

  static String row(List<?> cells) {
    return cells.stream().map(String::valueOf).collect(Collectors.joining(" | ", "| ", " |"));
  }
}
