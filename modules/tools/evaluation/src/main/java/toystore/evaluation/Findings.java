package toystore.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import toystore.client.RequestKind;
import toystore.command.Stamp;

/** What an evaluation found, in a sentence each, the most important first. Pure. */
final class Findings {
  private final Stamp stamp;
  private final EvaluationOutcome outcome;
  private final CacheStudy study;

  Findings(Stamp stamp, EvaluationOutcome outcome) {
    this.stamp = stamp;
    this.outcome = outcome;
    this.study = new CacheStudy(outcome.measurements());
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (!study.probabilities().isEmpty()) {
      double least = study.probabilities().get(0);
      double most = study.probabilities().get(study.probabilities().size() - 1);
      Spread benefit = study.benefit(RequestKind.QUERY, least, Latency.MEDIAN);
      if (!benefit.isEmpty()) {
        lines.add(String.format(
            Locale.ROOT,
            "**%s the cache makes a query %s times as fast; with p = %s, %s times.**",
            least == 0 ? "Without purchases" : "With p = " + Numbers.probability(least),
            Numbers.ratio(benefit),
            Numbers.probability(most),
            Numbers.ratio(study.benefit(RequestKind.QUERY, most, Latency.MEDIAN))));
      }
      if (stamp.elsewhere() != null) {
        lines.add(remote(least));
      }
    }
    if (!outcome.crashes().isEmpty()) {
      lines.add(crashes());
    }
    return lines;
  }

  private String remote(double p) {
    Spread off = study.latencyMs(RequestKind.QUERY, false, p, Latency.MEDIAN);
    String uncached = off.isEmpty()
        ? ""
        : String.format(Locale.ROOT, ", without the cache %s ms", Numbers.ms(off.median()));
    return String.format(
        Locale.ROOT,
        "A client here is %s ms from the store, there and back. It waits %s ms for a query%s (p ="
            + " %s): the way is a part of that which no cache in the store can save.",
        Numbers.ms(stamp.elsewhere().roundTripMs()),
        Numbers.ms(study.latencyMs(RequestKind.QUERY, true, p, Latency.MEDIAN).median()),
        uncached,
        Numbers.probability(p));
  }

  private String crashes() {
    long failures = outcome.crashes().stream().mapToLong(CrashRound::failures).sum();
    double slowest =
        outcome.crashes().stream().mapToDouble(CrashRound::slowestMs).max().orElse(Double.NaN);
    return String.format(
        Locale.ROOT,
        "%d %s were killed under load, the leader among them: %s, and the slowest answer took %s ms.",
        outcome.crashes().size(),
        outcome.crashes().stream().allMatch(crash -> crash.replica().startsWith("order-"))
            ? "replicas"
            : "services",
        failures == 0
            ? "no request failed"
            : String.format(Locale.ROOT, "%,d requests failed", failures),
        Numbers.ms(slowest));
  }
}
