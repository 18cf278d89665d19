package toystore.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import toystore.api.Answer;
import toystore.api.Outcome;

/**
 * Sends a request again while nothing is known about its outcome: after a pause that doubles, for a
 * limited time. Any request is sent again whose time ran out while this loop was late itself. Owned
 * by one event loop.
 */
final class Repeater {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final Duration timeout;
  private final Duration limit;
  private final Lateness lateness;

  /**
   * @param timeout of one request
   * @param limit from the first sending; zero: each request is sent once
   */
  Repeater(Vertx vertx, Duration timeout, Duration limit, Lateness lateness) {
    this.vertx = vertx;
    this.timeout = timeout;
    this.limit = limit;
    this.lateness = lateness;
  }

  /**
   * @param unknown whether an outcome says too little
   * @return the first answer that says enough, or the last
   */
  <T> Future<Answer<T>> send(
      Supplier<Future<Answer<T>>> request, Predicate<Outcome> unknown, LoadPhase stretch) {
    long deadlineNs = System.nanoTime() + limit.toNanos();
    return attempt(request, unknown, stretch, deadlineNs, FIRST_PAUSE);
  }

  private <T> Future<Answer<T>> attempt(
      Supplier<Future<Answer<T>>> request,
      Predicate<Outcome> unknown,
      LoadPhase stretch,
      long deadlineNs,
      Duration pause) {
    long lateBeforeNs = lateness.totalNs(System.nanoTime());
    return request.get().compose(answer -> {
      long nowNs = System.nanoTime();
      boolean isOwnFault =
          answer.outcome() == Outcome.TIMEOUT && lateness.excuses(lateBeforeNs, nowNs, timeout);
      boolean isSettled = !unknown.test(answer.outcome()) && !isOwnFault;
      boolean isOver = nowNs + pause.toNanos() - deadlineNs > 0;
      if (isSettled || isOver || stretch.isStopped()) {
        return Future.succeededFuture(answer);
      }
      stretch.tally().countRepeat();
      Duration next = doubled(pause);
      return vertx
          .timer(pause.toMillis())
          .compose(paused -> attempt(request, unknown, stretch, deadlineNs, next));
    });
  }

  private static Duration doubled(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(MAX_PAUSE) < 0 ? twice : MAX_PAUSE;
  }
}
