package toystore.client;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import toystore.api.Outcome;
import toystore.command.Durations;

/** A report as a table for a person. Pure. */
final class TextReport {
  private static final int MAX_FINDINGS = 1000;
  private static final double[] PERCENTILES = {50, 90, 95, 99, 99.9};

  private final Report report;
  private final StringBuilder text = new StringBuilder();

  private TextReport(Report report) {
    this.report = report;
  }

  static String render(Report report) {
    TextReport renderer = new TextReport(report);
    renderer.head();
    renderer.table();
    renderer.counts();
    renderer.orders();
    renderer.checks();
    renderer.loopNote();
    renderer.verdict();
    return renderer.text.toString();
  }

  /** Only what is wrong; nothing if all is well. */
  static String renderProblems(Report report) {
    TextReport renderer = new TextReport(report);
    renderer.findings();
    renderer.report.checkResults().stream()
        .filter(result -> !result.passed())
        .forEach(renderer::check);
    if (!VerdictLine.isGood(report)) {
      renderer.verdict();
    }
    return renderer.text.toString();
  }

  private void head() {
    LoadSettings settings = report.settings();
    line(
        "%s: %s, %d client%s, p=%s, seed %d",
        settings.store().url(),
        settings.isOpenLoop()
            ? "open loop, " + plain(settings.pace().ratePerSecond()) + " iterations/s"
            : "closed loop",
        settings.clients(),
        settings.clients() == 1 ? "" : "s",
        plain(settings.mix().probability()),
        settings.mix().seed());
    if (!settings.pace().warmUp().isNothing()) {
      line("after a warm-up of %s, not counted", text(settings.pace().warmUp()));
    }
    line(
        "%,d iterations in %s: %,.0f iterations/s",
        report.tally().iterations(), seconds(report.loadSeconds()), report.iterationsPerSecond());
    line("");
  }

  private void table() {
    line(
        "%-15s %9s %9s %9s %9s %9s %9s %9s %9s %9s",
        "latency, ms", "count", "per s", "mean", "p50", "p90", "p95", "p99", "p99.9", "max");
    for (RequestKind kind : report.kinds()) {
      Figures figures = report.figures(kind);
      StringBuilder row = new StringBuilder();
      row.append(String.format(
          Locale.ROOT,
          "%-15s %,9d %,9.0f %9s",
          label(kind),
          figures.count(),
          figures.throughputPerSecond(),
          ms(figures.meanMs())));
      for (double percentile : PERCENTILES) {
        row.append(String.format(Locale.ROOT, " %9s", ms(figures.percentileMs(percentile))));
      }
      line("%s %9s", row, ms(figures.maxMs()));
    }
    line("");
  }

  private void counts() {
    Tally tally = report.tally();
    line(
        "failures        %,d%s",
        tally.failures(), tally.failures() == 0 ? "" : " (" + VerdictLine.failures(tally) + ")");
    tally.examples().forEach(example -> line("                e.g. %s", example));
    line(
        "not bought      %,d refused (409), %,d out of stock when queried",
        tally.of(Outcome.REFUSED), tally.emptyShelves());
    if (tally.repeats() > 0) {
      line("sent again      %,d requests, after silence", tally.repeats());
    }
    if (tally.openPurchases() > 0) {
      line("outcome open    %,d purchases: they may or may not be orders", tally.openPurchases());
    }
    if (report.givenUp() > 0) {
      line(
          "never started   %,d iterations: the store cannot keep up with this rate",
          report.givenUp());
    }
    if (report.lateness().isWorthTelling()) {
      line(
          "client late     up to %,.0f ms, %,.0f ms in all: it was itself too busy, and latencies"
              + " have it",
          report.lateness().longestMs(), report.lateness().totalMs());
    }
    leaders();
  }

  private void leaders() {
    List<LeaderChange> leaders = report.leaders();
    if (leaders.isEmpty()) {
      return;
    }
    line(
        "leader          %s at the start, changed %d time%s",
        name(leaders.get(0)), leaders.size() - 1, leaders.size() == 2 ? "" : "s");
    leaders.stream()
        .skip(1)
        .forEach(leader -> line("                %+.2f s: %s", leader.atSeconds(), name(leader)));
  }

  private void orders() {
    OrdersVerdict verdict = report.verdict();
    if (!report.settings().verify()) {
      line("orders          %,d acknowledged, not looked up", verdict.acknowledged());
      line("");
      return;
    }
    line(
        "orders          %,d acknowledged, %,d looked up, %,d correct",
        verdict.acknowledged(), verdict.lookedUp(), verdict.correct());
    if (verdict.unverified() > 0) {
      line("                %,d could not be looked up", verdict.unverified());
    }
    findings();
    line("");
  }

  private void findings() {
    List<BadOrder> findings = report.verdict().findings();
    findings.stream()
        .limit(MAX_FINDINGS)
        .forEach(finding -> line(
            "  %-7s order %d: expected %s, got %s",
            finding.kind(), finding.number(), finding.expected(), finding.got()));
    if (findings.size() > MAX_FINDINGS) {
      line("  and %,d more, all in the --json report", findings.size() - MAX_FINDINGS);
    }
  }

  private void checks() {
    List<Check.CheckResult> results = report.checkResults();
    results.forEach(this::check);
    if (!results.isEmpty()) {
      line("");
    }
  }

  private void check(Check.CheckResult result) {
    String value = Double.isNaN(result.value())
        ? "nothing measured"
        : result.check().isLatency() ? ms(result.value()) + " ms" : plain(result.value());
    line("  %-7s %-30s %s", result.passed() ? "holds" : "FAILED", result.check().text(), value);
  }

  private void loopNote() {
    if (report.settings().isOpenLoop()) {
      line("Open loop: queries and iterations count from the iteration's intended start, so a stall"
          + " of");
      line("the store shows in each that it held up. Purchases count from their sending, after the"
          + " query;");
      line("the row of iterations has both, to the last answer, and hides nothing.");
    } else {
      line("Closed loop: each client waits for its answer before it goes on, so a stall of the"
          + " store");
      line("shows as one slow answer per client, however long it was. See it whole with --rate.");
    }
    line("Latencies are those of good answers; purchases include being sent again.");
  }

  private void verdict() {
    line("%s", VerdictLine.of(report));
  }

  static String label(RequestKind kind) {
    return switch (kind) {
      case QUERY -> "query";
      case QUERY_HIT -> "  from cache";
      case QUERY_MISS -> "  from catalog";
      case UNKNOWN -> "unknown toy";
      case BUY -> "buy";
      case REFUSAL -> "buy, refused";
      case ORDER -> "order query";
      case ITERATION -> "iteration";
    };
  }

  static String label(Outcome outcome) {
    return switch (outcome) {
      case OK -> "good";
      case REFUSED -> "refused (409)";
      case NOT_FOUND -> "not found (404)";
      case UNAVAILABLE -> "unavailable (503)";
      case TIMEOUT -> "timed out";
      case CONNECTION -> "without connection";
      case REJECTED -> "rejected (4xx)";
      case STATUS -> "with another status";
      case MALFORMED -> "malformed";
    };
  }

  /** Three significant digits, "-" if there is none. */
  static String ms(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    String format = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : value >= 1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }

  static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.format(Locale.ROOT, "%,d", (long) value)
        : String.format(Locale.ROOT, "%.4g", value).replaceAll("(\\.\\d*?)0+$", "$1");
  }

  static String text(LoadLimit budget) {
    if (!budget.limitsDuration()) {
      return budget.iterations() + " iterations per client";
    }
    String time = Durations.text(Duration.ofNanos(budget.durationNs()));
    return budget.limitsIterations()
        ? budget.iterations() + " iterations per client or " + time
        : time;
  }

  static String name(LeaderChange leader) {
    if (leader.service().isEmpty()) {
      return "none";
    }
    boolean desk = leader.service().startsWith("desk-");
    return (desk ? leader.service() : "replica " + leader.leader())
        + (leader.epoch().isEmpty() ? "" : ", epoch " + leader.epoch());
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%,.1f s", seconds);
  }

  private void line(String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
