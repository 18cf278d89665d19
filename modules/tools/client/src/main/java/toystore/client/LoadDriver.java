package toystore.client;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import toystore.api.Outcome;

/**
 * Starts the iterations of one event loop's clients when the schedule says so. Owned by that loop.
 *
 * <p>It goes round by callbacks, not by one future made of all iterations: that would keep every
 * iteration in memory to the end.
 */
final class LoadDriver {
  /** So that ten thousand clients do not all knock at once: they take two seconds to arrive. */
  private static final long ARRIVAL_GAP_NS = TimeUnit.MICROSECONDS.toNanos(200);

  /** A loop of refused connections would measure nothing but itself. */
  private static final long UNREACHABLE_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Then answers get their turn: ten thousand starts in a row would hold them up for seconds. */
  private static final int MAX_STARTS_AT_ONCE = 64;

  private static final long ASLEEP = Long.MAX_VALUE;

  private final Context loop;
  private final ScheduledExecutorService clock;
  private final List<SimulatedClient> sessions;
  private final Schedule schedule;
  private final LoadPhase stretch;
  private final Runnable onIteration;
  private final Promise<Void> ended = Promise.promise();
  private final PriorityQueue<Turn> waiting =
      new PriorityQueue<>(Comparator.comparingLong(Turn::startNs));
  private int active;
  private long wakeNs = ASLEEP;
  private boolean givesWay;

  /**
   * @param clock wakes the loop: Vert.x's timers are good to a millisecond, which is more than the
   *     latencies to be measured
   * @param onIteration called after each iteration
   */
  LoadDriver(
      Context loop,
      ScheduledExecutorService clock,
      List<SimulatedClient> sessions,
      Schedule schedule,
      LoadPhase stretch,
      Runnable onIteration) {
    this.loop = loop;
    this.clock = clock;
    this.sessions = sessions;
    this.schedule = schedule;
    this.stretch = stretch;
    this.onIteration = onIteration;
  }

  /** The future completes when every client has ended its last iteration. */
  Future<Void> run() {
    active = sessions.size();
    long arrivalNs = 0;
    for (SimulatedClient session : sessions) {
      take(new Turn(session, 0, arrivalNs));
      arrivalNs += schedule.isOpen() ? 0 : ARRIVAL_GAP_NS;
    }
    if (sessions.isEmpty()) {
      ended.tryComplete();
    }
    startDue();
    return ended.future();
  }

  void stop() {
    stretch.stop();
    int given = waiting.size();
    waiting.clear();
    leave(given);
  }

  long givenUp() {
    return schedule.givenUp();
  }

  /** Gives a client its next turn, not before the one proposed. */
  private void take(Turn earliest) {
    long startNs =
        stretch.isStopped() ? Schedule.NEVER : schedule.next(earliest.done(), earliest.startNs());
    if (startNs == Schedule.NEVER) {
      leave(1);
    } else {
      waiting.add(new Turn(earliest.session(), earliest.done(), startNs));
    }
  }

  private void leave(int clients) {
    active -= clients;
    if (active <= 0) {
      ended.tryComplete();
    }
  }

  private void startDue() {
    for (int i = 0; i < MAX_STARTS_AT_ONCE && isDue(); i++) {
      start(waiting.poll());
    }
    if (isDue()) {
      giveWay();
    } else if (!waiting.isEmpty() && waiting.peek().startNs() < wakeNs) {
      wakeNs = waiting.peek().startNs();
      long delayNs = Math.max(0, wakeNs - stretch.elapsedNs());
      clock.schedule(() -> loop.runOnContext(this::wake), delayNs, TimeUnit.NANOSECONDS);
    }
  }

  private boolean isDue() {
    return !waiting.isEmpty() && waiting.peek().startNs() <= stretch.elapsedNs();
  }

  private void giveWay() {
    if (!givesWay) {
      givesWay = true;
      loop.runOnContext(later -> {
        givesWay = false;
        startDue();
      });
    }
  }

  private void wake(Void now) {
    // A wake-up that another overtook finds nothing due, and asks for the next.
    wakeNs = ASLEEP;
    startDue();
  }

  private void start(Turn turn) {
    long countedFromNs =
        schedule.isOpen() ? stretch.originNs() + turn.startNs() : System.nanoTime();
    turn.session()
        .iterate(countedFromNs, stretch)
        .onSuccess(last -> end(turn, countedFromNs, last))
        .onFailure(ended::tryFail);
  }

  private void end(Turn turn, long countedFromNs, Outcome last) {
    stretch.tally().countIteration();
    if (schedule.isOpen() && !last.isFailure()) {
      stretch.latencies().record(RequestKind.ITERATION, countedFromNs, System.nanoTime());
    }
    onIteration.run();
    boolean pauses = last.isSilence() && !schedule.isOpen();
    long earliestNs = stretch.elapsedNs() + (pauses ? UNREACHABLE_PAUSE_NS : 0);
    take(new Turn(turn.session(), turn.done() + 1, earliestNs));
    startDue();
  }

  /**
   * @param done iterations that the client has ended
   * @param startNs since the stretch began
   */
  private record Turn(SimulatedClient session, long done, long startNs) {}
}
