package toystore.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import toystore.api.Outcome;
import toystore.command.ExitCode;

/** A report in one line for a person. Pure. */
final class VerdictLine {
  private VerdictLine() {}

  /** Whether there is nothing to complain about, which exit status 0 alone does not say. */
  static boolean isGood(Report report) {
    return report.exitCode() == ExitCode.GOOD && report.tally().failures() == 0;
  }

  /** Its words, and how loud they are. */
  static String of(Report report) {
    if (isGood(report)) {
      return words(report);
    }
    return (report.exitCode() == ExitCode.GOOD ? "FAILURES: " : "NOT GOOD: ") + words(report);
  }

  static String words(Report report) {
    ExitCode code = report.exitCode();
    if (code == ExitCode.NOT_DONE && !report.unserved().isEmpty()) {
      return "no " + String.join(" and no ", names(report.unserved())) + " succeeded ("
          + failures(report.tally()) + ")";
    }
    if (code != ExitCode.GOOD || isGood(report)) {
      return words(code);
    }
    Tally tally = report.tally();
    return String.format(
        Locale.ROOT,
        "%,d of %,d requests failed (%s); %s",
        tally.failures(),
        tally.answered() + tally.failures(),
        failures(tally),
        report.settings().verify() ? "no order is lost or wrong" : "orders were not looked up");
  }

  private static String words(ExitCode code) {
    return switch (code) {
      case GOOD -> "good";
      case BROKEN -> "orders are lost, wrong or doubled";
      case NOT_GOOD -> "a check failed";
      case NOT_DONE -> "the store could not be reached, did not serve, or could not look orders up";
      case INTERRUPTED -> "interrupted";
      default -> code.meaning();
    };
  }

  /** Failures by their outcome. */
  static String failures(Tally tally) {
    List<String> all = new ArrayList<>();
    for (Outcome outcome : Outcome.values()) {
      if (outcome.isFailure() && tally.of(outcome) > 0) {
        all.add(String.format(Locale.ROOT, "%,d %s", tally.of(outcome), TextReport.label(outcome)));
      }
    }
    return String.join(", ", all);
  }

  private static List<String> names(List<RequestKind> kinds) {
    return kinds.stream()
        .map(kind -> kind == RequestKind.BUY ? "purchase" : TextReport.label(kind))
        .toList();
  }
}
