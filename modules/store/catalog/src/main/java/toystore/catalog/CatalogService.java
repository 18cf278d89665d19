package toystore.catalog;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import toystore.stock.CatalogCore;
import toystore.stock.CatalogEffects;
import toystore.stock.CatalogFigures;
import toystore.stock.CatalogReply;
import toystore.stock.CatalogWrite;
import toystore.stock.FrontEndMessages.Change;

/**
 * Runs the core: asks it, and carries out what it wants in step order. A step that fails ends
 * the process: what the core says after it has broken a rule is worth nothing. Owned by one event
 * loop; only the store's writer thread calls {@link #durable}.
 */
final class CatalogService {
  private static final Logger LOG = LoggerFactory.getLogger(CatalogService.class);
  private static final long NEVER = Long.MAX_VALUE;

  private final Vertx vertx;
  private final Context context;
  private final CatalogCore core;
  private final CatalogStore store;
  private final InvalidationPublisher publisher;
  private final LongSupplier clockMs;
  private final Consumer<Throwable> onBroken;
  private final Map<Long, Promise<Object>> asked = new HashMap<>();
  private final AtomicLong durable = new AtomicLong();
  private final AtomicBoolean durableIsOnItsWay = new AtomicBoolean();
  private long lastToken;
  private long rowsWritten;
  private long timer;
  private long timerMs = NEVER;
  private boolean stopped;

  /**
   * @param clockMs monotonic, the one the core was made with
   * @param onBroken told, once, of a rule that the core or what carries out its effects broke
   */
  CatalogService(
      Vertx vertx,
      CatalogCore core,
      CatalogStore store,
      InvalidationPublisher publisher,
      LongSupplier clockMs,
      Consumer<Throwable> onBroken) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.core = core;
    this.store = store;
    this.publisher = publisher;
    this.clockMs = clockMs;
    this.onBroken = onBroken;
  }

  void start() {
    step(core::tick);
  }

  /** The core's answer, once it may leave; fails with its refusal. */
  Future<Object> ask(CatalogCore.Request request) {
    long token = ++lastToken;
    Promise<Object> promise = Promise.promise();
    asked.put(token, promise);
    step(nowMs -> request.step(token, nowMs));
    return promise.future();
  }

  void acknowledged(long session, List<Change> dropped) {
    step(nowMs -> core.acknowledged(session, dropped, nowMs));
  }

  CatalogFigures figures() {
    return core.figures();
  }

  long rowsWritten() {
    return rowsWritten;
  }

  /** Nothing is decided or written any more. */
  void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
  }

  private void step(LongFunction<CatalogEffects> step) {
    if (stopped) {
      return;
    }
    try {
      carryOut(step.apply(clockMs.getAsLong()));
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
    for (CatalogReply reply : effects.replies()) {
      Promise<Object> promise = asked.remove(reply.token());
      if (reply.refusal() == null) {
        promise.complete(reply.answer());
      } else {
        promise.fail(reply.refusal());
      }
    }
    effects.facts().forEach(LOG::info);
  }

  private void write(CatalogWrite write) {
    rowsWritten += write.toys().size() + write.ledger().size() + write.sold().size();
    rowsWritten += write.refused().size() + write.forgotten().size();
    store.write(write, () -> durable(write.id()));
  }

  /** On the writer's thread: one hop to the event loop serves all writes of a transaction. */
  private void durable(long writeId) {
    durable.set(writeId);
    if (durableIsOnItsWay.compareAndSet(false, true)) {
      context.runOnContext(go -> {
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
    vertx.cancelTimer(timer);
    timerMs = dueMs;
    timer = vertx.setTimer(Math.max(1, dueMs - clockMs.getAsLong()), id -> onTimer());
  }

  private void onTimer() {
    timerMs = NEVER;
    step(core::tick);
  }
}
