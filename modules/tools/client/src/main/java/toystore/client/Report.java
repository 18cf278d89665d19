package toystore.client;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import toystore.command.ExitCode;

/**
 * What came of a load. Pure data, rendered by {@link TextReport}, {@link JsonReport}, {@link
 * HtmlReport} and {@link HdrLog}.
 *
 * @param startedAtMs when the load that counts began, milliseconds since 1970
 * @param loadSeconds from its first request to its last answer
 * @param verifySeconds from the first order looked up to the last
 * @param tally counts, without the warm-up's
 * @param recording latencies, without the warm-up's
 * @param verdict what became of all orders, the warm-up's too
 * @param leaders who led at the start, and each change since; empty if the store does not say
 * @param givenUp iterations that should have started, but the store was too slow (open loop)
 * @param interrupted whether it was stopped before its end
 * @param lateness how late the client itself was
 */
public record Report(
    LoadSettings settings,
    long startedAtMs,
    double loadSeconds,
    double verifySeconds,
    Tally tally,
    Recording recording,
    OrdersVerdict verdict,
    List<LeaderChange> leaders,
    long givenUp,
    boolean interrupted,
    Lateness.Sum lateness) {
  public Report {
    leaders = List.copyOf(leaders);
  }

  public Figures figures(RequestKind kind) {
    double seconds = kind == RequestKind.ORDER ? verifySeconds : loadSeconds;
    return new Figures(kind, recording.total(kind), tally.failures(kind), seconds);
  }

  /** The kinds to show: those that occurred, and the two that every load has. */
  List<RequestKind> kinds() {
    List<RequestKind> kinds = new ArrayList<>();
    for (RequestKind kind : RequestKind.values()) {
      boolean always = kind == RequestKind.QUERY || kind == RequestKind.BUY;
      if (always || recording.has(kind) || tally.failures(kind) > 0) {
        kinds.add(kind);
      }
    }
    return kinds;
  }

  /** The seconds since the load began that have any latencies. */
  SortedSet<Integer> seconds() {
    SortedSet<Integer> seconds = new TreeSet<>();
    kinds().forEach(kind -> seconds.addAll(recording.seconds(kind)));
    return seconds;
  }

  /** One kind's latencies second by second. */
  public List<Moment> timeline(RequestKind kind) {
    List<Moment> moments = new ArrayList<>();
    for (int second : recording.seconds(kind)) {
      recording.at(kind, second).ifPresent(latencies -> moments.add(new Moment(second, latencies)));
    }
    return moments;
  }

  public double iterationsPerSecond() {
    return loadSeconds > 0 ? tally.iterations() / loadSeconds : 0;
  }

  List<Check.CheckResult> checkResults() {
    return settings.checks().stream().map(check -> check.against(this)).toList();
  }

  /** What clients tried and never once got: a store that only answers queries does not serve. */
  List<RequestKind> unserved() {
    return Stream.of(RequestKind.QUERY, RequestKind.UNKNOWN, RequestKind.BUY)
        .filter(tally::neverSucceeded)
        .toList();
  }

  /** It in one line for a person. */
  public String inWords() {
    return VerdictLine.words(this);
  }

  /** The most important of what there is to say. */
  public ExitCode exitCode() {
    if (!verdict.findings().isEmpty()) {
      return ExitCode.BROKEN;
    }
    if (interrupted) {
      return ExitCode.INTERRUPTED;
    }
    boolean isUnverified = settings.verify() && verdict.unverified() > 0;
    if (!unserved().isEmpty() || isUnverified) {
      return ExitCode.NOT_DONE;
    }
    return checkResults().stream().allMatch(Check.CheckResult::passed)
        ? ExitCode.GOOD
        : ExitCode.NOT_GOOD;
  }

  /**
   * One second's latencies in short.
   *
   * @param second since the load began
   */
  public record Moment(int second, long count, double p50Ms, double p99Ms, double maxMs) {
    private static final double NS_PER_MS = 1e6;

    Moment(int second, Histogram latencies) {
      this(
          second,
          latencies.getTotalCount(),
          latencies.getValueAtPercentile(50) / NS_PER_MS,
          latencies.getValueAtPercentile(99) / NS_PER_MS,
          latencies.getMaxValue() / NS_PER_MS);
    }
  }
}
