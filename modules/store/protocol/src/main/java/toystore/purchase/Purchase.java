package toystore.purchase;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import toystore.model.PurchaseRequest;

/** One purchase under way at the leader, with all who wait for it. */
final class Purchase {
  enum PurchaseStage {
    /** Waits for a place in a reserve call. */
    QUEUED,
    /** In a reserve call; the catalog may or may not have decided. */
    RESERVING,
    /** Held by the catalog and proposed to the log: it will become an order. */
    HELD
  }

  private final PurchaseRequest request;
  /** Invariant: the earliest deadline is first, because every caller waits equally long. */
  private final Deque<Waiter> waiters = new ArrayDeque<>(1);

  private PurchaseStage stage;
  private long seenMs;

  Purchase(PurchaseRequest request, PurchaseStage stage) {
    this.request = request;
    this.stage = stage;
  }

  PurchaseRequest request() {
    return request;
  }

  String key() {
    return request.key();
  }

  PurchaseStage stage() {
    return stage;
  }

  void become(PurchaseStage next) {
    stage = next;
  }

  /**
   * Another copy of the request has come. The youngest counts: whoever sent that one asks now, also
   * where an older copy was refused.
   */
  void seen(long readingMs) {
    seenMs = Math.max(seenMs, readingMs);
  }

  /** A reading of the catalog's clock, of before any front-end saw the youngest copy. */
  long seenMs() {
    return seenMs;
  }

  void await(Caller caller, long deadline) {
    waiters.add(new Waiter(caller, deadline));
  }

  boolean isAwaited() {
    return !waiters.isEmpty();
  }

  /** When the first of those who wait is to be told that it took too long; late for none. */
  long nextDeadline() {
    return waiters.isEmpty() ? Long.MAX_VALUE : waiters.peek().deadline();
  }

  /** Those whose deadline has passed. They do not wait any more. */
  List<Caller> takeExpired(long now) {
    List<Caller> expired = new ArrayList<>();
    while (nextDeadline() <= now) {
      expired.add(waiters.remove().caller());
    }
    return expired;
  }

  /** All who wait. They do not wait any more. */
  List<Caller> takeCallers() {
    return takeExpired(Long.MAX_VALUE - 1);
  }

  private record Waiter(Caller caller, long deadline) {}
}
