package toystore.client;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import toystore.api.Answer;
import toystore.api.StoreAddress;
import toystore.edge.Address;

/** Reports to render and to check. */
final class Reports {
  private static final long S = 1_000_000_000L;

  Tally tally = new Tally();
  LatencyRecorder latencies = new LatencyRecorder(0);
  OrdersVerdict verdict = new OrdersVerdict(0, 0, List.of());
  List<LeaderChange> leaders = List.of();
  boolean interrupted;
  private List<Check> checks = List.of();
  private double rate;

  Reports checks(String... texts) {
    checks = List.of(texts).stream().map(Check::parse).toList();
    return this;
  }

  Reports rate(double perSecond) {
    rate = perSecond;
    return this;
  }

  Reports verdict(long acknowledged, long lookedUp, BadOrder... findings) {
    verdict = new OrdersVerdict(acknowledged, lookedUp, List.of(findings));
    return this;
  }

  /** So many answers in each of ten seconds, of every kind. */
  Reports load(int perSecond) {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 10 * perSecond; i++) {
      long endNs = i * S / perSecond;
      for (RequestKind kind : List.of(
          RequestKind.QUERY_HIT, RequestKind.QUERY_MISS, RequestKind.BUY, RequestKind.ORDER)) {
        long base = 100_000L * (kind.ordinal() + 1);
        latencies.record(
            kind, endNs - base - (long) (base * -Math.log(random.nextDouble())), endNs);
        tally.count(kind, Answer.ok(kind));
      }
      tally.countIteration();
    }
    return this;
  }

  Report report() {
    LoadSettings settings = new LoadSettings(
        new StoreAddress(new Address("localhost", 8080), false, ""),
        5,
        1,
        new LoadMix(LoadMode.SHOP, 0.4, 1, List.of(), 42),
        new LoadPace(
            new LoadLimit(100, Schedule.UNLIMITED), LoadLimit.NOTHING, rate, Duration.ZERO),
        Duration.ofSeconds(12),
        Duration.ofSeconds(36),
        true,
        checks);
    return new Report(
        settings,
        1_700_000_000_000L,
        10,
        2,
        tally,
        latencies.recording(),
        verdict,
        leaders,
        0,
        interrupted,
        Lateness.Sum.NONE);
  }
}
