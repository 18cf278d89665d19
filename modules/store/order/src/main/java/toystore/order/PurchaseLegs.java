package toystore.order;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import toystore.edge.Leg;
import toystore.edge.LegTimes;
import toystore.edge.Metrics;
import toystore.model.PurchaseRequest;

/**
 * How long a leader's purchases are on each of their legs. Those count that went all the way to an
 * order, so that the legs of a purchase add up to the whole. Owned by one event loop.
 */
final class PurchaseLegs {
  private final LegTimes whole;
  private final LegTimes reserveWait;
  private final LegTimes reserveCall;
  private final LegTimes proposeWait;
  private final LegTimes replicate;
  private final LegTimes answer;
  // Invariant: only purchases that somebody waits for. So their number has the limit that those
  // have.
  private final Map<String, Stations> underWay = new HashMap<>();

  PurchaseLegs(Metrics metrics) {
    whole = metrics.leg(Leg.BUY);
    reserveWait = metrics.leg(Leg.RESERVE_WAIT);
    reserveCall = metrics.leg(Leg.RESERVE_CALL);
    proposeWait = metrics.leg(Leg.PROPOSE_WAIT);
    replicate = metrics.leg(Leg.REPLICATE);
    answer = metrics.leg(Leg.ANSWER);
  }

  /** The clock's readings where one purchase was; 0 where it has not been yet. */
  private static final class Stations {
    private final long came;
    private long asked;
    private long reserved;
    private long proposed;
    private long applied;

    Stations(long came) {
      this.came = came;
    }
  }

  void came(PurchaseRequest purchase, long nowNanos) {
    underWay.putIfAbsent(purchase.key(), new Stations(nowNanos));
  }

  /** The call to the catalog leaves that has them; of several, the last one counts. */
  void reserving(List<PurchaseRequest> purchases, long nowNanos) {
    note(purchases, nowNanos, (stations, now) -> stations.asked = now);
  }

  void reserved(List<PurchaseRequest> purchases, long nowNanos) {
    note(purchases, nowNanos, (stations, now) -> stations.reserved = now);
  }

  void proposed(List<PurchaseRequest> purchases, long nowNanos) {
    note(purchases, nowNanos, (stations, now) -> stations.proposed = now);
  }

  void ordered(PurchaseRequest purchase, long nowNanos) {
    note(List.of(purchase), nowNanos, (stations, now) -> stations.applied = now);
  }

  private void note(
      List<PurchaseRequest> purchases, long nowNanos, ObjLongConsumer<Stations> station) {
    for (PurchaseRequest purchase : purchases) {
      Stations stations = underWay.get(purchase.key());
      if (stations != null) {
        station.accept(stations, nowNanos);
      }
    }
  }

  /** The first of those who wait for it has his answer. */
  void answered(PurchaseRequest purchase, long nowNanos) {
    Stations at = underWay.remove(purchase.key());
    // A repeated one may have come after its reservation: then it was not on all legs.
    if (at != null && at.asked > 0 && at.reserved > 0 && at.proposed > 0 && at.applied > 0) {
      reserveWait.record(at.asked - at.came);
      reserveCall.record(at.reserved - at.asked);
      proposeWait.record(at.proposed - at.reserved);
      replicate.record(at.applied - at.proposed);
      answer.record(nowNanos - at.applied);
      whole.record(nowNanos - at.came);
    }
  }
}
