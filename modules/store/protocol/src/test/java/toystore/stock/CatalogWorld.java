package toystore.stock;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import toystore.cache.ProductCache;
import toystore.cache.SessionKeeper;
import toystore.model.Claim;
import toystore.model.Fenced;
import toystore.model.Mark;
import toystore.model.PurchaseRequest;
import toystore.model.ReserveOutcome;
import toystore.model.StoreError;
import toystore.stock.CatalogMessages.Lease;
import toystore.stock.CatalogMessages.ReserveOutcomes;
import toystore.stock.CatalogMessages.ToyState;
import toystore.stock.CatalogMessages.Toys;
import toystore.stock.CatalogOptions.CatalogBounds;
import toystore.stock.CatalogOptions.Leases;
import toystore.stock.CatalogOptions.Remembering;
import toystore.stock.CatalogOptions.Restocking;
import toystore.stock.FrontEndMessages.ToyChange;
import toystore.virtualtime.Chance;
import toystore.virtualtime.Timeline;
import toystore.virtualtime.Violation;

/**
 * A catalog, two caches, buyers and readers in one thread and virtual time. Messages are lost,
 * delayed and overtake each other; the catalog crashes; clocks drift. After every event the
 * promises are checked. All chance comes from the seed.
 */
final class CatalogWorld {
  private static final List<PricedToy> TOYS =
      List.of(new PricedToy("Tux", 1599), new PricedToy("Fox", 1249));
  private static final long LEASE_MS = 200;
  private static final long MARGIN_MS = 20;
  private static final int MAX_DRIFT_PERCENT = 8;
  private static final long START_MS = 1_000;
  private static final int TIMEOUT_MS = 80;
  private static final long BUSY_MS = 4_000;
  private static final long STOCK = 6;

  private final Chance chance;
  private final Timeline timeline = new Timeline();
  private final ModelDisk disk = new ModelDisk(4);
  private final Promises promises = new Promises();
  private final List<SimulatedCache> caches = new ArrayList<>();
  private final Map<Long, Consumer<CatalogReply>> asked = new HashMap<>();
  private final CatalogOptions options;
  private CatalogCore core;
  private int run;
  private long tickMs;
  private long lastToken;
  private long epoch = 1;
  private int purchases;

  CatalogWorld(long seed) {
    chance = new Chance(seed);
    options = new CatalogOptions(
        new Leases(LEASE_MS, MARGIN_MS, 30),
        new Restocking(STOCK, 300),
        Remembering.USUAL,
        new CatalogBounds(1_000, 50, Long.MAX_VALUE),
        10,
        seed);
    for (int id = 1; id <= 2; id++) {
      int drift = chance.between(-MAX_DRIFT_PERCENT * 100, MAX_DRIFT_PERCENT * 100);
      caches.add(new SimulatedCache(id, 1 + drift / 10_000.0));
    }
  }

  private long nowMs() {
    return START_MS + timeline.now();
  }

  /** Runs all to the end; throws a Violation where a promise is broken. */
  void play() {
    start();
    caches.forEach(this::keepSession);
    caches.forEach(this::readOften);
    every(20, this::buy);
    every(400, this::takeOver);
    every(900, this::crash);
    timeline.runUntil(2 * BUSY_MS);
    // At rest nothing is pending: no change waits for ever.
    if (core.figures().pendingChanges() != 0 || !disk.isIdle()) {
      throw new Violation("pending at rest: " + core.figures());
    }
  }

  private boolean isBusy() {
    return timeline.now() < BUSY_MS;
  }

  private void start() {
    run++;
    core = new CatalogCore(options, disk.state(), TOYS, nowMs());
    tickMs = Long.MAX_VALUE;
    carryOut(core.tick(nowMs()));
  }

  private void crash() {
    if (isBusy() && core != null) {
      disk.crash();
      asked.clear();
      core = null;
      timeline.after(chance.below(100), this::start);
    }
  }

  private void buy() {
    if (!isBusy()) {
      return;
    }
    String key = "k" + (chance.below(3) == 0 ? chance.below(purchases + 1) : ++purchases);
    // The body of a key follows from it: a repeated key is a repeated request.
    PurchaseRequest request = new PurchaseRequest(
        key, (key.hashCode() & 1) == 0 ? "Tux" : "Fox", 1 + (key.hashCode() >> 1 & 1));
    long asEpoch = Math.max(1, epoch - (chance.below(5) == 0 ? 1 : 0));
    toCatalog((token, now) -> reserve(token, asEpoch, request), reply -> {
      if (reply.refusal() == null) {
        ReserveOutcome outcome = ((ReserveOutcomes) reply.answer()).outcomes().get(0);
        promises.told(request, outcome);
        if (outcome == ReserveOutcome.HELD) {
          timeline.after(chance.below(100), () -> settle(key));
        }
      }
    });
  }

  private Claim claim(long asEpoch) {
    return new Claim(asEpoch, options.incarnation(), Mark.NONE);
  }

  private CatalogEffects reserve(long token, long asEpoch, PurchaseRequest request) {
    CatalogEffects effects =
        core.reserve(token, claim(asEpoch), List.of(request), List.of(Long.MAX_VALUE), nowMs());
    boolean refused = effects.replies().stream()
        .anyMatch(reply -> reply.token() == token && refusedAs(reply, StoreError.FENCED));
    if (asEpoch < promises.fence() && !refused) {
      throw new Violation("epoch " + asEpoch + " passed fence " + promises.fence());
    }
    return effects;
  }

  private void settle(String key) {
    toCatalog((token, now) -> core.settle(token, claim(epoch), List.of(key), now), reply -> {});
  }

  private void takeOver() {
    if (isBusy()) {
      long newEpoch = ++epoch;
      toCatalog((token, now) -> core.fence(token, newEpoch, 1, now), reply -> {
        if (reply.answer() instanceof Fenced fenced && fenced.accepted()) {
          promises.fenced(newEpoch);
          promises.toldHolds(fenced.holds());
        }
      });
    }
  }

  private void keepSession(SimulatedCache front) {
    SessionKeeper.SessionRequest request = front.keeper.tick(front.nanos(nowMs()));
    long session = front.cache.session();
    if (request != SessionKeeper.SessionRequest.NONE) {
      // Whichever comes first ends it: an answer, or a silence that lasts too long.
      boolean[] over = {false};
      Consumer<Runnable> end = how -> {
        if (!over[0]) {
          over[0] = true;
          how.run();
        }
      };
      timeline.after(TIMEOUT_MS, () -> end.accept(front.keeper::unanswered));
      toCatalog(
          (token, now) -> request == SessionKeeper.SessionRequest.HELLO
              ? core.hello(token, front.id, "address:" + front.id, now)
              : core.renew(token, session, now),
          reply -> back(() -> end.accept(() -> settle(front, reply))));
    }
    if (timeline.now() < BUSY_MS + 1_000) {
      // Now and then a front-end hangs for longer than its lease.
      timeline.after(chance.oneIn(100) ? 3 * LEASE_MS : 10, () -> keepSession(front));
    }
  }

  private static void settle(SimulatedCache front, CatalogReply reply) {
    if (reply.refusal() == null) {
      Lease granted = (Lease) reply.answer();
      front.keeper.granted(granted.session(), granted.leaseMs());
    } else if (refusedAs(reply, StoreError.SESSION_EXPIRED)) {
      front.keeper.refused();
    } else {
      front.keeper.unanswered();
    }
  }

  private void readOften(SimulatedCache front) {
    if (isBusy()) {
      read(front, toy());
      timeline.after(1 + chance.below(8), () -> readOften(front));
    }
  }

  private void read(SimulatedCache front, String toy) {
    long atLeast = promises.lastTold(toy);
    ToyState copy = front.cache.find(toy, front.nanos(nowMs()));
    if (copy != null) {
      promises.read(copy, atLeast);
      return;
    }
    long session = front.cache.session();
    ProductCache.Ticket ticket = front.cache.beginLoad(toy);
    toCatalog((token, now) -> core.read(token, session, List.of(toy), now), reply -> {
      if (reply.refusal() == null) {
        ToyState state = ((Toys) reply.answer()).toys().get(0);
        back(() -> {
          promises.read(state, atLeast);
          front.cache.finishLoad(ticket, state.version(), state.cacheable(), state);
        });
      }
    });
  }

  /** Sends a request that may be lost, late or doubled; {@code answered} gets what comes. */
  private void toCatalog(CatalogCore.Question request, Consumer<CatalogReply> answered) {
    int copies = chance.below(20) == 0 ? 0 : chance.below(20) == 0 ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      timeline.after(delay(), () -> {
        if (core != null) {
          long token = ++lastToken;
          asked.put(token, answered);
          carryOut(request.step(token, nowMs()));
        }
      });
    }
  }

  /** Carries an answer back; it may be lost or late. */
  private void back(Runnable arrive) {
    if (chance.below(20) != 0) {
      timeline.after(delay(), arrive);
    }
  }

  private void carryOut(CatalogEffects effects) {
    promises.changed(core);
    effects.write().ifPresent(write -> promises.decided(core, write));
    effects.write().ifPresent(this::write);
    effects.pushes().forEach(this::push);
    inThisRun(chance.below(50), () -> disk.seal(effects.sealBelow()));
    effects.replies().forEach(reply -> asked.remove(reply.token()).accept(reply));
    if (core.nextTickMs() < tickMs) {
      tickMs = core.nextTickMs();
      inThisRun(Math.max(0, tickMs - nowMs()) + chance.below(3), () -> {
        tickMs = Long.MAX_VALUE;
        carryOut(core.tick(nowMs()));
      });
    }
  }

  private void write(CatalogWrite write) {
    disk.add(write);
    inThisRun(1 + chance.below(20), () -> {
      long id = disk.commitOne();
      carryOut(core.durable(id, nowMs()));
    });
  }

  private void push(Invalidation push) {
    ToyChange change = new ToyChange(push.toy(), push.version());
    SimulatedCache front = caches.get(Integer.parseInt(push.address().split(":")[1]) - 1);
    back(() -> {
      front.cache.invalidate(push.toy(), push.version());
      back(() -> acknowledge(push.session(), change));
    });
  }

  private void acknowledge(long session, ToyChange change) {
    if (core != null) {
      carryOut(core.acknowledged(session, List.of(change), nowMs()));
    }
  }

  private void every(int meanMs, Runnable act) {
    if (isBusy()) {
      timeline.after(1 + chance.below(2 * meanMs), () -> {
        act.run();
        every(meanMs, act);
      });
    }
  }

  private void inThisRun(long delayMs, Runnable act) {
    int thisRun = run;
    timeline.after(delayMs, () -> {
      if (run == thisRun && core != null) {
        act.run();
      }
    });
  }

  /** Mostly quick; now and then longer than a lease. */
  private long delay() {
    int luck = chance.below(100);
    return luck < 90 ? 1 + chance.below(5) : luck < 99 ? chance.below(60) : 300;
  }

  private String toy() {
    return TOYS.get(chance.below(TOYS.size())).name();
  }

  private static boolean refusedAs(CatalogReply reply, StoreError error) {
    return reply.refusal() != null && reply.refusal().error() == error;
  }
}
