package toystore.order;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import toystore.model.StoreError;
import toystore.model.StoreException;

/** Proofs of leadership that are asked for and not yet given. Owned by one event loop. */
final class Proofs {
  private final long timeoutNanos;
  private final Map<Long, Promise<Boolean>> awaited = new HashMap<>();
  private final Deque<Deadline> deadlines = new ArrayDeque<>();
  private long lastId;

  Proofs(Duration timeout) {
    this.timeoutNanos = timeout.toNanos();
  }

  long nextId() {
    return ++lastId;
  }

  Future<Boolean> await(long readId) {
    Promise<Boolean> promise = Promise.promise();
    awaited.put(readId, promise);
    deadlines.add(new Deadline(readId, System.nanoTime() + timeoutNanos));
    return promise.future();
  }

  void end(long readId, boolean proven) {
    Promise<Boolean> promise = awaited.remove(readId);
    if (promise != null) {
      promise.complete(proven);
    }
  }

  void expire() {
    long now = System.nanoTime();
    while (!deadlines.isEmpty() && deadlines.peek().at - now <= 0) {
      Promise<Boolean> promise = awaited.remove(deadlines.remove().readId);
      if (promise != null) {
        promise.fail(new StoreException(StoreError.UNAVAILABLE, "no majority answers"));
      }
    }
  }

  void close(StoreException because) {
    awaited.values().forEach(promise -> promise.fail(because));
    awaited.clear();
    deadlines.clear();
  }

  private record Deadline(long readId, long at) {}
}
