package toystore.catalog;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import toystore.edge.InvalidationPublisher;
import toystore.edge.Loop;
import toystore.edge.OpenQuestions;
import toystore.stock.CatalogCore;
import toystore.stock.CatalogEffects;
import toystore.stock.CatalogFigures;
import toystore.stock.CatalogGlance;
import toystore.stock.CatalogMessages.FindHolds;
import toystore.stock.CatalogMessages.Hello;
import toystore.stock.CatalogMessages.Read;
import toystore.stock.CatalogMessages.Reserve;
import toystore.stock.CatalogMessages.Settle;
import toystore.stock.CatalogMessages.Verify;
import toystore.stock.CatalogWrite;
import toystore.stock.FrontEndMessages.ToyChange;

/**
 * Runs the core: asks it, and carries out what it wants in step order. A step that fails ends
 * the process: what the core says after it has broken a rule is worth nothing. Time, disk and
 * front-ends come in as ports, so that a simulator runs this very class. Owned by one event loop;
 * only the disk, from its own thread, calls {@link #durable}.
 */
public final class CatalogService {
  private static final long NEVER = Long.MAX_VALUE;
  /** Toys, and holds, on a console. */
  private static final int SHOWN = 32;

  /** Where the core's writes go. */
  public interface Disk {
    /**
     * Takes rows to write.
     *
     * @param onDurable to be called, on any thread, once they survive a crash: in the order of the
     *     writes, and never for one that failed or comes after one that failed
     */
    void write(CatalogWrite write, Runnable onDurable);

    /**
     * Takes the rows of the ledger below this number, which are durable and stay as they are, among
     * the older rows, in its own time.
     */
    void seal(int below);
  }

  private final Loop loop;
  private final CatalogCore core;
  private final Disk disk;
  private final InvalidationPublisher publisher;
  private final Consumer<String> facts;
  private final Consumer<Throwable> onBroken;
  private final OpenQuestions questions = new OpenQuestions();
  // Invariant: no write after this one is durable. Written by the disk's thread only.
  private final AtomicLong durable = new AtomicLong();
  private final AtomicBoolean durableIsOnItsWay = new AtomicBoolean();
  private long rowsWritten;
  private Loop.Timer timer = () -> {};
  // Invariant: no later than the core's next tick is due.
  private long timerMs = NEVER;
  private boolean stopped;

  /**
   * @param loop with the clock that the core was made with
   * @param facts gets each state change, a line for the log
   * @param onBroken told, once, of a rule that the core or what carries out its effects broke
   */
  public CatalogService(
      Loop loop,
      CatalogCore core,
      Disk disk,
      InvalidationPublisher.FrontEnds frontEnds,
      Consumer<String> facts,
      Consumer<Throwable> onBroken) {
    this.loop = loop;
    this.core = core;
    this.disk = disk;
    this.publisher = new InvalidationPublisher(loop, frontEnds, this::acknowledged);
    this.facts = facts;
    this.onBroken = onBroken;
  }

  public void start() {
    step(core::tick);
  }

  public Future<Object> hello(Hello hello) {
    return ask((token, nowMs) -> core.hello(token, hello.frontEnd(), hello.address(), nowMs));
  }

  public Future<Object> renew(long session) {
    return ask((token, nowMs) -> core.renew(token, session, nowMs));
  }

  public Future<Object> read(Read read) {
    return ask((token, nowMs) -> core.read(token, read.session(), read.names(), nowMs));
  }

  public Future<Object> readAll() {
    return ask(core::readAll);
  }

  public Future<Object> reserve(Reserve reserve) {
    return ask((token, nowMs) ->
        core.reserve(token, reserve.claim(), reserve.requests(), reserve.seenMs(), nowMs));
  }

  public Future<Object> settle(Settle settle) {
    return ask((token, nowMs) -> core.settle(token, settle.claim(), settle.keys(), nowMs));
  }

  public Future<Object> fence(long epoch, long office) {
    return ask((token, nowMs) -> core.fence(token, epoch, office, nowMs));
  }

  public Future<Object> verify(Verify verify) {
    return ask((token, nowMs) -> core.verify(token, verify.claim(), verify.orders(), nowMs));
  }

  public Future<Object> holds(FindHolds find) {
    return ask((token, nowMs) -> core.holds(token, find.claim(), find.olderThanMs(), nowMs));
  }

  /** What a console shows. */
  CatalogGlance glance() {
    return core.glance(SHOWN, loop.millis());
  }

  CatalogFigures figures() {
    return core.figures();
  }

  long restockInMs() {
    return Math.max(0, core.figures().nextRestockMs() - loop.millis());
  }

  long rowsWritten() {
    return rowsWritten;
  }

  /** Nothing is decided or written any more. */
  public void stop() {
    stopped = true;
    timer.cancel();
    publisher.close();
  }

  /** The core's answer, once it may leave; fails with its refusal. */
  private Future<Object> ask(CatalogCore.Question request) {
    return questions.ask(token -> step(nowMs -> request.step(token, nowMs)));
  }

  void acknowledged(long session, List<ToyChange> dropped) {
    step(nowMs -> core.acknowledged(session, dropped, nowMs));
  }

  private void step(LongFunction<CatalogEffects> step) {
    if (stopped) {
      return;
    }
    try {
      carryOut(step.apply(loop.millis()));
      setTimer();
    } catch (RuntimeException | Error broken) { // either leaves a step that is half carried out
      stopped = true;
      onBroken.accept(broken);
    }
  }

  private void carryOut(CatalogEffects effects) {
    effects.write().ifPresent(this::write);
    effects.pushes().forEach(publisher::push);
    effects.over().forEach(publisher::close);
    questions.answer(effects.replies());
    effects.facts().forEach(facts);
    if (effects.sealBelow() > 0) {
      disk.seal(effects.sealBelow());
    }
  }

  private void write(CatalogWrite write) {
    rowsWritten += write.toys().size() + write.ledger().size() + write.sold().size();
    rowsWritten += write.refused().size() + write.forgotten().size();
    disk.write(write, () -> durable(write.id()));
  }

  /** On the disk's thread: one hop to the event loop serves all writes of a transaction. */
  private void durable(long writeId) {
    durable.set(writeId);
    if (durableIsOnItsWay.compareAndSet(false, true)) {
      loop.execute(() -> {
        // Before the id is read: a write that becomes durable after that hops again.
        durableIsOnItsWay.set(false);
        step(nowMs -> core.durable(durable.get(), nowMs));
      });
    }
  }

  private void setTimer() {
    long dueMs = core.nextTickMs();
    if (dueMs >= timerMs) {
      return; // The timer that runs comes first, and sets the next one.
    }
    timer.cancel();
    timerMs = dueMs;
    timer = loop.after(Duration.ofMillis(dueMs - loop.millis()), this::onTimer);
  }

  private void onTimer() {
    timerMs = NEVER;
    step(core::tick);
  }
}
