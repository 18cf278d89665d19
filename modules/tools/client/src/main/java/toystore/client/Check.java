package toystore.client;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import toystore.api.Outcome;
import toystore.command.Durations;

/**
 * A condition on a report, such as {@code buy.p99<50ms} or {@code failures==0}. Pure.
 *
 * <p>Figures of a kind of request (query, queryHit, queryMiss, buy, refusal, order; in the open
 * loop iteration): p50, p99.9 and any other percentile, mean, min, max, each with a unit of time;
 * count; throughput, per second; failures, of query, buy and order. Figures of the whole: see
 * {@link #WHOLE}. A latency of which there was no request fails its check, whatever the limit:
 * nothing was measured.
 */
final class Check {
  private static final Pattern SYNTAX =
      Pattern.compile("(?:(\\w+)\\.)?(p[\\d.]+|\\w+)(<=|>=|==|!=|<|>)([\\d.]+)(ns|us|ms|s|m|/s)?");
  private static final Pattern PERCENTILE = Pattern.compile("p(\\d{1,2}(?:\\.\\d{1,6})?|100)");
  private static final double NS_PER_MS = 1e6;

  private static final Map<String, ToDoubleFunction<Report>> WHOLE = Map.ofEntries(
      Map.entry("failures", report -> report.tally().failures()),
      Map.entry("refusals", report -> report.tally().of(Outcome.REFUSED)),
      Map.entry("unavailable", report -> report.tally().of(Outcome.UNAVAILABLE)),
      Map.entry("timeouts", report -> report.tally().of(Outcome.TIMEOUT)),
      Map.entry("connectionErrors", report -> report.tally().of(Outcome.CONNECTION)),
      Map.entry("repeats", report -> report.tally().repeats()),
      Map.entry("openPurchases", report -> report.tally().openPurchases()),
      Map.entry("iterations", report -> report.tally().iterations()),
      Map.entry("throughput", Report::iterationsPerSecond),
      Map.entry("givenUp", Report::givenUp),
      Map.entry("orders", report -> report.verdict().acknowledged()),
      Map.entry("unverified", report -> report.verdict().unverified()),
      Map.entry("leaderChanges", report -> Math.max(0, report.leaders().size() - 1)));
  private static final Map<String, ToDoubleFunction<Figures>> OF_KIND = Map.of(
      "count", Figures::count,
      "failures", Figures::failures,
      "throughput", Figures::throughputPerSecond,
      "mean", Figures::meanMs,
      "min", Figures::minMs,
      "max", Figures::maxMs);

  private final String text;
  private final ToDoubleFunction<Report> figure;
  private final Relation relation;
  private final double limit;
  private final boolean isLatency;

  private Check(
      String text,
      ToDoubleFunction<Report> figure,
      Relation relation,
      double limit,
      boolean isLatency) {
    this.text = text;
    this.figure = figure;
    this.relation = relation;
    this.limit = limit;
    this.isLatency = isLatency;
  }

  /**
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static Check parse(String text) {
    Matcher matcher = SYNTAX.matcher(text.replaceAll("\\s", ""));
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + text
          + "' is not FIGURE, one of < <= > >= == !=, and a NUMBER, such as buy.p99<50ms");
    }
    String name = matcher.group(2);
    ToDoubleFunction<Report> figure =
        matcher.group(1) == null ? ofWhole(text, name) : ofKind(text, matcher.group(1), name);
    boolean isLatency = matcher.group(1) != null && !name.matches("count|failures|throughput");
    double limit = limit(text, matcher.group(4), matcher.group(5), isLatency, name);
    return new Check(text, figure, Relation.of(matcher.group(3)), limit, isLatency);
  }

  CheckResult against(Report report) {
    double value = figure.applyAsDouble(report);
    return new CheckResult(this, value, !Double.isNaN(value) && relation.holds(value, limit));
  }

  String text() {
    return text;
  }

  /** Whether its figure is in milliseconds. */
  boolean isLatency() {
    return isLatency;
  }

  private static ToDoubleFunction<Report> ofWhole(String text, String name) {
    return Optional.ofNullable(WHOLE.get(name))
        .orElseThrow(() -> unknown(
            text, name, String.join(", ", WHOLE.keySet().stream().sorted().toList())));
  }

  private static ToDoubleFunction<Report> ofKind(String text, String kindName, String name) {
    RequestKind kind = Arrays.stream(RequestKind.values())
        .filter(candidate -> candidate.key().equals(kindName))
        .findFirst()
        .orElseThrow(() -> unknown(text, kindName, kindNames()));
    if (name.equals("failures") && !kind.isSent()) {
      // It would hold whatever fails.
      throw new IllegalArgumentException("'" + text + "': only query, buy and order have failures");
    }
    ToDoubleFunction<Figures> figure = OF_KIND.get(name);
    if (figure != null) {
      return report -> figure.applyAsDouble(report.figures(kind));
    }
    Matcher percentile = PERCENTILE.matcher(name);
    if (!percentile.matches()) {
      throw unknown(text, name, "p50, p99.9, mean, min, max, count, failures, throughput");
    }
    double rank = Double.parseDouble(percentile.group(1));
    return report -> report.figures(kind).percentileMs(rank);
  }

  private static String kindNames() {
    return Arrays.stream(RequestKind.values())
        .map(RequestKind::key)
        .collect(Collectors.joining(", "));
  }

  private static double limit(
      String text, String number, String unit, boolean isLatency, String name) {
    double value;
    try {
      value = Double.parseDouble(number);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "': " + number + " is not a number", e);
    }
    boolean isTime = unit != null && !unit.equals("/s");
    if (isLatency != isTime) {
      throw new IllegalArgumentException(
          "'" + text + "': " + name + (isLatency ? " needs a unit: us, ms or s" : " is no time"));
    }
    if ("/s".equals(unit) && !name.equals("throughput")) {
      throw new IllegalArgumentException("'" + text + "': " + name + " is not per second");
    }
    return isLatency ? value * Durations.NANOS_PER_UNIT.get(unit) / NS_PER_MS : value;
  }

  private static IllegalArgumentException unknown(String text, String name, String known) {
    return new IllegalArgumentException(
        "'" + text + "': unknown figure '" + name + "', known: " + known);
  }

  /**
   * What became of a check.
   *
   * @param value of its figure, milliseconds for a latency; not a number: nothing was measured
   */
  record CheckResult(Check check, double value, boolean passed) {}

  private enum Relation {
    LESS("<"),
    AT_MOST("<="),
    MORE(">"),
    AT_LEAST(">="),
    EQUAL("=="),
    UNEQUAL("!=");

    private final String sign;

    Relation(String sign) {
      this.sign = sign;
    }

    static Relation of(String sign) {
      return Arrays.stream(values())
          .filter(relation -> relation.sign.equals(sign))
          .findFirst()
          .orElseThrow();
    }

    boolean holds(double value, double limit) {
      return switch (this) {
        case LESS -> value < limit;
        case AT_MOST -> value <= limit;
        case MORE -> value > limit;
        case AT_LEAST -> value >= limit;
        case EQUAL -> value == limit;
        case UNEQUAL -> value != limit;
      };
    }
  }
}
