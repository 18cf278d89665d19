package toystore.purchase;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.model.ReserveOutcome;
import toystore.model.StoreError;
import toystore.purchase.Purchase.PurchaseStage;
import toystore.purchase.PurchaseEffects.PurchaseAnswer;

/** The purchases under way at a leader: who waits for what, what is to be reserved next. */
final class UnderWay {
  /** Well above what comes in the time that a caller may wait. */
  private static final int MAX_CALLERS = 200_000;

  static final String KEY_REUSED = "this key belongs to another purchase";

  private static final String TOO_LONG = "the purchase took too long; its outcome is open";

  /**
   * Of keys and names in one reserve call: below what a call may have, however they are written.
   */
  private static final int MAX_BATCH_CHARACTERS = 4 << 20;

  // In order of arrival, so that a seeded simulation repeats itself.
  private final Map<String, Purchase> byKey = new LinkedHashMap<>();
  private final Deque<Purchase> toReserve = new ArrayDeque<>();
  /** Invariant: the callers that the purchases of {@link #byKey} have. */
  private int callers;
  /** Invariant: no caller's deadline is before it. */
  private long nextExpiry = Long.MAX_VALUE;

  private List<PurchaseAnswer> answers = new ArrayList<>();

  int size() {
    return byKey.size();
  }

  /** Whether as many callers wait, be it all for the same purchase, as may. */
  boolean isFull() {
    return callers >= MAX_CALLERS;
  }

  Purchase find(String key) {
    return byKey.get(key);
  }

  Purchase addQueued(PurchaseRequest request) {
    Purchase purchase = new Purchase(request, PurchaseStage.QUEUED);
    byKey.put(request.key(), purchase);
    toReserve.add(purchase);
    return purchase;
  }

  /** Notes that the catalog holds this purchase; false where that was known. */
  boolean addHeld(PurchaseRequest request) {
    Purchase known = byKey.get(request.key());
    if (known == null) {
      byKey.put(request.key(), new Purchase(request, PurchaseStage.HELD));
      return true;
    }
    boolean isNew = known.stage() != PurchaseStage.HELD;
    known.become(PurchaseStage.HELD);
    return isNew;
  }

  /** What the catalog holds, and the log has still to make an order. */
  List<PurchaseRequest> held() {
    return byKey.values().stream()
        .filter(purchase -> purchase.stage() == PurchaseStage.HELD)
        .map(Purchase::request)
        .toList();
  }

  void join(Purchase purchase, Caller caller, long deadline) {
    purchase.await(caller, deadline);
    callers++;
    nextExpiry = Math.min(nextExpiry, deadline);
  }

  boolean hasQueued() {
    skipStale();
    return !toReserve.isEmpty();
  }

  /** Takes the purchases for the next reserve call. */
  List<PurchaseRequest> takeBatch(int maxBatch) {
    List<PurchaseRequest> batch = new ArrayList<>(Math.min(maxBatch, toReserve.size()));
    int characters = 0;
    while (batch.size() < maxBatch && characters < MAX_BATCH_CHARACTERS && hasQueued()) {
      Purchase purchase = toReserve.remove();
      characters += purchase.key().length() + purchase.request().name().length();
      purchase.become(PurchaseStage.RESERVING);
      batch.add(purchase.request());
    }
    return batch;
  }

  /** For each of these, which are under way, a reading of the catalog's clock. */
  List<Long> seen(List<PurchaseRequest> batch) {
    return batch.stream().map(request -> byKey.get(request.key()).seenMs()).toList();
  }

  /** What expired, or became held by another way, needs no reserve call any more. */
  private void skipStale() {
    while (!toReserve.isEmpty()) {
      Purchase first = toReserve.peek();
      if (first.stage() == PurchaseStage.QUEUED && byKey.get(first.key()) == first) {
        return;
      }
      toReserve.remove();
    }
  }

  /** A reserve call failed: those still waited for go to the head of the queue, in their order. */
  void requeue(List<PurchaseRequest> batch) {
    for (int i = batch.size() - 1; i >= 0; i--) {
      Purchase purchase = byKey.get(batch.get(i).key());
      if (purchase == null || purchase.stage() != PurchaseStage.RESERVING) {
        continue;
      }
      if (purchase.isAwaited()) {
        purchase.become(PurchaseStage.QUEUED);
        toReserve.addFirst(purchase);
      } else {
        // If the catalog did hold it, the sweep finds it.
        byKey.remove(purchase.key());
      }
    }
  }

  /** The purchase is an order; tells all who wait. */
  void ordered(PurchaseRequest request, long number) {
    Purchase purchase = byKey.remove(request.key());
    if (purchase == null) {
      return;
    }
    if (!purchase.request().sameBody(request)) {
      tell(purchase, StoreError.KEY_REUSED, KEY_REUSED);
      return;
    }
    tell(purchase.takeCallers(), caller -> PurchaseAnswer.number(caller, number));
  }

  /** The catalog has not taken stock for this, and says why; tells all who wait. */
  void refuse(String key, ReserveOutcome outcome) {
    switch (outcome) {
      case OUT_OF_STOCK -> refuse(key, StoreError.OUT_OF_STOCK, "not enough in stock");
      case TOY_NOT_FOUND -> refuse(key, StoreError.TOY_NOT_FOUND, "no toy has this name");
      case KEY_REUSED -> refuse(key, StoreError.KEY_REUSED, KEY_REUSED);
      case UNDECIDED -> refuse(key, StoreError.UNAVAILABLE, "the catalog did not decide");
      case FULL -> refuse(key, StoreError.FULL, "the catalog has no room for it");
      case HELD -> throw new IllegalStateException("no refusal: " + outcome);
    }
  }

  private void refuse(String key, StoreError error, String message) {
    Purchase purchase = byKey.get(key);
    // A late outcome of an earlier call must not touch what is held since.
    if (purchase != null && purchase.stage() != PurchaseStage.HELD) {
      byKey.remove(key);
      tell(purchase, error, message);
    }
  }

  /** Tells those who wait for such purchases that the outcome is unknown. */
  void giveUpWaiting(Predicate<PurchaseStage> which, String message) {
    byKey.values().removeIf(purchase -> {
      if (!which.test(purchase.stage())) {
        return false;
      }
      tell(purchase, StoreError.UNAVAILABLE, message);
      // What may be held already is kept until its fate is known.
      return purchase.stage() == PurchaseStage.QUEUED;
    });
  }

  void expire(long now) {
    // Most ticks end here: a look at every purchase is worth it once somebody's time may be over.
    if (now < nextExpiry) {
      return;
    }
    nextExpiry = Long.MAX_VALUE;
    byKey.values().removeIf(purchase -> {
      List<Caller> expired = purchase.takeExpired(now);
      tell(expired, caller -> PurchaseAnswer.refusal(caller, StoreError.UNAVAILABLE, TOO_LONG));
      nextExpiry = Math.min(nextExpiry, purchase.nextDeadline());
      // Nobody wants it any more, and nothing was asked of the catalog yet.
      return !expired.isEmpty()
          && !purchase.isAwaited()
          && purchase.stage() == PurchaseStage.QUEUED;
    });
  }

  /** The office is lost: the next leader knows, or finds in the catalog, what is held. */
  void clear(StoreError error, String message) {
    byKey.values().forEach(purchase -> tell(purchase, error, message));
    byKey.clear();
    toReserve.clear();
  }

  private void tell(Purchase purchase, StoreError error, String message) {
    tell(purchase.takeCallers(), caller -> PurchaseAnswer.refusal(caller, error, message));
  }

  private void tell(List<Caller> told, Function<Caller, PurchaseAnswer> answer) {
    callers -= told.size();
    told.forEach(caller -> answers.add(answer.apply(caller)));
  }

  /** Answers a caller whose key is ordered already. */
  void answerFrom(Order order, Caller caller, PurchaseRequest request) {
    if (order.quantity() == request.quantity() && order.name().equals(request.name())) {
      answers.add(PurchaseAnswer.number(caller, order.number()));
    } else {
      refuse(caller, StoreError.KEY_REUSED, KEY_REUSED);
    }
  }

  /** Answers a caller who does not get to wait. */
  void refuse(Caller caller, StoreError error, String message) {
    answers.add(PurchaseAnswer.refusal(caller, error, message));
  }

  List<PurchaseAnswer> takeAnswers() {
    if (answers.isEmpty()) {
      return List.of();
    }
    List<PurchaseAnswer> taken = answers;
    answers = new ArrayList<>();
    return taken;
  }
}
