package toystore.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import toystore.model.Claim;
import toystore.model.Fenced;
import toystore.model.PurchaseRequest;
import toystore.model.ReserveOutcome;
import toystore.model.StoreError;
import toystore.purchase.CatalogCall;
import toystore.stock.CatalogCore;
import toystore.stock.CatalogEffects;
import toystore.stock.CatalogMessages.Holds;
import toystore.stock.CatalogMessages.ReserveOutcomes;
import toystore.stock.CatalogMessages.ToyState;
import toystore.stock.CatalogMessages.Toys;
import toystore.stock.CatalogMessages.Verified;
import toystore.stock.CatalogOptions;
import toystore.stock.CatalogReply;
import toystore.stock.CatalogWrite;
import toystore.stock.FrontEndMessages.Change;
import toystore.stock.Invalidation;
import toystore.stock.LedgerState;
import toystore.stock.PricedToy;

/** The catalog: its core, its disk, and its shell's part between them. */
final class CatalogProcess extends Service {
  static final String TUX = "Tux";
  static final String FOX = "Fox";

  private static final List<PricedToy> TOYS =
      List.of(new PricedToy(TUX, 1599), new PricedToy(FOX, 1249));
  private static final Object DONE = "done";

  /** An answer, or why there is none; the other one is null. */
  record Answer(Object body, StoreError error) {
    static final Answer OK = new Answer(DONE, null);
  }

  /** A request to the core. */
  interface Request {
    CatalogEffects step(CatalogCore core, long token, long nowMs);
  }

  /** Who waits for an answer, and what of his purchases the catalog was asked. */
  private record Asked(
      Call<Answer> call, List<PurchaseRequest> asked, long session, CatalogCall wanted) {}

  private final CatalogDisk disk = new CatalogDisk();
  private final Map<Long, Asked> asked = new HashMap<>();
  private CatalogCore core;
  /** The highest epoch whose fence was answered. */
  private long fenced;
  /** Names this run. */
  private long incarnation;

  private long lastToken;
  private long timerMs;
  private boolean writing;

  CatalogProcess(World world, int index) {
    super(world, index, "catalog");
  }

  CatalogDisk disk() {
    return disk;
  }

  @Override
  void started() {
    timerMs = Long.MAX_VALUE;
    writing = false;
    world.promises.catalogStarts(disk.state());
    int marginMs = world.wiring.marginMs(Times.MARGIN_MS);
    CatalogOptions options = Times.catalog(world.plan, marginMs, world.chance.next());
    incarnation = options.incarnation();
    core = new CatalogCore(options, world.wiring.found(disk.state()), TOYS, clockMs());
    carryOut(core.tick(clockMs()));
  }

  @Override
  void stopped() {
    disk.crash(world.chance);
    asked.clear();
  }

  void hello(String address, Call<Answer> call) {
    ask(call, 0, (at, token, now) -> at.hello(token, 1, address, now));
  }

  void renew(long session, Call<Answer> call) {
    ask(call, session, (at, token, now) -> at.renew(token, session, now));
  }

  void read(long session, List<String> names, Call<Answer> call) {
    ask(call, session, (at, token, now) -> at.read(token, session, names, now));
  }

  void serve(CatalogCall wanted, Call<Answer> call) {
    if (wanted instanceof CatalogCall.Reserve reserve) {
      List<PurchaseRequest> taken = world.wiring.reserving(reserve.requests());
      Asked who = new Asked(call, reserve.requests(), 0, wanted);
      Claim claim = claim(reserve.claim());
      List<Long> seen = world.wiring.seenAtCatalog(reserve.seenMs());
      ask(who, (at, token, now) -> at.reserve(token, claim, taken, seen, now));
    } else if (wanted instanceof CatalogCall.Fence fence) {
      Asked who = new Asked(call, List.of(), 0, wanted);
      ask(who, (at, token, now) -> at.fence(token, fence.epoch(), fence.office(), now));
    } else if (wanted instanceof CatalogCall.Verify verify) {
      Asked who = new Asked(call, List.of(), 0, wanted);
      ask(who, (at, token, now) -> at.verify(token, verify.claim(), verify.orders(), now));
    } else if (wanted instanceof CatalogCall.Holds holds) {
      Claim claim = claim(holds.claim());
      ask(call, 0, (at, token, now) -> at.holds(token, claim, holds.olderThanMs(), now));
    } else if (wanted instanceof CatalogCall.Settle settle) {
      List<String> keys = world.wiring.settling(settle.keys());
      Claim claim = world.wiring.claimed(settle.claim(), incarnation);
      ask(call, 0, (at, token, now) -> at.settle(token, claim, keys, now));
    } else {
      call.answer(Answer.OK);
    }
  }

  private Claim claim(Claim said) {
    Claim claim = world.wiring.claimed(said, incarnation);
    return new Claim(world.wiring.epochAtCatalog(claim.epoch()), claim.incarnation(), claim.mark());
  }

  private void ask(Call<Answer> call, long session, Request request) {
    ask(new Asked(call, List.of(), session, null), request);
  }

  private void ask(Asked who, Request request) {
    long token = ++lastToken;
    asked.put(token, who);
    if (who.wanted() instanceof CatalogCall.Reserve reserve
        && reserve.epoch() < fenced
        && !world.timeTravel.catalogWentBack()) {
      CatalogEffects effects = request.step(core, token, clockMs());
      if (effects.replies().stream().noneMatch(CatalogProcess::isRefused)) {
        throw new Violation(reserve + " passes a fence at " + fenced);
      }
      carryOut(effects);
    } else {
      carryOut(request.step(core, token, clockMs()));
    }
  }

  private static boolean isRefused(CatalogReply reply) {
    return reply.refusal() != null
        && (reply.refusal().error() == StoreError.FENCED
            || reply.refusal().error() == StoreError.UNVERIFIED);
  }

  private void carryOut(CatalogEffects effects) {
    effects.write().ifPresent(this::write);
    effects.pushes().forEach(this::push);
    effects.replies().forEach(this::reply);
    for (String fact : effects.facts()) {
      world.trace.note(this, fact);
    }
    setTimer();
  }

  private void reply(CatalogReply reply) {
    Asked who = asked.remove(reply.token());
    if (who != null) {
      if (who.wanted() instanceof CatalogCall.Fence fence
          && reply.answer() instanceof Fenced answer
          && answer.accepted()) {
        fenced = Math.max(fenced, fence.epoch());
      }
      who.call().answer(answerOf(who, reply));
    }
  }

  private Answer answerOf(Asked who, CatalogReply reply) {
    if (reply.refusal() != null) {
      return new Answer(null, reply.refusal().error());
    }
    if (reply.answer() instanceof Toys toys) {
      ToyState shown = world.wiring.shown(core, toys.toys().get(0), who.session());
      return new Answer(toys.toys().size() == 1 ? new Toys(List.of(shown)) : toys, null);
    }
    if (reply.answer() instanceof ReserveOutcomes) {
      world.timeTravel.taken();
    }
    if (reply.answer() instanceof Fenced fenced) {
      return new Answer(world.wiring.fenced(fenced), null);
    }
    if (reply.answer() instanceof Verified verified
        && who.wanted() instanceof CatalogCall.Verify asked) {
      return new Answer(world.wiring.verified(asked, verified), null);
    }
    if (reply.answer() instanceof Holds || reply.answer() instanceof ReserveOutcomes) {
      return new Answer(world.wiring.answered(who.asked(), reply.answer()), null);
    }
    return new Answer(reply.answer(), null);
  }

  private void write(CatalogWrite write) {
    world.promises.decides(write);
    disk.add(write);
    if (!world.wiring.catalogWaitsForTheDisk()) {
      after(0, () -> carryOut(core.durable(write.id(), clockMs())));
    }
    startWriting();
  }

  private void startWriting() {
    if (!writing && !disk.isIdle()) {
      writing = true;
      boolean slow = !world.isCalm() && world.chance.percent(world.plan.slowPercent());
      after(
          1 + world.chance.below(slow ? 60 : 4),
          world.diskFails() ? this::failWriting : this::finishWriting);
    }
  }

  private void failWriting() {
    world.trace.note(this, "cannot write");
    if (world.wiring.catalogStopsAfterAFailedWrite()) {
      world.faults.crash(this);
    } else {
      writing = false;
      carryOut(core.durable(disk.lose(1 + world.chance.below(3)), clockMs()));
      startWriting();
    }
  }

  private void finishWriting() {
    writing = false;
    long id = disk.commit(1 + world.chance.below(3));
    if (!world.wiring.refusalsWaitForChanges()) {
      answerRefusals();
    }
    carryOut(core.durable(id, clockMs()));
    startWriting();
  }

  /** What a catalog does that lets a refusal out as soon as it is durable. */
  private void answerRefusals() {
    List.copyOf(asked.entrySet()).forEach(each -> {
      List<PurchaseRequest> purchases = each.getValue().asked();
      boolean refused = !purchases.isEmpty()
          && purchases.stream()
              .allMatch(purchase -> disk.decision(purchase.key()) == LedgerState.REJECTED);
      if (refused) {
        asked.remove(each.getKey());
        each.getValue()
            .call()
            .answer(new Answer(
                new ReserveOutcomes(purchases.stream()
                    .map(purchase -> ReserveOutcome.OUT_OF_STOCK)
                    .toList()),
                null));
      }
    });
  }

  private void push(Invalidation push) {
    Change change = new Change(push.toy(), push.version());
    if (!world.wiring.waitsForAcknowledgements()) {
      after(0, () -> acknowledged(push.session(), change));
    }
    String[] address = push.address().split(":");
    FrontEnd frontEnd = world.frontEnds.get(Integer.parseInt(address[0]));
    int loop = Integer.parseInt(address[1]);
    world.network.<Object>call(
        this,
        frontEnd,
        "Invalidate",
        Times.PUSH_TIMEOUT_MS,
        call -> {
          if (world.wiring.dropsBeforeItAcknowledges()) {
            frontEnd.invalidate(loop, change);
          } else {
            frontEnd.after(1 + world.chance.below(8), () -> frontEnd.invalidate(loop, change));
          }
          call.answer(DONE);
        },
        (answer, failure) -> {
          if (answer != null) {
            acknowledged(push.session(), change);
          }
        });
  }

  private void acknowledged(long session, Change change) {
    carryOut(core.acknowledged(session, List.of(change), clockMs()));
  }

  private void setTimer() {
    long dueMs = core.nextTickMs();
    if (dueMs >= timerMs) {
      return;
    }
    timerMs = dueMs;
    long waitMs = (long) Math.ceil((dueMs - clockMs()) / rate());
    int delay = (int) Math.max(1, Math.min(waitMs, Timeline.SPAN_MS - 1));
    after(delay, () -> {
      if (timerMs == dueMs) {
        timerMs = Long.MAX_VALUE;
        carryOut(core.tick(clockMs()));
      }
    });
  }
}
