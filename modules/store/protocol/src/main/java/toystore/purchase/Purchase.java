package toystore.purchase;

import java.util.ArrayList;
import java.util.List;
import toystore.model.PurchaseRequest;

/** One purchase under way at the leader, with all who wait for it. */
final class Purchase {
  enum Stage {
    /** Waits for a place in a reserve call. */
    QUEUED,
    /** In a reserve call; the catalog may or may not have decided. */
    RESERVING,
    /** Held by the catalog and proposed to the log: it will become an order. */
    HELD
  }

  private final PurchaseRequest request;
  private final List<Waiter> waiters = new ArrayList<>(1);
  private Stage stage;
  private long seenMs;

  Purchase(PurchaseRequest request, Stage stage) {
    this.request = request;
    this.stage = stage;
  }

  PurchaseRequest request() {
    return request;
  }

  String key() {
    return request.key();
  }

  Stage stage() {
    return stage;
  }

  void become(Stage next) {
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

  List<Waiter> waiters() {
    return waiters;
  }

  boolean isAwaited() {
    for (Waiter waiter : waiters) {
      if (!waiter.answered) {
        return true;
      }
    }
    return false;
  }

  /** A caller that is told of the outcome once, or of its deadline. */
  static final class Waiter {
    private final long token;
    private final long deadline;
    private final Purchase purchase;
    private boolean answered;

    Waiter(long token, long deadline, Purchase purchase) {
      this.token = token;
      this.deadline = deadline;
      this.purchase = purchase;
    }

    long token() {
      return token;
    }

    long deadline() {
      return deadline;
    }

    Purchase purchase() {
      return purchase;
    }

    boolean isAnswered() {
      return answered;
    }

    void markAnswered() {
      answered = true;
    }
  }
}
