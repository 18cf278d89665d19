package toystore.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Sends a request again while nothing is known about its outcome: after a pause that doubles, for a
 * limited time. Owned by one event loop.
 */
final class Repeater {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final Duration limit;

  /**
   * @param limit from the first sending; zero: each request is sent once
   */
  Repeater(Vertx vertx, Duration limit) {
    this.vertx = vertx;
    this.limit = limit;
  }

  /**
   * @param unknown whether an outcome says too little
   * @return the first answer that says enough, or the last
   */
  <T> Future<Answer<T>> send(
      Supplier<Future<Answer<T>>> request, Predicate<Outcome> unknown, Stretch stretch) {
    long deadlineNs = System.nanoTime() + limit.toNanos();
    return attempt(request, unknown, stretch, deadlineNs, FIRST_PAUSE);
  }

  private <T> Future<Answer<T>> attempt(
      Supplier<Future<Answer<T>>> request,
      Predicate<Outcome> unknown,
      Stretch stretch,
      long deadlineNs,
      Duration pause) {
    return request.get().compose(answer -> {
      boolean late = System.nanoTime() + pause.toNanos() - deadlineNs > 0;
      if (!unknown.test(answer.outcome()) || late || stretch.isStopped()) {
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
