package toystore.order;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import toystore.edge.Loop;
import toystore.model.StoreError;
import toystore.model.StoreException;

/** Proofs of leadership that are asked for and not yet given. Owned by one event loop. */
public final class Proofs {
  private final Loop loop;
  private final long timeoutNanos;
  private final Map<Long, Promise<Boolean>> awaited = new HashMap<>();
  private final Deque<Deadline> deadlines = new ArrayDeque<>();
  private long lastId;

  public Proofs(Loop loop, Duration timeout) {
    this.loop = loop;
    this.timeoutNanos = timeout.toNanos();
  }

  /** Names the next proof. */
  public long nextId() {
    return ++lastId;
  }

  /** Whether this replica led; fails with UNAVAILABLE when that cannot be told in time. */
  public Future<Boolean> await(long readId) {
    Promise<Boolean> promise = Promise.promise();
    awaited.put(readId, promise);
    deadlines.add(new Deadline(readId, loop.nanos() + timeoutNanos));
    return promise.future();
  }

  /** What the core says of this proof. */
  public void end(long readId, boolean proven) {
    Promise<Boolean> promise = awaited.remove(readId);
    if (promise != null) {
      promise.complete(proven);
    }
  }

  /** Ends what has waited for too long. To be called now and then. */
  public void expire() {
    long now = loop.nanos();
    while (!deadlines.isEmpty() && deadlines.peek().at - now <= 0) {
      Promise<Boolean> promise = awaited.remove(deadlines.remove().readId);
      if (promise != null) {
        promise.fail(new StoreException(StoreError.UNAVAILABLE, "no majority answers"));
      }
    }
  }

  /** Ends all of them. */
  public void close(StoreException because) {
    awaited.values().forEach(promise -> promise.fail(because));
    awaited.clear();
    deadlines.clear();
  }

  private record Deadline(long readId, long at) {}
}
