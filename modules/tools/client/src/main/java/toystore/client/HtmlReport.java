package toystore.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import toystore.api.Outcome;
import toystore.command.Durations;

/**
 * A report as one page that needs nothing else: style and plots are inside it, there is no script.
 * Pure, but for its style sheet, which lies beside this class.
 */
final class HtmlReport {
  private static final int MAX_FINDINGS = 1000;
  private static final double[] PERCENTILES = {50, 90, 95, 99, 99.9};

  private final Report report;
  private final StringBuilder page = new StringBuilder();

  private HtmlReport(Report report) {
    this.report = report;
  }

  static String render(Report report) {
    HtmlReport renderer = new HtmlReport(report);
    renderer.head();
    renderer.figures();
    renderer.page.append(ReportPlots.render(report));
    renderer.checks();
    renderer.counts();
    renderer.findings();
    renderer.settings();
    renderer.add("</main></body></html>");
    return renderer.page.toString();
  }

  private void head() {
    LoadSettings settings = report.settings();
    add("<!DOCTYPE html>");
    add("<html lang='en'><head><meta charset='utf-8'/>");
    add("<meta name='viewport' content='width=device-width, initial-scale=1'/>");
    add("<meta http-equiv='Content-Security-Policy' content=\"default-src 'none';"
        + " style-src 'unsafe-inline'\"/>");
    add("<title>Load on %s</title>", escape(settings.store().url()));
    add("<style>\n%s</style></head><body><main>", styleSheet());
    add("<h1>Load on %s</h1>", escape(settings.store().url()));
    add(
        "<p class='verdict %s'>%s</p>",
        VerdictLine.isGood(report) ? "good" : "bad", escape(VerdictLine.of(report)));
    add(
        "<p>%,d iterations in %.2f s: <strong>%,.0f iterations/s</strong>, %s, %,d clients."
            + " Begun %s.</p>",
        report.tally().iterations(),
        report.loadSeconds(),
        report.iterationsPerSecond(),
        settings.isOpenLoop()
            ? "open loop at " + TextReport.plain(settings.pace().ratePerSecond()) + "/s"
            : "closed loop",
        settings.clients(),
        Instant.ofEpochMilli(report.startedAtMs()));
  }

  private void figures() {
    add("<h2>Latency</h2><div class='wide'><table><thead><tr><th>request</th>");
    add("<th>count</th><th>per s</th><th>mean, ms</th>");
    for (double percentile : PERCENTILES) {
      add("<th>p%s, ms</th>", TextReport.plain(percentile));
    }
    add("<th>max, ms</th></tr></thead><tbody>");
    for (RequestKind kind : report.kinds()) {
      Figures figures = report.figures(kind);
      add(
          "<tr><th class='%s'>%s</th><td>%,d</td><td>%,.0f</td><td>%s</td>",
          kind.isPart() ? "part" : "whole",
          TextReport.label(kind).strip(),
          figures.count(),
          figures.throughputPerSecond(),
          TextReport.ms(figures.meanMs()));
      for (double percentile : PERCENTILES) {
        add("<td>%s</td>", TextReport.ms(figures.percentileMs(percentile)));
      }
      add("<td>%s</td></tr>", TextReport.ms(figures.maxMs()));
    }
    add("</tbody></table></div>");
    add(
        "<p class='note'>%s</p>",
        report.settings().isOpenLoop()
            ? "Open loop: queries and iterations count from the iteration's intended start, so a"
                + " stall shows in each that it held up. Purchases count from their sending, after"
                + " the query; an iteration is both, to the last answer."
            : "Closed loop: each client waits for its answer before it goes on, so a stall shows as"
                + " one slow answer per client, however long it was (coordinated omission).");
  }

  private void checks() {
    if (report.checkResults().isEmpty()) {
      return;
    }
    add("<h2>Checks</h2><table><thead><tr><th>check</th><th>measured</th><th>result</th></tr>");
    add("</thead><tbody>");
    for (Check.CheckResult result : report.checkResults()) {
      String unit = result.check().isLatency() ? " ms" : "";
      add(
          "<tr><th>%s</th><td>%s%s</td><td>%s</td></tr>",
          escape(result.check().text()),
          Double.isNaN(result.value()) ? "nothing" : TextReport.ms(result.value()),
          Double.isNaN(result.value()) ? "" : unit,
          result.passed() ? "holds" : "<strong>failed</strong>");
    }
    add("</tbody></table>");
  }

  private void counts() {
    Tally tally = report.tally();
    add("<h2>Counts</h2><table><tbody>");
    row("orders acknowledged", report.verdict().acknowledged());
    row("looked up", report.verdict().lookedUp());
    row("correct", report.verdict().correct());
    row("refused (409)", tally.of(Outcome.REFUSED));
    row("out of stock when queried", tally.emptyShelves());
    for (Outcome outcome : Outcome.values()) {
      if (outcome.isFailure() && tally.of(outcome) > 0) {
        row("failures: " + TextReport.label(outcome), tally.of(outcome));
      }
    }
    row("failures in all", tally.failures());
    row("sent again after silence", tally.repeats());
    row("purchases whose outcome is open", tally.openPurchases());
    row("iterations never started", report.givenUp());
    row("leader changes", Math.max(0, report.leaders().size() - 1));
    add("</tbody></table>");
    tally.examples().forEach(example -> add("<p class='note'>e.g. %s</p>", escape(example)));
  }

  private void findings() {
    List<BadOrder> findings = report.verdict().findings();
    if (findings.isEmpty()) {
      return;
    }
    add("<h2>Orders that are wrong</h2><table><thead><tr><th>order</th><th>what</th>");
    add("<th>expected</th><th>got</th></tr></thead><tbody>");
    for (BadOrder finding : findings.subList(0, Math.min(MAX_FINDINGS, findings.size()))) {
      add(
          "<tr><th>%d</th><td>%s</td><td>%s</td><td>%s</td></tr>",
          finding.number(),
          finding.kind().name().toLowerCase(Locale.ROOT),
          escape(finding.expected()),
          escape(finding.got()));
    }
    add("</tbody></table><p class='note'>%,d in all</p>", findings.size());
  }

  private void settings() {
    LoadSettings settings = report.settings();
    add("<h2>Settings</h2><table><tbody>");
    row("clients", settings.clients());
    row("load", escape(TextReport.text(settings.pace().limit())));
    row("probability of buying", settings.mix().probability());
    row("quantity", settings.mix().quantity());
    row("seed", settings.mix().seed());
    row("timeout", Durations.text(settings.timeout()));
    row("sent again for", Durations.text(settings.retryFor()));
    row("event loops", settings.loops());
    if (!settings.pace().warmUp().isNothing()) {
      row("warm-up", TextReport.text(settings.pace().warmUp()));
    }
    add("</tbody></table>");
  }

  private void row(String name, Object value) {
    add("<tr><th>%s</th><td>%s</td></tr>", name, value);
  }

  private static String styleSheet() {
    try (InputStream sheet = HtmlReport.class.getResourceAsStream("report.css")) {
      return new String(sheet.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("report.css", e);
    }
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&#39;")
        .replace("\"", "&quot;");
  }

  private void add(String format, Object... arguments) {
    page.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
