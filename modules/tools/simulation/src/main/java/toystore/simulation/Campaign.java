package toystore.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import toystore.model.EngineName;
import toystore.virtualtime.Timeline;

/** Many schedules, one after the other in each of some threads; it ends at the first violation. */
public final class Campaign {
  private static final int TOLD_EVERY = 20;

  private final EngineName engine;
  private final Supplier<Wiring> wiring;
  private final long firstSeed;
  private final long endSeed;
  private final AtomicLong nextSeed;
  private final LongAdder orders = new LongAdder();
  private final LongAdder events = new LongAdder();
  private final LongAdder schedules = new LongAdder();
  private final LongAdder wentBack = new LongAdder();
  private final LongAdder unnoticed = new LongAdder();
  private FoundViolation found;

  /**
   * Schedules of this engine with seeds from the first one on.
   *
   * @param wiring makes one for each schedule
   */
  Campaign(EngineName engine, Supplier<Wiring> wiring, long firstSeed, long seeds) {
    this.engine = engine;
    this.wiring = wiring;
    this.firstSeed = firstSeed;
    this.endSeed = firstSeed + seeds;
    this.nextSeed = new AtomicLong(firstSeed);
  }

  /**
   * What was found.
   *
   * @param violation the failure of the lowest seed that fails, null for none
   * @param seed its seed
   */
  public record FoundViolation(long seed, Throwable violation) {}

  /**
   * How it went.
   *
   * @param schedules how many ran to their end
   * @param orders made in them
   * @param events that happened in them
   * @param wentBack in how many of them a file went back in time
   * @param unnoticed in how many of these nothing could tell
   * @param found what broke, null for nothing
   */
  public record CampaignResult(
      long schedules,
      long orders,
      long events,
      long wentBack,
      long unnoticed,
      FoundViolation found) {

    /** Whether so many were asked for, and every one ran to its end and kept all promises. */
    public boolean allKept(long asked) {
      return found == null && schedules == asked;
    }
  }

  /**
   * Runs all.
   *
   * @param progress told now and then how many are done, on any thread
   */
  public CampaignResult run(int threads, LongConsumer progress) throws InterruptedException {
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread worker = new Thread(() -> work(progress), "schedules-" + i);
      workers.add(worker);
      worker.start();
    }
    for (Thread worker : workers) {
      worker.join();
    }
    synchronized (this) {
      return new CampaignResult(
          schedules.sum(), orders.sum(), events.sum(), wentBack.sum(), unnoticed.sum(), found);
    }
  }

  private void work(LongConsumer progress) {
    Timeline timeline = new Timeline();
    for (long seed = nextSeed.getAndIncrement();
        seed < endSeed && !isFoundBelow(seed);
        seed = nextSeed.getAndIncrement()) {
      try {
        World.ScheduleResult result =
            new World(engine, seed, wiring.get(), Trace.NONE, timeline).run();
        orders.add(result.orders());
        wentBack.add(result.wentBack() ? 1 : 0);
        events.add(result.events());
        schedules.increment();
        if ((seed - firstSeed + 1) % TOLD_EVERY == 0) {
          progress.accept(seed - firstSeed + 1);
        }
      } catch (UnnoticedException open) {
        wentBack.increment();
        unnoticed.increment();
        schedules.increment();
      } catch (Throwable broken) {
        // A stack or a heap that overflows is a bug too, and must not pass for a quiet schedule.
        found(seed, broken);
      }
    }
  }

  private synchronized boolean isFoundBelow(long seed) {
    return found != null && found.seed() < seed;
  }

  private synchronized void found(long seed, Throwable violation) {
    if (found == null || seed < found.seed()) {
      found = new FoundViolation(seed, violation);
    }
  }

  /** Runs one schedule, and tells all that happens in it; null where every promise is kept. */
  static Throwable replay(EngineName engine, Wiring wiring, long seed, Consumer<String> trace) {
    try {
      World.ScheduleResult result =
          new World(engine, seed, wiring, new Trace(trace), new Timeline()).run();
      trace.accept("every promise is kept: " + result);
      return null;
    } catch (Throwable broken) {
      // Whatever ended the schedule in the campaign must be seen again here, an overflow too.
      return broken;
    }
  }
}
