package toystore.evaluation;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import toystore.command.ExitCode;

/**
 * What came of an evaluation. Pure data.
 *
 * @param byClients measured with other numbers of clients
 * @param crashes none, if nothing was to be crashed
 * @param orders acknowledged, and each looked up
 * @param failures requests that were not answered as they should, those of the warm-up too
 * @param broken promises that were not kept, or could not be checked
 * @param isBroken whether one was seen not to be kept
 * @param audited whether the stores' inside was checked too; elsewhere only clients check
 */
record EvaluationOutcome(
    List<Measurement> measurements,
    List<ByClients> byClients,
    List<CrashRound> crashes,
    long orders,
    long failures,
    List<String> broken,
    boolean isBroken,
    boolean audited) {
  EvaluationOutcome {
    measurements = List.copyOf(measurements);
    byClients = List.copyOf(byClients);
    crashes = List.copyOf(crashes);
    broken = List.copyOf(broken);
  }

  ExitCode exitCode() {
    return isGood() ? ExitCode.GOOD : isBroken ? ExitCode.BROKEN : ExitCode.NOT_GOOD;
  }

  /** One line for a person. */
  String inWords() {
    if (isGood()) {
      return String.format(
          Locale.ROOT,
          "Measured: every request was answered, and all %,d orders are as acknowledged.",
          orders);
    }
    String what = isBroken ? "A PROMISE WAS BROKEN" : "NOT ALL IS GOOD";
    return String.format(Locale.ROOT, "MEASURED, BUT %s: %,d requests failed", what, failures)
        + broken.stream().map(each -> "; " + each).collect(Collectors.joining());
  }

  /** Whether nothing failed at all: not even a crash of one replica excuses a failed request. */
  boolean isGood() {
    return failures == 0 && broken.isEmpty();
  }
}
