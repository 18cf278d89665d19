package toystore.stock;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Consumer;
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
  private static final double MAX_DRIFT = 0.08;
  private static final long BUSY_MS = 4_000;
  private static final long STOCK = 6;

  private record Event(long atMs, long number, Runnable what) {}

  private final Random random;
  private final Omission omission;
  private final PriorityQueue<Event> events = new PriorityQueue<>(
      (a, b) -> a.atMs != b.atMs ? Long.compare(a.atMs, b.atMs) : Long.compare(a.number, b.number));
  private final ModelDisk disk = new ModelDisk();
  private final Promises promises = new Promises();
  private final List<CacheModel> caches = new ArrayList<>();
  private final Map<Long, Consumer<CatalogReply>> asked = new HashMap<>();
  private final CatalogOptions options;
  private CatalogCore core;
  private int run;
  private long tickMs;
  private long nowMs = 1_000;
  private long eventNumber;
  private long lastToken;
  private long epoch = 1;
  private int purchases;

  CatalogWorld(long seed, Omission omission) {
    this.random = new Random(seed);
    this.omission = omission;
    long margin = omission == Omission.MARGIN_FOR_DRIFT ? 1 : MARGIN_MS;
    options = new CatalogOptions(
        new Leases(LEASE_MS, margin, 30),
        new Restocking(STOCK, 300),
        Remembering.USUAL,
        new CatalogBounds(1_000, 50, Long.MAX_VALUE),
        10,
        seed);
    for (int id = 1; id <= 2; id++) {
      double rate = 1 + MAX_DRIFT * (2 * random.nextDouble() - 1);
      caches.add(new CacheModel(id, rate, omission));
    }
  }

  /** Runs all to the end; throws an AssertionError where a promise is broken. */
  void play() {
    start();
    caches.forEach(this::keepSession);
    caches.forEach(this::readOften);
    every(20, this::buy);
    every(400, this::takeOver);
    every(900, this::crash);
    while (!events.isEmpty() && nowMs < 2 * BUSY_MS) {
      Event next = events.remove();
      nowMs = next.atMs;
      next.what.run();
    }
    // At rest nothing is pending: no change waits for ever.
    if (core.figures().pendingChanges() != 0 || !disk.isIdle()) {
      throw new AssertionError("pending at rest: " + core.figures());
    }
  }

  private boolean isBusy() {
    return nowMs < BUSY_MS;
  }

  private void start() {
    run++;
    CatalogState state = disk.state();
    if (omission == Omission.GRACE_AFTER_A_RESTART) {
      state.meta().remove(Meta.LEASE_MS);
    }
    if (omission == Omission.SESSION_IDS_SURVIVE) {
      state.meta().remove(Meta.LAST_SESSION);
    }
    core = new CatalogCore(options, state, TOYS, nowMs);
    tickMs = Long.MAX_VALUE;
    carryOut(core.tick(nowMs));
  }

  private void crash() {
    if (isBusy() && core != null) {
      disk.crash();
      asked.clear();
      core = null;
      after(random.nextInt(100), this::start);
    }
  }

  private void buy() {
    if (!isBusy()) {
      return;
    }
    String key = "k" + (random.nextInt(3) == 0 ? random.nextInt(purchases + 1) : ++purchases);
    // The body of a key follows from it: a repeated key is a repeated request.
    PurchaseRequest request = new PurchaseRequest(
        key, (key.hashCode() & 1) == 0 ? "Tux" : "Fox", 1 + (key.hashCode() >> 1 & 1));
    long asEpoch = Math.max(1, epoch - (random.nextInt(5) == 0 ? 1 : 0));
    toCatalog((token, now) -> reserve(token, asEpoch, request), reply -> {
      if (reply.refusal() == null) {
        ReserveOutcome outcome = ((ReserveOutcomes) reply.answer()).outcomes().get(0);
        promises.told(request, outcome);
        if (outcome == ReserveOutcome.HELD) {
          after(random.nextInt(100), () -> settle(key));
        }
      }
    });
  }

  private Claim claim(long asEpoch) {
    return new Claim(asEpoch, options.incarnation(), Mark.NONE);
  }

  private CatalogEffects reserve(long token, long asEpoch, PurchaseRequest request) {
    CatalogEffects effects =
        core.reserve(token, claim(asEpoch), List.of(request), List.of(Long.MAX_VALUE), nowMs);
    boolean refused = effects.replies().stream()
        .anyMatch(reply -> reply.token() == token && refusedAs(reply, StoreError.FENCED));
    if (asEpoch < promises.fence() && !refused) {
      throw new AssertionError("epoch " + asEpoch + " passed fence " + promises.fence());
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

  private void keepSession(CacheModel cache) {
    long sentMs = nowMs;
    long session = cache.session();
    toCatalog(
        (token, now) -> session == 0
            ? core.hello(token, cache.id, "address:" + cache.id, now)
            : core.renew(token, session, now),
        reply -> back(() -> {
          if (reply.refusal() == null) {
            Lease granted = (Lease) reply.answer();
            // A lease granted to a session that was given up meanwhile is of no use.
            if (session == cache.session()) {
              cache.granted(granted.session(), granted.leaseMs(), sentMs, nowMs);
            }
          } else if (refusedAs(reply, StoreError.SESSION_EXPIRED)) {
            cache.over(session);
          }
        }));
    if (nowMs < BUSY_MS + 1_000) {
      // Now and then a front-end hangs for longer than its lease.
      long pause = random.nextInt(8) == 0 ? 3 * LEASE_MS : LEASE_MS / 3;
      after(pause, () -> keepSession(cache));
    }
  }

  private void readOften(CacheModel cache) {
    if (isBusy()) {
      read(cache, toy());
      after(1 + random.nextInt(8), () -> readOften(cache));
    }
  }

  private void read(CacheModel cache, String toy) {
    long atLeast = promises.lastTold(toy);
    ToyState copy = cache.find(toy, nowMs);
    if (copy != null) {
      promises.read(copy, atLeast);
      return;
    }
    long session = cache.session();
    long ticket = cache.beginFill(toy);
    toCatalog((token, now) -> core.read(token, session, List.of(toy), now), reply -> {
      if (reply.refusal() == null) {
        ToyState state = altered(((Toys) reply.answer()).toys().get(0), session);
        back(() -> {
          promises.read(state, atLeast);
          cache.finishFill(ticket, state);
        });
      }
    });
  }

  private ToyState altered(ToyState state, long session) {
    if (omission == Omission.NO_COPIES_DURING_A_CHANGE && session != 0) {
      return new ToyState(
          state.name(), state.priceCents(), state.quantity(), state.version(), true);
    }
    if (omission == Omission.VISIBILITY_AFTER_ACKNOWLEDGEMENT) {
      ToyRow row = Promises.newest(core, state.name());
      return new ToyState(
          row.name(), row.priceCents(), row.stock(), row.version(), state.cacheable());
    }
    return state;
  }

  /** Sends a request that may be lost, late or doubled; {@code answered} gets what comes. */
  private void toCatalog(CatalogCore.Question request, Consumer<CatalogReply> answered) {
    int copies = random.nextInt(20) == 0 ? 0 : random.nextInt(20) == 0 ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      after(delay(), () -> {
        if (core != null) {
          long token = ++lastToken;
          asked.put(token, answered);
          carryOut(request.step(token, nowMs));
        }
      });
    }
  }

  /** Carries an answer back; it may be lost or late. */
  private void back(Runnable arrive) {
    if (random.nextInt(20) != 0) {
      after(delay(), arrive);
    }
  }

  private void carryOut(CatalogEffects effects) {
    promises.changed(core);
    effects.write().ifPresent(write -> promises.decided(core, write));
    effects.write().ifPresent(this::write);
    effects.pushes().forEach(this::push);
    effects.replies().forEach(reply -> asked.remove(reply.token()).accept(reply));
    if (core.nextTickMs() < tickMs) {
      tickMs = core.nextTickMs();
      inThisRun(tickMs - nowMs + random.nextInt(3), () -> {
        tickMs = Long.MAX_VALUE;
        carryOut(core.tick(nowMs));
      });
    }
  }

  private void write(CatalogWrite write) {
    disk.add(write);
    inThisRun(1 + random.nextInt(20), () -> {
      long id = disk.commitOne();
      if (omission == Omission.REFUSAL_BEHIND_CHANGES) {
        write.refused().forEach(refusal -> promises.known(refusal.key(), refusal.toy()));
      }
      if (omission == Omission.HOLDS_BEHIND_CHANGES && write.meta().containsKey(Meta.FENCE)) {
        disk.ledger().stream()
            .filter(row -> row.state() == LedgerState.HELD)
            .forEach(row -> promises.known(row.key(), row.toy()));
      }
      carryOut(core.durable(id, nowMs));
    });
  }

  private void push(Invalidation push) {
    ToyChange change = new ToyChange(push.toy(), push.version());
    if (omission == Omission.WAITING_FOR_ACKNOWLEDGEMENTS) {
      inThisRun(0, () -> acknowledge(push.session(), change));
    }
    CacheModel cache = caches.get(Integer.parseInt(push.address().split(":")[1]) - 1);
    back(() -> {
      cache.invalidate(push.toy(), push.version());
      back(() -> acknowledge(push.session(), change));
    });
  }

  private void acknowledge(long session, ToyChange change) {
    if (core != null) {
      carryOut(core.acknowledged(session, List.of(change), nowMs));
    }
  }

  private void every(int meanMs, Runnable act) {
    if (isBusy()) {
      after(1 + random.nextInt(2 * meanMs), () -> {
        act.run();
        every(meanMs, act);
      });
    }
  }

  private void inThisRun(long delayMs, Runnable act) {
    int thisRun = run;
    after(delayMs, () -> {
      if (run == thisRun && core != null) {
        act.run();
      }
    });
  }

  private void after(long delayMs, Runnable act) {
    events.add(new Event(nowMs + Math.max(0, delayMs), ++eventNumber, act));
  }

  /** Mostly quick; now and then longer than a lease. */
  private long delay() {
    int chance = random.nextInt(100);
    return chance < 90 ? 1 + random.nextInt(5) : chance < 99 ? random.nextInt(60) : 300;
  }

  private String toy() {
    return TOYS.get(random.nextInt(TOYS.size())).name();
  }

  private static boolean refusedAs(CatalogReply reply, StoreError error) {
    return reply.refusal() != null && reply.refusal().error() == error;
  }
}
