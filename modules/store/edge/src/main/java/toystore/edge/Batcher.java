package toystore.edge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import toystore.model.StoreError;
import toystore.model.StoreException;

/**
 * Few requests in flight on a leg; all that arrives meanwhile goes together in the next one. An
 * item never joins a request that was sent before it came. Owned by one event loop.
 *
 * @param <Q> an item
 * @param <A> its answer
 */
public final class Batcher<Q, A> {
  private static final Loop.Timer NO_TIMER = () -> {};

  private final int maxBatch;
  private final int maxInFlight;
  private final int maxWaiting;
  private final Function<List<Q>, Future<List<A>>> send;
  private final ArrayDeque<Item<Q, A>> waiting = new ArrayDeque<>();
  private final Set<List<Item<Q, A>>> inFlight = new HashSet<>();
  private final Loop loop;
  private final Gathering gathering;
  private Loop.Timer patience = NO_TIMER;
  private Throwable closedBecause;

  /**
   * @param maxBatch items a request carries at most
   * @param maxInFlight requests under way at most
   * @param maxWaiting items that may wait; more are refused with UNAVAILABLE
   * @param send carries a batch out; answers one for one, in order
   */
  public Batcher(
      int maxBatch, int maxInFlight, int maxWaiting, Function<List<Q>, Future<List<A>>> send) {
    this(maxBatch, maxInFlight, maxWaiting, send, null, null);
  }

  private Batcher(
      int maxBatch,
      int maxInFlight,
      int maxWaiting,
      Function<List<Q>, Future<List<A>>> send,
      Loop loop,
      Gathering gathering) {
    if (maxBatch < 1 || maxInFlight < 1 || maxWaiting < 1) {
      throw new IllegalArgumentException(maxBatch + "/" + maxInFlight + "/" + maxWaiting);
    }
    this.maxBatch = maxBatch;
    this.maxInFlight = maxInFlight;
    this.maxWaiting = maxWaiting;
    this.send = send;
    this.loop = loop;
    this.gathering = gathering;
  }

  /**
   * The same, but a request may wait for a moment for those who have just been answered.
   *
   * @param enough so many items leave at once
   */
  public Batcher<Q, A> gathering(Loop onLoop, int enough) {
    return new Batcher<>(maxBatch, maxInFlight, maxWaiting, send, onLoop, new Gathering(enough));
  }

  /**
   * The answer to this item.
   *
   * @return fails as its request does, or with UNAVAILABLE when too many wait
   */
  public Future<A> add(Q question) {
    if (closedBecause != null) {
      return Future.failedFuture(closedBecause);
    }
    if (waiting.size() >= maxWaiting) {
      return Future.failedFuture(
          new StoreException(StoreError.UNAVAILABLE, "too many requests wait"));
    }
    Promise<A> promise = Promise.promise();
    long now = now();
    waiting.add(new Item<>(question, promise, now));
    if (gathering != null) {
      gathering.came(now);
    }
    sendWhatIsDue();
    return promise.future();
  }

  /** Items that wait or are under way. */
  public int pending() {
    return waiting.size() + inFlight.stream().mapToInt(List::size).sum();
  }

  /** Fails all that waits or is under way, at once, and whatever comes later. */
  public void close(Throwable because) {
    if (closedBecause != null) {
      return;
    }
    closedBecause = because;
    stopWaiting();
    List<Item<Q, A>> abandoned = new ArrayList<>(waiting);
    inFlight.forEach(abandoned::addAll);
    waiting.clear();
    inFlight.clear();
    abandoned.forEach(item -> item.promise.tryFail(because));
  }

  /** Sends what waits, but for what should still wait for others. */
  private void sendWhatIsDue() {
    long wait = patience();
    if (wait == 0) {
      sendWhatWaits();
    } else if (patience == NO_TIMER) {
      patience = loop.after(Duration.ofNanos(wait), this::sendWhatWaits);
    }
  }

  private long patience() {
    boolean mayGather = gathering != null && !waiting.isEmpty() && inFlight.size() < maxInFlight;
    return mayGather
        ? gathering.patience(
            waiting.size(), waiting.peek().sinceNanos, !inFlight.isEmpty(), loop.nanos())
        : 0;
  }

  private void sendWhatWaits() {
    stopWaiting();
    while (closedBecause == null && inFlight.size() < maxInFlight && !waiting.isEmpty()) {
      List<Item<Q, A>> batch = new IdentityList<>(Math.min(maxBatch, waiting.size()));
      List<Q> questions = new ArrayList<>();
      while (batch.size() < maxBatch && !waiting.isEmpty()) {
        Item<Q, A> item = waiting.poll();
        batch.add(item);
        questions.add(item.question);
      }
      inFlight.add(batch);
      long leftNanos = now();
      if (gathering != null) {
        gathering.left(leftNanos);
      }
      send.apply(questions)
          .onComplete(answers -> done(batch, leftNanos, answers.result(), answers.cause()));
    }
  }

  private void stopWaiting() {
    patience.cancel();
    patience = NO_TIMER;
  }

  private long now() {
    return gathering == null ? 0 : loop.nanos();
  }

  private void done(List<Item<Q, A>> batch, long leftNanos, List<A> answers, Throwable failure) {
    inFlight.remove(batch);
    if (gathering != null) {
      long now = loop.nanos();
      gathering.ended(failure == null ? batch.size() : 0, now - leftNanos, waiting.size(), now);
      stopWaiting(); // For what comes now, there is another limit.
    }
    // The next request leaves before the answers of this one are looked at: the leg stays busy.
    sendWhatIsDue();
    if (failure != null) {
      batch.forEach(item -> item.promise.tryFail(failure));
    } else if (answers.size() != batch.size()) {
      Throwable bug = new IllegalStateException(
          "a batch of " + batch.size() + " got " + answers.size() + " answers");
      batch.forEach(item -> item.promise.tryFail(bug));
    } else {
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).promise.tryComplete(answers.get(i));
      }
    }
  }

  private record Item<Q, A>(Q question, Promise<A> promise, long sinceNanos) {}

  /** A list that is equal to itself only, so that a set of batches costs nothing. */
  private static final class IdentityList<T> extends ArrayList<T> {
    private static final long serialVersionUID = 1;

    IdentityList(int capacity) {
      super(capacity);
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }
}
