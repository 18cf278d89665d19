package toystore.evaluation;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import toystore.edge.Leg;
import toystore.edge.Metrics;

/** A made-up purchase, of round microseconds, by two clients at a time. */
final class LegSamples {
  static final LegsPlan PLAN = new LegsPlan(
      List.of(1),
      Duration.ofSeconds(9),
      Duration.ZERO,
      Duration.ofSeconds(2),
      Duration.ofSeconds(1));
  static final int PURCHASES = 10;

  private LegSamples() {}

  static LegNode purchase() {
    return PurchaseTree.of(client(), figures(false), figures(true), "order-3");
  }

  static LegsMeasured measured(int connections) {
    return new LegsMeasured(
        connections,
        new Throughput(1000, 1, 2, 3, PURCHASES),
        "order-3",
        purchase(),
        List.of(new LegsMeasured.Cost("catalog", 1, 0.5, 3, 100)));
  }

  private static LegHistogram client() {
    Histogram ns = new Histogram(5);
    ns.recordValueWithCount(1_000_000, PURCHASES);
    return LegHistogram.of(ns);
  }

  /** @param bought whether the purchases are among them */
  static Map<String, ServiceFigures> figures(boolean bought) {
    Map<String, Metrics> services = new LinkedHashMap<>();
    for (String service : List.of("catalog", "order-1", "order-2", "order-3", "front-end")) {
      services.put(service, Metrics.ofService(service));
    }
    Metrics leader = services.get("order-3");
    if (bought) {
      times(services.get("front-end"), Leg.PURCHASE, 900);
      times(services.get("front-end"), Leg.BUY_WAIT, 100);
      times(services.get("front-end"), Leg.BUY_CALL, 700);
      times(leader, Leg.BUY, 600);
      times(leader, Leg.RESERVE_WAIT, 60);
      times(leader, Leg.RESERVE_CALL, 300);
      times(leader, Leg.PROPOSE_WAIT, 10);
      times(leader, Leg.REPLICATE, 200);
      times(leader, Leg.ANSWER, 30);
      times(leader, Leg.LOG, 100);
      times(leader, Leg.SETTLE_CALL, 500);
      leader.leg(Leg.APPEND_CALL, "1").record(PURCHASES, 150_000);
      leader.leg(Leg.APPEND_CALL, "2").record(PURCHASES, 900_000);
      times(services.get("order-1"), Leg.APPEND, 110);
      times(services.get("order-1"), Leg.LOG, 90);
      times(services.get("order-2"), Leg.APPEND, 800);
      times(services.get("order-2"), Leg.LOG, 700);
      times(services.get("catalog"), Leg.RESERVE, 240);
      times(services.get("catalog"), Leg.COMMIT_WAIT, 20);
      times(services.get("catalog"), Leg.COMMIT, 180);
      services.get("catalog").leg(Leg.INVALIDATE).record(PURCHASES / 2, 220_000);
    }
    Map<String, ServiceFigures> figures = new LinkedHashMap<>();
    services.forEach((name, metrics) ->
        figures.put(name, ServiceFigures.parse(metrics.registry().scrape())));
    return figures;
  }

  private static void times(Metrics service, Leg leg, long us) {
    service.leg(leg).record(PURCHASES, us * 1_000);
  }
}
