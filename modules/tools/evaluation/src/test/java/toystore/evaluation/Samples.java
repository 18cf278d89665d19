package toystore.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import toystore.client.RequestKind;
import toystore.command.Stamp;

/** Made-up results. */
final class Samples {
  static final EvaluationPlan PLAN = EvaluationPlan.quick("primary-backup");
  static final Stamp STAMP = stamp("0123456789abcdef", 2);

  private Samples() {}

  static Stamp stamp(String commit, int cores) {
    return new Stamp(
        "bin/toystore evaluate",
        commit,
        false,
        "2026-01-01T00:00:00Z",
        new Stamp.Machine("Some processor", cores, 4096, "Linux 6", "JDK 17", "ext4"),
        null);
  }

  /** What the plan would bring if every run took these times. */
  static List<Measurement> measurements(double cachedMs, double uncachedMs) {
    Locale.setDefault(Locale.GERMANY); // No file may depend on where it was written.
    List<Measurement> rows = new ArrayList<>();
    int run = 0;
    for (int repetition = 1; repetition <= PLAN.repetitions(); repetition++) {
      for (Trial trial : PLAN.trials(repetition)) {
        run++;
        double ms = (trial.cache() ? cachedMs : uncachedMs) * (1 + 0.1 * (repetition - 1));
        rows.add(row(run, trial, RequestKind.QUERY, ms));
        if (trial.cache()) {
          rows.add(row(run, trial, RequestKind.QUERY_HIT, ms));
        }
        if (trial.probability() > 0) {
          rows.add(row(run, trial, RequestKind.BUY, 5 * ms));
          rows.add(row(run, trial, RequestKind.ORDER, 0.2));
        }
      }
    }
    return rows;
  }

  /** What came of it, if nothing failed. */
  static EvaluationOutcome outcome(List<Measurement> rows) {
    return new EvaluationOutcome(rows, List.of(), List.of(), 12_345, 0, List.of(), false, true);
  }

  /** The same with other numbers of clients and a crash of the leader. */
  static EvaluationOutcome wholeOutcome(List<Measurement> rows) {
    List<ByClients> byClients = new ArrayList<>();
    for (Trial trial : PLAN.trialsOfCounts()) {
      double ms = trial.clients() * (trial.cache() ? 0.1 : 0.2);
      byClients.add(new ByClients(trial.clients(), row(1, trial, RequestKind.QUERY, ms)));
      byClients.add(new ByClients(trial.clients(), row(1, trial, RequestKind.BUY, 5 * ms)));
    }
    List<CrashRound.LatencySecond> seconds = new ArrayList<>();
    for (int second = 0; second < 9; second++) {
      seconds.add(new CrashRound.LatencySecond(second, "buy", 100, 2, second == 3 ? 480 : 5));
    }
    CrashRound crash =
        new CrashRound(1, "order-3", true, 3.2, 6.9, seconds, 900, 0, 300, 0, false, "good");
    CrashRound another = new CrashRound(
        2, "order-1", false, 3.1, 6.5, seconds.subList(0, 8), 900, 0, 300, 0, false, "good");
    return new EvaluationOutcome(
        rows, byClients, List.of(crash, another), 12_345, 0, List.of(), false, false);
  }

  /** A run of which every request of this kind failed. */
  static Measurement failures(RequestKind kind, long failures) {
    double none = Double.NaN;
    return new Measurement(99, 1, true, 0.4, kind, 0, failures, 0, none, none, none, none, none);
  }

  static Measurement row(int run, Trial trial, RequestKind kind, double ms) {
    return new Measurement(
        run,
        trial.repetition(),
        trial.cache(),
        trial.probability(),
        kind,
        1000,
        0,
        500,
        ms,
        ms,
        3 * ms,
        4 * ms,
        9 * ms);
  }
}
