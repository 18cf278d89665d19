package toystore.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.fail;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.disk.OpenFiles;
import toystore.disk.Patience;
import toystore.edge.Loop;
import toystore.model.Claim;
import toystore.model.Mark;
import toystore.model.PurchaseRequest;
import toystore.model.ReserveOutcome;
import toystore.stock.CatalogCore;
import toystore.stock.CatalogMessages.Reserve;
import toystore.stock.CatalogMessages.ReserveOutcomes;
import toystore.stock.CatalogOptions;
import toystore.stock.CatalogOptions.CatalogBounds;
import toystore.stock.CatalogOptions.Leases;
import toystore.stock.CatalogOptions.Remembering;
import toystore.stock.CatalogOptions.Restocking;
import toystore.stock.CatalogWrite;
import toystore.stock.FrontEndMessages.ToyChange;
import toystore.stock.PricedToy;

/** The core's shell over a real disk, with a clock that tests break. */
class CatalogServiceTest {
  private static final CatalogWrite NOTHING =
      new CatalogWrite(0, List.of(), 0, List.of(), List.of(), Map.of());
  private static final long NO_TIMER_MS = 3_600_000;

  @TempDir
  Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final IllegalStateException rule = new IllegalStateException("time runs backwards");
  private final BlockingQueue<Throwable> broken = new LinkedBlockingQueue<>();
  private boolean clockIsBroken;
  private Loop loop;
  private CatalogStore store;
  private CatalogCore core;
  private Claim claim;
  private CatalogService service;

  private void open(long restockMs) {
    store = CatalogStore.open(folder.resolve("catalog.db"), new OpenFiles(), broken::add);
    CatalogOptions options = new CatalogOptions(
        new Leases(10_000, 100, 200),
        new Restocking(100, restockMs),
        Remembering.USUAL,
        new CatalogBounds(1_000, 10, Long.MAX_VALUE),
        50,
        42);
    claim = new Claim(1, options.incarnation(), Mark.NONE);
    loop = onLoop(() -> new BreakableLoop(Loop.current(vertx)));
    List<PricedToy> offered = List.of(new PricedToy("Tux", 1599));
    core = store.load(disk -> new CatalogCore(options, disk, offered, loop.millis()));
    service = new CatalogService(
        loop, core, store, address -> fail("nobody has said hello"), fact -> {}, broken::add);
  }

  @AfterEach
  void close() {
    onLoop(() -> {
      service.stop();
      return null;
    });
    store.close();
    await(vertx.close());
  }

  private <T> T onLoop(Supplier<T> act) {
    return CompletableFuture.supplyAsync(act, run -> context.runOnContext(none -> run.run()))
        .orTimeout(Patience.SECONDS, TimeUnit.SECONDS)
        .join();
  }

  private static <T> T await(Future<T> future) {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(Patience.SECONDS, TimeUnit.SECONDS)
        .join();
  }

  private Future<Object> reserve(String key) {
    List<PurchaseRequest> one = List.of(new PurchaseRequest(key, "Tux", 1));
    return service.reserve(new Reserve(claim, one, List.of(0L)));
  }

  private Throwable ended() throws InterruptedException {
    return broken.poll(Patience.SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void nothingIsAnsweredBeforeItIsDurable() throws InterruptedException {
    open(NO_TIMER_MS);
    CountDownLatch writerIsHeld = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    store.write(NOTHING, () -> {
      writerIsHeld.countDown();
      awaitHere(release);
    });
    writerIsHeld.await();

    Future<Object> answer = onLoop(() -> reserve("a"));
    onLoop(() -> null); // What the request left to do on the loop is done.
    assertFalse(answer.isComplete());
    release.countDown();

    assertEquals(new ReserveOutcomes(List.of(ReserveOutcome.HELD)), await(answer));
  }

  private static void awaitHere(CountDownLatch latch) {
    try {
      latch.await(Patience.SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aFailureOnHearingThatAWriteIsDurableEndsTheService() throws InterruptedException {
    open(NO_TIMER_MS);
    Future<Object> answer = onLoop(() -> {
      Future<Object> asked = reserve("a");
      clockIsBroken = true; // Before the loop can hear of the write.
      return asked;
    });

    assertSame(rule, ended());
    assertFalse(answer.isComplete());
    assertNothingIsDecided(1);
  }

  @Test
  void soDoesATimersStepThatFails() throws InterruptedException {
    open(20);
    await(onLoop(() -> reserve("a"))); // No write is under way: only the timer takes steps now.

    onLoop(() -> clockIsBroken = true);

    assertSame(rule, ended());
    assertNothingIsDecided(1);
  }

  @Test
  void soDoesAnAcknowledgementThatFails() throws InterruptedException {
    open(NO_TIMER_MS);

    onLoop(() -> {
      service.acknowledged(1, Arrays.asList((ToyChange) null));
      return null;
    });

    assertInstanceOf(NullPointerException.class, ended());
    assertNothingIsDecided(0);
  }

  /** Nothing but what was before. */
  private void assertNothingIsDecided(long reserved) {
    Future<Object> answer = onLoop(() -> {
      clockIsBroken = false;
      return reserve("b");
    });

    assertFalse(answer.isComplete());
    assertEquals(reserved, onLoop(() -> service.figures().reserved()));
    assertNull(broken.poll());
  }

  /** An event loop whose clock tests break. */
  private final class BreakableLoop implements Loop {
    private final Loop sound;

    BreakableLoop(Loop sound) {
      this.sound = sound;
    }

    @Override
    public long nanos() {
      if (clockIsBroken) {
        throw rule;
      }
      return sound.nanos();
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
      return sound.after(delay, action);
    }

    @Override
    public void execute(Runnable action) {
      sound.execute(action);
    }
  }
}
