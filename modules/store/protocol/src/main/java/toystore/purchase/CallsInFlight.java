package toystore.purchase;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import toystore.model.Claim;
import toystore.model.Epochs;
import toystore.model.PurchaseRequest;
import toystore.stock.CatalogMessages.Fence;
import toystore.stock.CatalogMessages.FindHolds;
import toystore.stock.CatalogMessages.Reserve;
import toystore.stock.CatalogMessages.Settle;

/** The leader's calls to the catalog in flight, and whether the catalog seems to be there. */
final class CallsInFlight {
  private static final long NO_OFFICE = 0;

  private final PurchaseSettings settings;
  /** Without an answer: known to be down, or silent. */
  private final Outage outage;
  /** Known to be down: a call was refused, or its connection broke. */
  private final Outage down;

  private final Map<Long, Flight> inFlight = new LinkedHashMap<>();
  private List<CatalogCall<?>> toSend = new ArrayList<>();
  private long lastId;
  private long notBefore;
  private long nextProbe;
  private long nextSweep;

  CallsInFlight(PurchaseSettings settings) {
    this.settings = settings;
    this.outage = new Outage(settings.deadlineTicks());
    this.down = new Outage(settings.graceTicks());
  }

  void send(Object question, long now) {
    CatalogCall<?> call = new CatalogCall<>(++lastId, question);
    inFlight.put(call.id(), new Flight(call, now));
    toSend.add(call);
  }

  int inFlight(Class<?> kind) {
    int count = 0;
    for (Flight flight : inFlight.values()) {
      if (kind.isInstance(flight.call.question())) {
        count++;
      }
    }
    return count;
  }

  /** The call of this id, which has ended; null where nobody waits for it any more. */
  CatalogCall<?> end(long id) {
    Flight flight = inFlight.remove(id);
    return flight == null ? null : flight.call;
  }

  /** The catalog answered: true where it had been away. */
  boolean answered() {
    boolean wasAway = outage.isOn();
    outage.end();
    down.end();
    return wasAway;
  }

  /**
   * A call failed: true where that is news.
   *
   * @param silent nobody refused it: the catalog may be slow
   */
  boolean failed(long now, boolean silent) {
    boolean wasThere = !outage.isOn();
    outage.begin(now);
    if (silent) {
      down.end();
    } else {
      down.begin(now);
    }
    notBefore = now + settings.retryTicks();
    return wasThere;
  }

  boolean isReachable() {
    return !outage.isOn();
  }

  /**
   * Down for so long, or silent for as long as any purchase waits, that nobody should wait for it.
   */
  boolean isLost(long now) {
    return down.outlastsGrace(now) || outage.outlastsGrace(now);
  }

  /** Whether a call that is not a probe makes sense now. */
  boolean maySend(long now) {
    return now >= notBefore && !isLost(now);
  }

  /** Asks which epoch the catalog obeys: it refuses one below its fence, and names the fence. */
  void askForFence(long now) {
    probeIfDue(now);
    if (maySend(now) && inFlight(Fence.class) == 0) {
      send(new Fence(Epochs.LEAST, NO_OFFICE), now);
    }
  }

  /** Fills the free places for reserve calls with what is queued. */
  void reserve(UnderWay underWay, Claim claim, long now) {
    int free = settings.maxBatchesInFlight() - inFlight(Reserve.class);
    while (free > 0 && underWay.hasQueued()) {
      List<PurchaseRequest> batch = underWay.takeBatch(settings.maxBatch());
      send(new Reserve(claim, batch, underWay.seen(batch)), now);
      free--;
    }
  }

  /** Tells the catalog, in batches and one at a time, which holds are orders. */
  void settle(Settlement settlement, Claim claim, long now) {
    if (settlement.isDue(now) && inFlight(Settle.class) == 0) {
      send(new Settle(claim, settlement.takeBatch()), now);
    }
  }

  /** Looks, now and then, for holds that should have been settled. */
  void sweep(Claim claim, long now) {
    if (now >= nextSweep && inFlight(FindHolds.class) == 0) {
      nextSweep = now + settings.sweepTicks();
      send(new FindHolds(claim, settings.sweepAgeMs()), now);
    }
  }

  void sweepAt(long tick) {
    nextSweep = tick;
  }

  void probeIfDue(long now) {
    if (now >= nextProbe
        && (outage.isOn() || isSlow(now))
        && inFlight(CatalogCall.Probe.class) == 0) {
      nextProbe = now + settings.probeTicks();
      send(new CatalogCall.Probe(), now);
    }
  }

  /** A hung catalog must be noticed long before a call to it may time out. */
  private boolean isSlow(long now) {
    Iterator<Flight> oldestFirst = inFlight.values().iterator();
    return oldestFirst.hasNext() && now - oldestFirst.next().sentAt >= settings.suspectTicks();
  }

  /** Forgets every call: their answers concern an office that is over. */
  void reset() {
    inFlight.clear();
    toSend.clear();
    outage.end();
    down.end();
    notBefore = 0;
  }

  List<CatalogCall<?>> takeCalls() {
    if (toSend.isEmpty()) {
      return List.of();
    }
    List<CatalogCall<?>> taken = toSend;
    toSend = new ArrayList<>();
    return taken;
  }

  private record Flight(CatalogCall<?> call, long sentAt) {}
}
