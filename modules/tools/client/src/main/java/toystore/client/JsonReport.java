package toystore.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import org.HdrHistogram.HistogramIterationValue;
import toystore.api.Outcome;

/**
 * A report for a machine. Pure. Units are in the names; a figure of which there was nothing to
 * measure is null, never 0.
 *
 * <pre>
 * schema            1; grows only, until it says 2
 * exitCode          0 good, 1 wrong orders, 3 check failed, 4 unreachable, 130 interrupted
 * verdict           the same in words; with 0 "good", or how many requests failed
 * startedAt         ISO 8601, UTC: when the load that counts began
 * settings          url, loop ("closed" or "open"), clients, iterationsPerClient*, durationMs*,
 *                   mode, probability, quantity, toys, ratePerSecond*, thinkMs, warmUpIterations*,
 *                   warmUpMs*, seed, timeoutMs, retryForMs, eventLoops, verify (* null: no limit)
 * loadSeconds, verifySeconds, iterations, iterationsPerSecond, iterationsGivenUp
 * requests          by kind: query, queryHit, queryMiss, unknown, buy, refusal, order; in the
 *                   open loop iteration too: from its intended start to its last answer
 *   count           good answers; for query those of queryHit and queryMiss too
 *   failures        by outcome; those of a query are under query
 *   throughputPerSecond, meanMs, minMs, maxMs, standardDeviationMs
 *   percentilesMs   p50, p90, p95, p99, p99.9, p99.99
 *   distribution    [{percentile, latencyMs, totalCount}], as HdrHistogram prints it
 * totals            failures, refusals, outOfStock, repeats, openPurchases
 * clientLate        longestMs, totalMs: how late the client itself was; latencies have it
 * failureExamples   a few, word for word
 * orders            acknowledged, lookedUp, correct, unverified, lost, wrong, doubled,
 *                   findings [{kind, number, expected, got}], every one
 * leaders           [{atSeconds, leader, service, epoch}]: at the start, and each change
 * timeline          by kind [{second, count, p50Ms, p99Ms, maxMs}], seconds without answers absent
 * checks            [{check, value, unit, passed}]
 * </pre>
 */
final class JsonReport {
  private static final int SCHEMA = 1;
  private static final int TICKS_PER_HALF_DISTANCE = 5;
  private static final double NS_PER_MS = 1e6;
  private static final double[] PERCENTILES = {50, 90, 95, 99, 99.9, 99.99};
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private JsonReport() {}

  static String render(Report report) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("schema", SCHEMA);
    root.put("exitCode", report.exitCode().status());
    root.put("verdict", VerdictLine.words(report));
    root.put("startedAt", Instant.ofEpochMilli(report.startedAtMs()).toString());
    settings(root.putObject("settings"), report.settings());
    root.put("loadSeconds", report.loadSeconds());
    root.put("verifySeconds", report.verifySeconds());
    root.put("iterations", report.tally().iterations());
    root.put("iterationsPerSecond", report.iterationsPerSecond());
    root.put("iterationsGivenUp", report.givenUp());
    ObjectNode requests = root.putObject("requests");
    ObjectNode timeline = MAPPER.createObjectNode();
    for (RequestKind kind : report.kinds()) {
      request(requests.putObject(kind.key()), report, report.figures(kind));
      timeline(timeline.putArray(kind.key()), report, kind);
    }
    totals(root.putObject("totals"), report.tally());
    root.putObject("clientLate")
        .put("longestMs", report.lateness().longestMs())
        .put("totalMs", report.lateness().totalMs());
    report.tally().examples().forEach(root.putArray("failureExamples")::add);
    orders(root.putObject("orders"), report.verdict());
    leaders(root.putArray("leaders"), report);
    root.set("timeline", timeline);
    checks(root.putArray("checks"), report);
    try {
      return MAPPER.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values cannot be written", e);
    }
  }

  private static void settings(ObjectNode node, LoadSettings settings) {
    node.put("url", settings.store().url());
    node.put("loop", settings.isOpenLoop() ? "open" : "closed");
    node.put("clients", settings.clients());
    node.put("iterationsPerClient", iterations(settings.pace().limit()));
    node.put("durationMs", durationMs(settings.pace().limit()));
    node.put("mode", settings.mix().mode().toString());
    node.put("probability", settings.mix().probability());
    node.put("quantity", settings.mix().quantity());
    settings.mix().toys().forEach(node.putArray("toys")::add);
    node.put("ratePerSecond", settings.isOpenLoop() ? settings.pace().ratePerSecond() : null);
    node.put("thinkMs", settings.pace().think().toNanos() / NS_PER_MS);
    node.put("warmUpIterations", iterations(settings.pace().warmUp()));
    node.put("warmUpMs", durationMs(settings.pace().warmUp()));
    node.put("seed", settings.mix().seed());
    node.put("timeoutMs", settings.timeout().toMillis());
    node.put("retryForMs", settings.retryFor().toMillis());
    node.put("eventLoops", settings.loops());
    node.put("verify", settings.verify());
  }

  private static Long iterations(LoadLimit budget) {
    return budget.limitsIterations() ? budget.iterations() : null;
  }

  private static Double durationMs(LoadLimit budget) {
    return budget.limitsDuration() ? budget.durationNs() / NS_PER_MS : null;
  }

  private static void request(ObjectNode node, Report report, Figures figures) {
    node.put("count", figures.count());
    ObjectNode failures = node.putObject("failures");
    for (Outcome outcome : Outcome.values()) {
      if (outcome.isFailure()) {
        failures.put(outcome.key(), report.tally().of(figures.kind(), outcome));
      }
    }
    node.put("throughputPerSecond", figures.throughputPerSecond());
    node.put("meanMs", measured(figures.meanMs()));
    node.put("minMs", measured(figures.minMs()));
    node.put("maxMs", measured(figures.maxMs()));
    node.put("standardDeviationMs", measured(figures.standardDeviationMs()));
    ObjectNode percentiles = node.putObject("percentilesMs");
    for (double percentile : PERCENTILES) {
      percentiles.put(name(percentile), measured(figures.percentileMs(percentile)));
    }
    ArrayNode distribution = node.putArray("distribution");
    if (figures.count() > 0) {
      for (HistogramIterationValue value :
          figures.latencies().percentiles(TICKS_PER_HALF_DISTANCE)) {
        distribution
            .addObject()
            .put("percentile", value.getPercentileLevelIteratedTo())
            .put("latencyMs", value.getValueIteratedTo() / NS_PER_MS)
            .put("totalCount", value.getTotalCountToThisValue());
      }
    }
  }

  private static void timeline(ArrayNode node, Report report, RequestKind kind) {
    for (Report.Moment moment : report.timeline(kind)) {
      node.addObject()
          .put("second", moment.second())
          .put("count", moment.count())
          .put("p50Ms", moment.p50Ms())
          .put("p99Ms", moment.p99Ms())
          .put("maxMs", moment.maxMs());
    }
  }

  private static void totals(ObjectNode node, Tally tally) {
    node.put("failures", tally.failures());
    node.put("refusals", tally.of(Outcome.REFUSED));
    node.put("outOfStock", tally.emptyShelves());
    node.put("repeats", tally.repeats());
    node.put("openPurchases", tally.openPurchases());
  }

  private static void orders(ObjectNode node, OrdersVerdict verdict) {
    node.put("acknowledged", verdict.acknowledged());
    node.put("lookedUp", verdict.lookedUp());
    node.put("correct", verdict.correct());
    node.put("unverified", verdict.unverified());
    for (BadOrder.OrderFlaw kind : BadOrder.OrderFlaw.values()) {
      node.put(name(kind), verdict.count(kind));
    }
    ArrayNode findings = node.putArray("findings");
    for (BadOrder finding : verdict.findings()) {
      findings
          .addObject()
          .put("kind", name(finding.kind()))
          .put("number", finding.number())
          .put("expected", finding.expected())
          .put("got", finding.got());
    }
  }

  private static void leaders(ArrayNode node, Report report) {
    for (LeaderChange leader : report.leaders()) {
      node.addObject()
          .put("atSeconds", leader.atSeconds())
          .put("leader", leader.leader())
          .put("service", leader.service())
          .put("epoch", leader.epoch());
    }
  }

  private static void checks(ArrayNode node, Report report) {
    for (Check.CheckResult result : report.checkResults()) {
      node.addObject()
          .put("check", result.check().text())
          .put("value", measured(result.value()))
          .put("unit", result.check().isLatency() ? "ms" : null)
          .put("passed", result.passed());
    }
  }

  private static Double measured(double value) {
    return Double.isNaN(value) ? null : value;
  }

  private static String name(BadOrder.OrderFlaw kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static String name(double percentile) {
    return "p" + (percentile == Math.rint(percentile) ? "" + (long) percentile : "" + percentile);
  }
}
