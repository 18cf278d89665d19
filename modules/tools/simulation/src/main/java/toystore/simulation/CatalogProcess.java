package toystore.simulation;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.function.Consumer;
import toystore.catalog.CatalogService;
import toystore.edge.Address;
import toystore.edge.InvalidationPublisher;
import toystore.edge.Loop;
import toystore.model.Fenced;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.purchase.CatalogCall;
import toystore.stock.CatalogCore;
import toystore.stock.CatalogMessages.Done;
import toystore.stock.CatalogMessages.Fence;
import toystore.stock.CatalogMessages.FindHolds;
import toystore.stock.CatalogMessages.Hello;
import toystore.stock.CatalogMessages.Read;
import toystore.stock.CatalogMessages.Reserve;
import toystore.stock.CatalogMessages.Settle;
import toystore.stock.CatalogMessages.Verify;
import toystore.stock.CatalogOptions;
import toystore.stock.CatalogWrite;
import toystore.stock.FrontEndMessages.Invalidate;
import toystore.stock.PricedToy;
import toystore.virtualtime.Violation;

/** The catalog: its own shell and core, on a disk and a network that fail. */
final class CatalogProcess extends VirtualService {
  static final String TUX = "Tux";
  static final String FOX = "Fox";

  private static final List<PricedToy> TOYS =
      List.of(new PricedToy(TUX, 1599), new PricedToy(FOX, 1249));

  /** An answer, or why there is none; the other one is null. */
  record CatalogAnswer(Object body, StoreError error) {
    static final CatalogAnswer OK = new CatalogAnswer(new Done(), null);
  }

  private final CatalogDisk disk = new CatalogDisk();
  private final Loop loop = new VirtualLoop(this);
  private CatalogService service;
  /** The highest epoch whose fence was answered. */
  private long fenced;

  private boolean writing;

  CatalogProcess(World world, int index) {
    super(world, index, "catalog");
  }

  CatalogDisk disk() {
    return disk;
  }

  @Override
  protected void started() {
    writing = false;
    if (world.chance.percent(10)) {
      disk.forgetSealed();
    }
    world.promises.catalogStarts(disk.state());
    CatalogOptions options = Times.catalog(world.plan, world.chance.next());
    CatalogCore core = new CatalogCore(options, disk.toStart(), TOYS, loop.millis());
    service = new CatalogService(
        loop,
        core,
        new VirtualDisk(),
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
  protected void stopped() {
    service.stop();
    disk.crash(world.chance);
  }

  void hello(Hello hello, Call<CatalogAnswer> call) {
    answer(call, service.hello(hello));
  }

  void renew(long session, Call<CatalogAnswer> call) {
    answer(call, service.renew(session));
  }

  void read(Read wanted, Call<CatalogAnswer> call) {
    answer(call, service.read(wanted));
  }

  void readAll(Call<CatalogAnswer> call) {
    answer(call, service.readAll());
  }

  void serve(CatalogCall<?> wanted, Call<CatalogAnswer> call) {
    Object question = wanted.question();
    if (question instanceof Reserve reserve) {
      reserve(reserve, call);
    } else if (question instanceof Fence fence) {
      answer(call, service.fence(fence.epoch(), fence.office()), answer -> {
        if (((Fenced) answer).accepted()) {
          fenced = Math.max(fenced, fence.epoch());
          world.log.fenced(fence.epoch());
        }
      });
    } else if (question instanceof Verify verify) {
      answer(call, service.verify(verify));
    } else if (question instanceof FindHolds holds) {
      answer(call, service.holds(holds));
    } else if (question instanceof Settle settle) {
      answer(call, service.settle(settle));
    } else {
      call.answer(CatalogAnswer.OK);
    }
  }

  private void reserve(Reserve reserve, Call<CatalogAnswer> call) {
    Future<Object> outcomes = service.reserve(reserve);
    if (reserve.claim().epoch() < fenced
        && !world.timeTravel.catalogWentBack()
        && !isRefused(outcomes)) {
      throw new Violation(reserve + " passes a fence at " + fenced);
    }
    answer(call, outcomes, answer -> world.timeTravel.taken());
  }

  private static boolean isRefused(Future<Object> outcomes) {
    return outcomes.cause() instanceof StoreException refusal
        && (refusal.error() == StoreError.FENCED || refusal.error() == StoreError.UNVERIFIED);
  }

  private void answer(Call<CatalogAnswer> call, Future<Object> found) {
    answer(call, found, answer -> {});
  }

  private void answer(Call<CatalogAnswer> call, Future<Object> found, Consumer<Object> first) {
    found.onComplete(
        answer -> {
          first.accept(answer);
          call.answer(new CatalogAnswer(answer, null));
        },
        refusal -> call.answer(new CatalogAnswer(null, ((StoreException) refusal).error())));
  }

  private final class VirtualDisk implements CatalogService.Disk {
    @Override
    public void write(CatalogWrite write, Runnable onDurable) {
      world.promises.decides(write);
      disk.add(write, onDurable);
      startWriting();
    }

    @Override
    public void seal(int below) {
      after(1 + world.chance.below(60), () -> disk.seal(below));
    }
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
    world.faults.crash(this);
  }

  private void finishWriting() {
    writing = false;
    disk.commit(1 + world.chance.below(3)).forEach(Runnable::run);
    startWriting();
  }

  /** The way to one event loop of a front-end. */
  private final class SimulatedLink implements InvalidationPublisher.FrontEndLink {
    private final FrontEnd frontEnd;
    private final Address address;

    SimulatedLink(String text) {
      address = Address.parse(text);
      frontEnd = world.frontEnds.get(Integer.parseInt(address.host()) - 1);
    }

    @Override
    public Future<Done> tell(Invalidate news) {
      Promise<Done> told = Promise.promise();
      world.network.<Done>call(
          CatalogProcess.this,
          frontEnd,
          "Invalidate",
          Times.PUSH_TIMEOUT_MS,
          call -> frontEnd.at(address).invalidate(news).onSuccess(call::answer),
          (done, failure) -> {
            if (done == null) {
              told.fail(failure.toString());
            } else {
              told.complete(done);
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
