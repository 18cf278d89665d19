package toystore.purchase;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.model.StoreError;
import toystore.purchase.Purchase.Stage;
import toystore.purchase.Purchase.Waiter;
import toystore.purchase.PurchaseEffects.Answer;

/** The purchases under way at a leader: who waits for what, what is to be reserved next. */
final class UnderWay {
  /** Those answered lately included: well above what comes in the time that a caller may wait. */
  private static final int MAX_CALLERS = 200_000;

  /** Of keys and names in one reserve call: below what a call may have, however they are written. */
  private static final int MAX_BATCH_CHARACTERS = 4 << 20;

  // In order of arrival, so that a seeded simulation repeats itself.
  private final Map<String, Purchase> byKey = new LinkedHashMap<>();
  private final Deque<Purchase> toReserve = new ArrayDeque<>();
  // Every caller waits equally long, so the first to arrive is the first to expire.
  private final Deque<Waiter> byDeadline = new ArrayDeque<>();
  private List<Answer> answers = new ArrayList<>();

  int size() {
    return byKey.size();
  }

  /** Whether as many callers wait, be it all for the same purchase, as may. */
  boolean isFull() {
    return byDeadline.size() >= MAX_CALLERS;
  }

  Purchase find(String key) {
    return byKey.get(key);
  }

  Purchase addQueued(PurchaseRequest request) {
    Purchase purchase = new Purchase(request, Stage.QUEUED);
    byKey.put(request.key(), purchase);
    toReserve.add(purchase);
    return purchase;
  }

  /** Notes that the catalog holds this purchase; false where that was known. */
  boolean addHeld(PurchaseRequest request) {
    Purchase known = byKey.get(request.key());
    if (known == null) {
      byKey.put(request.key(), new Purchase(request, Stage.HELD));
      return true;
    }
    boolean isNew = known.stage() != Stage.HELD;
    known.become(Stage.HELD);
    return isNew;
  }

  void join(Purchase purchase, long token, long deadline) {
    Waiter waiter = new Waiter(token, deadline, purchase);
    purchase.waiters().add(waiter);
    byDeadline.add(waiter);
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
      purchase.become(Stage.RESERVING);
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
      if (first.stage() == Stage.QUEUED && byKey.get(first.key()) == first) {
        return;
      }
      toReserve.remove();
    }
  }

  /** A reserve call failed: those still waited for go to the head of the queue, in their order. */
  void requeue(List<PurchaseRequest> batch) {
    for (int i = batch.size() - 1; i >= 0; i--) {
      Purchase purchase = byKey.get(batch.get(i).key());
      if (purchase == null || purchase.stage() != Stage.RESERVING) {
        continue;
      }
      if (purchase.isAwaited()) {
        purchase.become(Stage.QUEUED);
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
      tell(purchase, StoreError.KEY_REUSED, Purchases.KEY_REUSED);
      return;
    }
    for (Waiter waiter : purchase.waiters()) {
      if (!waiter.isAnswered()) {
        waiter.markAnswered();
        answers.add(Answer.number(waiter.token(), number));
      }
    }
  }

  /** The purchase will never be an order; tells all who wait. */
  void refuse(String key, StoreError error, String message) {
    Purchase purchase = byKey.get(key);
    // A late outcome of an earlier call must not touch what is held since.
    if (purchase != null && purchase.stage() != Stage.HELD) {
      byKey.remove(key);
      tell(purchase, error, message);
    }
  }

  /** Tells those who wait for such purchases that the outcome is unknown. */
  void giveUpWaiting(Predicate<Stage> which, String message) {
    byKey.values().removeIf(purchase -> {
      if (!which.test(purchase.stage())) {
        return false;
      }
      tell(purchase, StoreError.UNAVAILABLE, message);
      // What may be held already is kept until its fate is known.
      return purchase.stage() == Stage.QUEUED;
    });
  }

  void expire(long now) {
    while (!byDeadline.isEmpty()) {
      Waiter first = byDeadline.peek();
      if (!first.isAnswered() && first.deadline() > now) {
        return;
      }
      byDeadline.remove();
      if (!first.isAnswered()) {
        expire(first);
      }
    }
  }

  private void expire(Waiter waiter) {
    waiter.markAnswered();
    answers.add(Answer.refusal(
        waiter.token(), StoreError.UNAVAILABLE, "the purchase took too long; its outcome is open"));
    Purchase purchase = waiter.purchase();
    if (purchase.stage() == Stage.QUEUED && !purchase.isAwaited()) {
      byKey.remove(purchase.key(), purchase);
    }
  }

  /** The office is lost: the next leader knows, or finds in the catalog, what is held. */
  void clear(StoreError error, String message) {
    byKey.values().forEach(purchase -> tell(purchase, error, message));
    byKey.clear();
    toReserve.clear();
    byDeadline.clear();
  }

  private void tell(Purchase purchase, StoreError error, String message) {
    for (Waiter waiter : purchase.waiters()) {
      if (!waiter.isAnswered()) {
        waiter.markAnswered();
        answers.add(Answer.refusal(waiter.token(), error, message));
      }
    }
    purchase.waiters().clear();
  }

  /** Answers a caller whose key is ordered already. */
  void answerFrom(Order order, long token, PurchaseRequest request) {
    if (order.quantity() == request.quantity() && order.name().equals(request.name())) {
      answers.add(Answer.number(token, order.number()));
    } else {
      refuse(token, StoreError.KEY_REUSED, Purchases.KEY_REUSED);
    }
  }

  /** Answers a caller who does not get to wait. */
  void refuse(long token, StoreError error, String message) {
    answers.add(Answer.refusal(token, error, message));
  }

  List<Answer> takeAnswers() {
    if (answers.isEmpty()) {
      return List.of();
    }
    List<Answer> taken = answers;
    answers = new ArrayList<>();
    return taken;
  }
}
