package toystore.evaluation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import toystore.client.RequestKind;
import toystore.command.Stamp;

/** An evaluation in words and tables, as Markdown for a person. Pure. */
final class SummaryText {
  private final EvaluationPlan plan;
  private final Stamp stamp;
  private final CacheStudy study;
  private final EvaluationOutcome outcome;
  private final StringBuilder text = new StringBuilder();

  private SummaryText(EvaluationPlan plan, Stamp stamp, EvaluationOutcome outcome) {
    this.plan = plan;
    this.stamp = stamp;
    this.study = new CacheStudy(outcome.measurements());
    this.outcome = outcome;
  }

  static String render(EvaluationPlan plan, Stamp stamp, EvaluationOutcome outcome) {
    SummaryText summary = new SummaryText(plan, stamp, outcome);
    summary.head();
    Findings findings = new Findings(stamp, outcome);
    findings.lines().forEach(finding -> summary.line("%s", finding));
    summary.line("");
    summary.benefit();
    summary.latencies();
    summary.byClients();
    summary.crashes();
    summary.promises();
    return summary.text + MethodText.render(plan, stamp, outcome);
  }

  /** What was measured and where, in a line: for the foot of a plot. */
  static String conditions(EvaluationPlan plan, Stamp stamp) {
    return String.format(
        Locale.ROOT,
        "%s, %d clients in a closed loop. Points: medians of %d runs of %s; bars: least to"
            + " greatest. Commit %.10s%s, %d cores.",
        plan.subject(),
        plan.clients(),
        plan.repetitions(),
        seconds(plan.load()),
        stamp.commit(),
        stamp.dirty() ? " (dirty)" : "",
        stamp.machine().cores());
  }

  private void head() {
    line("# What the cache brings (%s)", plan.subject());
    line("");
    line("```");
    stamp.lines().forEach(row -> line("%s", row));
    line("```");
    line("");
  }

  private void benefit() {
    if (study.benefit(RequestKind.QUERY, Latency.MEDIAN).isEmpty()) {
      line("Only one store was measured, so there is nothing to compare it with.");
      line("");
      return;
    }
    for (RequestKind kind : CacheStudy.KINDS) {
      Spread all = study.benefit(kind, Latency.MEDIAN);
      if (!all.isEmpty()) {
        line("- **%s**: %s", capital(EvaluationPlots.label(kind)), verdict(all));
      }
    }
    line("");
    line("Ratios are latency without the cache over latency with it: above 1 the cache helps. Each"
        + " is");
    line(
        "the median of %d pairs of runs, in brackets the least and the greatest pair.",
        plan.repetitions());
    line("");
    line("| p | queries from the cache | query, median | query, p95 | buy, median | buy, p95 |"
        + " order query, median | order query, p95 |");
    line("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (double p : study.probabilities()) {
      StringBuilder row = new StringBuilder("| " + Numbers.probability(p));
      row.append(" | ").append(Numbers.percent(study.hitRatio(p).median()));
      for (RequestKind kind : CacheStudy.KINDS) {
        for (Latency latency : Latency.values()) {
          row.append(" | ").append(Numbers.ratio(study.benefit(kind, p, latency)));
        }
      }
      line("%s |", row);
    }
    line("");
    line("![Ratio of latencies, cache off over cache on, by p](benefit.svg)");
    line("");
  }

  private static String verdict(Spread ratios) {
    String figures = Numbers.ratio(ratios) + " over " + ratios.count() + " pairs";
    if (ratios.min() > 1) {
      return "faster with the cache in every pair of runs: " + figures;
    }
    if (ratios.max() < 1) {
      return "slower with the cache in every pair of runs: " + figures;
    }
    return "faster in some pairs of runs and slower in others: " + figures;
  }

  private void latencies() {
    line("## Latencies");
    line("");
    line("Milliseconds, medians of %d runs; the CSV has every run.", plan.repetitions());
    line("");
    line(
        "| request | p | on: median | on: p95 | off: median | off: p95 | on: per s | off: per s |");
    line("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (RequestKind kind : CacheStudy.KINDS) {
      for (double p : study.probabilities()) {
        if (!study.latencyMs(kind, true, p, Latency.MEDIAN).isEmpty()
            || !study.latencyMs(kind, false, p, Latency.MEDIAN).isEmpty()) {
          latencies(kind, p);
        }
      }
    }
    line("");
    line("![Latency by p, one panel for each request type](latency.svg)");
    line("");
  }

  private void latencies(RequestKind kind, double p) {
    line(
        "| %s | %s | %s | %s | %s | %s | %s | %s |",
        EvaluationPlots.label(kind),
        Numbers.probability(p),
        Numbers.ms(study.latencyMs(kind, true, p, Latency.MEDIAN).median()),
        Numbers.ms(study.latencyMs(kind, true, p, Latency.P95).median()),
        Numbers.ms(study.latencyMs(kind, false, p, Latency.MEDIAN).median()),
        Numbers.ms(study.latencyMs(kind, false, p, Latency.P95).median()),
        Numbers.perSecond(study.perSecond(kind, true, p).median()),
        Numbers.perSecond(study.perSecond(kind, false, p).median()));
  }

  private void byClients() {
    if (outcome.byClients().isEmpty()) {
      return;
    }
    line("## More clients");
    line("");
    line("Milliseconds (medians) and answers a second, one run each; p = 0.4.");
    line("");
    line("| clients | query, on | query, off | buy, on | buy, off | queries/s, on | queries/s,"
        + " off |");
    line("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (int clients :
        outcome.byClients().stream().map(ByClients::clients).distinct().toList()) {
      CacheStudy runs = new CacheStudy(outcome.byClients().stream()
          .filter(row -> row.clients() == clients)
          .map(ByClients::measurement)
          .toList());
      double p = runs.probabilities().isEmpty() ? 0 : runs.probabilities().get(0);
      line(
          "| %d | %s | %s | %s | %s | %s | %s |",
          clients,
          Numbers.ms(runs.latencyMs(RequestKind.QUERY, true, p, Latency.MEDIAN).median()),
          Numbers.ms(runs.latencyMs(RequestKind.QUERY, false, p, Latency.MEDIAN).median()),
          Numbers.ms(runs.latencyMs(RequestKind.BUY, true, p, Latency.MEDIAN).median()),
          Numbers.ms(runs.latencyMs(RequestKind.BUY, false, p, Latency.MEDIAN).median()),
          Numbers.perSecond(runs.perSecond(RequestKind.QUERY, true, p).median()),
          Numbers.perSecond(runs.perSecond(RequestKind.QUERY, false, p).median()));
    }
    line("");
    line("![Latency by number of clients](%s.svg)", EvaluationPlots.CLIENTS);
    line("");
  }

  private void crashes() {
    if (outcome.crashes().isEmpty()) {
      return;
    }
    line("## Crashes under load");
    line("");
    line("| service | led | killed, s | back, s | requests | failed | slowest, ms | orders |"
        + " wrong |");
    line("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (CrashRound crash : outcome.crashes()) {
      line(
          "| %s | %s | %.1f | %.1f | %,d | %,d | %s | %,d | %,d |",
          crash.replica(),
          crash.led() ? "yes" : "no",
          crash.killedAt(),
          crash.backAt(),
          crash.requests(),
          crash.failures(),
          Numbers.ms(crash.slowestMs()),
          crash.orders(),
          crash.wrongOrders());
    }
    line("");
    line("Back is when the command that starts it had ended. Each order was looked up.");
    line("");
    line("![Slowest answer of each second around a crash](%s.svg)", EvaluationPlots.CRASHES);
    line("");
  }

  private void promises() {
    line("## Promises");
    line("");
    if (outcome.failures() == 0) {
      line("Every request that counts was answered as it should be.");
    } else {
      line(
          "**%,d requests failed**, those of the warm-up included: %s.",
          outcome.failures(), failures());
      line("Latencies are those of the others.");
    }
    line("");
    List<String> broken = outcome.broken();
    if (broken.isEmpty()) {
      line(
          "All %,d orders were looked up and found as acknowledged%s.",
          outcome.orders(),
          outcome.audited()
              ? ", and each store passed its audit"
              : "; the inside of a store elsewhere is audited there, by bin/toystore audit");
    } else {
      line("**Not all promises were seen to hold:**");
      line("");
      broken.forEach(finding -> line("- %s", finding));
    }
    line("");
  }

  /** By kind; the CSV has them by run. */
  private String failures() {
    List<String> kinds = new ArrayList<>();
    for (RequestKind kind : RequestKind.values()) {
      long count = outcome.measurements().stream()
          .filter(row -> row.kind() == kind)
          .mapToLong(Measurement::failures)
          .sum();
      if (count > 0) {
        kinds.add(String.format(Locale.ROOT, "%,d of kind %s", count, EvaluationPlots.label(kind)));
      }
    }
    return kinds.isEmpty() ? "none in the runs" : "in the runs " + String.join(", ", kinds);
  }

  private static String seconds(Duration duration) {
    return toystore.command.Durations.text(duration);
  }

  private static String capital(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  private void line(String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
