package toystore.simulation;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import toystore.catalog.CatalogService;
import toystore.catalog.InvalidationPublisher;
import toystore.edge.Loop;
import toystore.model.Claim;
import toystore.model.Fenced;
import toystore.model.PurchaseRequest;
import toystore.model.ReserveOutcome;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.purchase.CatalogCall;
import toystore.stock.CatalogCore;
import toystore.stock.CatalogMessages.Done;
import toystore.stock.CatalogMessages.FindHolds;
import toystore.stock.CatalogMessages.Hello;
import toystore.stock.CatalogMessages.Read;
import toystore.stock.CatalogMessages.Reserve;
import toystore.stock.CatalogMessages.ReserveOutcomes;
import toystore.stock.CatalogMessages.Settle;
import toystore.stock.CatalogMessages.Toys;
import toystore.stock.CatalogMessages.Verified;
import toystore.stock.CatalogMessages.Verify;
import toystore.stock.CatalogOptions;
import toystore.stock.CatalogWrite;
import toystore.stock.FrontEndMessages.Invalidate;
import toystore.stock.PricedToy;

/** The catalog: its own shell and core, on a disk and a network that fail. */
final class CatalogProcess extends Service {
  static final String TUX = "Tux";
  static final String FOX = "Fox";

  private static final List<PricedToy> TOYS =
      List.of(new PricedToy(TUX, 1599), new PricedToy(FOX, 1249));

  /** An answer, or why there is none; the other one is null. */
  record Answer(Object body, StoreError error) {
    static final Answer OK = new Answer(new Done(), null);
  }

  private final CatalogDisk disk = new CatalogDisk();
  private final Loop loop = new VirtualLoop(this);
  private final Map<Call<Answer>, List<PurchaseRequest>> reserving = new LinkedHashMap<>();
  private CatalogCore core;
  private CatalogService service;
  /** The highest epoch whose fence was answered. */
  private long fenced;
  /** Names this run. */
  private long incarnation;

  private boolean writing;

  CatalogProcess(World world, int index) {
    super(world, index, "catalog");
  }

  CatalogDisk disk() {
    return disk;
  }

  @Override
  void started() {
    writing = false;
    world.promises.catalogStarts(disk.state());
    int marginMs = world.wiring.marginMs(Times.MARGIN_MS);
    CatalogOptions options = Times.catalog(world.plan, marginMs, world.chance.next());
    incarnation = options.incarnation();
    core = new CatalogCore(options, world.wiring.found(disk.state()), TOYS, loop.millis());
    service = new CatalogService(
        loop,
        core,
        this::write,
        SimulatedLink::new,
        fact -> world.trace.note(this, fact),
        this::broken);
    service.start();
  }

  /** From the time line: what is thrown inside a future would only fail that future. */
  private void broken(Throwable rule) {
    world.timeline.after(0, () -> {
      throw rule instanceof RuntimeException thrown ? thrown : new IllegalStateException(rule);
    });
  }

  @Override
  void stopped() {
    service.stop();
    disk.crash(world.chance);
    reserving.clear();
  }

  void hello(String address, Call<Answer> call) {
    answer(call, service.hello(new Hello(1, address)));
  }

  void renew(long session, Call<Answer> call) {
    answer(call, service.renew(session));
  }

  void read(long session, List<String> names, Call<Answer> call) {
    answer(call, service.read(new Read(session, names)), read -> shown((Toys) read, session));
  }

  private Toys shown(Toys read, long session) {
    return read.toys().size() == 1
        ? new Toys(List.of(world.wiring.shown(core, read.toys().get(0), session)))
        : read;
  }

  void serve(CatalogCall wanted, Call<Answer> call) {
    if (wanted instanceof CatalogCall.Reserve reserve) {
      reserve(reserve, call);
    } else if (wanted instanceof CatalogCall.Fence fence) {
      answer(call, service.fence(fence.epoch(), fence.office()), answer -> {
        Fenced now = (Fenced) answer;
        fenced = now.accepted() ? Math.max(fenced, fence.epoch()) : fenced;
        return world.wiring.fenced(now);
      });
    } else if (wanted instanceof CatalogCall.Verify verify) {
      answer(
          call,
          service.verify(new Verify(verify.claim(), verify.orders())),
          answer -> world.wiring.verified(verify, (Verified) answer));
    } else if (wanted instanceof CatalogCall.Holds holds) {
      answer(
          call,
          service.holds(new FindHolds(claim(holds.claim()), holds.olderThanMs())),
          answer -> world.wiring.answered(List.of(), answer));
    } else if (wanted instanceof CatalogCall.Settle settle) {
      Claim claim = world.wiring.claimed(settle.claim(), incarnation);
      answer(call, service.settle(new Settle(claim, world.wiring.settling(settle.keys()))));
    } else {
      call.answer(Answer.OK);
    }
  }

  private void reserve(CatalogCall.Reserve reserve, Call<Answer> call) {
    reserving.put(call, reserve.requests());
    Future<Object> outcomes = service.reserve(new Reserve(
        claim(reserve.claim()),
        world.wiring.reserving(reserve.requests()),
        world.wiring.seenAtCatalog(reserve.seenMs())));
    if (reserve.epoch() < fenced && !world.timeTravel.catalogWentBack() && !isRefused(outcomes)) {
      throw new Violation(reserve + " passes a fence at " + fenced);
    }
    outcomes.onComplete(done -> reserving.remove(call));
    answer(call, outcomes, answer -> {
      world.timeTravel.taken();
      return world.wiring.answered(reserve.requests(), answer);
    });
  }

  private static boolean isRefused(Future<Object> outcomes) {
    return outcomes.cause() instanceof StoreException refusal
        && (refusal.error() == StoreError.FENCED || refusal.error() == StoreError.UNVERIFIED);
  }

  private Claim claim(Claim said) {
    Claim claim = world.wiring.claimed(said, incarnation);
    return new Claim(world.wiring.epochAtCatalog(claim.epoch()), claim.incarnation(), claim.mark());
  }

  private void answer(Call<Answer> call, Future<Object> found) {
    answer(call, found, answer -> answer);
  }

  private void answer(Call<Answer> call, Future<Object> found, UnaryOperator<Object> told) {
    found.onComplete(
        answer -> call.answer(new Answer(told.apply(answer), null)),
        refusal -> call.answer(new Answer(null, ((StoreException) refusal).error())));
  }

  private void write(CatalogWrite write, Runnable onDurable) {
    world.promises.decides(write);
    disk.add(write, onDurable);
    if (!world.wiring.catalogWaitsForTheDisk()) {
      after(0, onDurable);
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
      disk.lose(1 + world.chance.below(3)).forEach(Runnable::run);
      startWriting();
    }
  }

  private void finishWriting() {
    writing = false;
    List<Runnable> durable = disk.commit(1 + world.chance.below(3));
    if (!world.wiring.refusalsWaitForChanges()) {
      answerRefusals();
    }
    durable.forEach(Runnable::run);
    startWriting();
  }

  /** What a catalog does that lets a refusal out as soon as it is durable. */
  private void answerRefusals() {
    reserving.entrySet().removeIf(each -> {
      List<PurchaseRequest> purchases = each.getValue();
      boolean refused = purchases.stream()
          .map(PurchaseRequest::key)
          .allMatch(key -> disk.decision(key) == null && disk.wasRefused(key));
      if (refused) {
        List<ReserveOutcome> outcomes =
            Collections.nCopies(purchases.size(), ReserveOutcome.OUT_OF_STOCK);
        each.getKey().answer(new Answer(new ReserveOutcomes(outcomes), null));
      }
      return refused;
    });
  }

  /** The way to one event loop of a front-end. */
  private final class SimulatedLink implements InvalidationPublisher.FrontEndLink {
    private final FrontEnd frontEnd;
    private final int number;

    SimulatedLink(String address) {
      String[] parts = address.split(":");
      frontEnd = world.frontEnds.get(Integer.parseInt(parts[0]));
      number = Integer.parseInt(parts[1]);
    }

    @Override
    public Future<Done> tell(Invalidate news) {
      Promise<Done> told = Promise.promise();
      if (!world.wiring.waitsForAcknowledgements()) {
        after(0, () -> told.tryComplete(new Done()));
      }
      world.network.<Done>call(
          CatalogProcess.this,
          frontEnd,
          "Invalidate",
          Times.PUSH_TIMEOUT_MS,
          call -> {
            Runnable drop =
                () -> news.changes().forEach(change -> frontEnd.invalidate(number, change));
            if (world.wiring.dropsBeforeItAcknowledges()) {
              drop.run();
            } else {
              frontEnd.after(1 + world.chance.below(8), drop);
            }
            call.answer(new Done());
          },
          (done, failure) -> {
            if (done == null) {
              told.tryFail(failure.toString());
            } else {
              told.tryComplete(done);
            }
          });
      return told.future();
    }

    @Override
    public void close() {
      // Calls end by their timeouts.
    }
  }
}
