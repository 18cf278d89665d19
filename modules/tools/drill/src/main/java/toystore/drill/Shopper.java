package toystore.drill;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import toystore.api.Answer;
import toystore.api.Outcome;
import toystore.api.StoreClient;
import toystore.api.ToyAvailability;
import toystore.history.HistoryRecorder;
import toystore.history.Operation.Type;
import toystore.model.Order;
import toystore.model.PurchaseRequest;

/**
 * One client of one toy: asks, buys, looks orders up, one after the other. A purchase of unknown
 * outcome is sent again, with its key, until it is known. Owned by one event loop.
 */
final class Shopper {
  static final int UNAVAILABLE = 503;

  private static final long BEFORE_RETRY_MS = 50;
  private static final double ASKS = 0.8;
  /** Of those, so many ask for all products at once. */
  private static final double BROWSES = 0.1;
  /** Sends another client's last purchase, with its key, rather than one of its own. */
  private static final double SHARES = 0.05;

  /**
   * How a client behaves.
   *
   * @param toy the only one it wants
   * @param buys how likely it is to buy rather than to ask
   * @param most units it buys at once
   * @param pauseMs at most, between two requests
   * @param frontEnd whom it asks, from 0
   */
  record Habits(String toy, double buys, int most, int pauseMs, int frontEnd) {}

  private final Vertx vertx;
  private final StoreClient shop;
  private final int id;
  private final Habits habits;
  private final Random chance;
  private final Journal journal;
  private final Promise<Void> done = Promise.promise();
  private PurchaseRequest open;
  private int bought;
  private boolean closing;
  private boolean giveUp;

  Shopper(Vertx vertx, StoreClient shop, int id, Habits habits, long seed, Journal journal) {
    this.vertx = vertx;
    this.shop = shop;
    this.id = id;
    this.habits = habits;
    this.chance = new Random(seed);
    this.journal = journal;
  }

  void start() {
    next(1 + chance.nextInt(habits.pauseMs));
  }

  /** Begins nothing new; ends when the outcome of its last purchase is known. */
  Future<Void> close() {
    closing = true;
    return done.future();
  }

  /** Does not insist on outcomes any more. */
  void giveUp() {
    giveUp = true;
  }

  private void next(long afterMs) {
    if (giveUp || closing && open == null) {
      done.tryComplete();
      return;
    }
    vertx.setTimer(Math.max(1, afterMs), fired -> act().onComplete(acted -> {
      if (acted.failed()) {
        journal.wrong("a client failed: " + acted.cause());
        done.tryComplete();
      } else {
        next(open == null ? 1 + chance.nextInt(habits.pauseMs) : BEFORE_RETRY_MS);
      }
    }));
  }

  private Future<Void> act() {
    if (open != null) {
      return buy();
    }
    if (chance.nextDouble() < habits.buys) {
      boolean shares = chance.nextDouble() < SHARES;
      open = shares ? journal.lastBegun(habits.toy).orElseGet(this::purchase) : purchase();
      journal.began(open);
      return buy();
    }
    if (chance.nextDouble() >= ASKS) {
      return lookUp(journal.someNumber());
    }
    return chance.nextDouble() < BROWSES ? askAll() : ask();
  }

  private PurchaseRequest purchase() {
    return new PurchaseRequest(
        "drill-" + id + "-" + Long.toHexString(chance.nextLong()) + "-" + ++bought,
        habits.toy,
        1 + chance.nextInt(habits.most));
  }

  private Future<Void> ask() {
    long callNs = System.nanoTime();
    HistoryRecorder.RecordedCall call = journal.recorder().query(id, habits.toy);
    return ended(shop.product(habits.toy), Type.QUERY, callNs, false, answer -> {
      if (answer.isOk()) {
        call.quantity(answer.value().units());
      }
      return answer.isOk();
    });
  }

  /** What is read of all toys together must be as fresh as what is read of one. */
  private Future<Void> askAll() {
    long callNs = System.nanoTime();
    Map<String, HistoryRecorder.RecordedCall> calls = new HashMap<>();
    Crowd.toys().forEach(toy -> calls.put(toy, journal.recorder().query(id, toy)));
    return ended(shop.products(), Type.QUERY, callNs, false, answer -> {
      if (!answer.isOk()) {
        return false;
      }
      for (ToyAvailability toy : answer.value()) {
        HistoryRecorder.RecordedCall call = calls.remove(toy.name());
        if (call != null) {
          call.quantity(toy.units());
        }
      }
      calls.keySet().forEach(toy -> journal.wrong("GET /products lists no " + toy));
      return true;
    });
  }

  private Future<Void> buy() {
    PurchaseRequest request = open;
    long callNs = System.nanoTime();
    HistoryRecorder.RecordedCall call = journal.recorder().buy(id, request);
    return ended(shop.buy(request), Type.BUY, callNs, false, answer -> {
          if (answer.isOk()) {
            long number = answer.value();
            call.ordered(number);
            journal.promise(request.key(), new Order(number, request.name(), request.quantity()));
          } else if (answer.outcome() == Outcome.REFUSED) {
            call.outOfStock();
          } else {
            return false;
          }
          open = null;
          journal.purchaseServed();
          return true;
        })
        .onComplete(over -> call.unknown()); // counts only if nothing was said before
  }

  private Future<Void> lookUp(long number) {
    boolean known = journal.isKnownEverywhere(number);
    long callNs = System.nanoTime();
    HistoryRecorder.RecordedCall call = journal.recorder().orderQuery(id, number);
    return ended(shop.order(number), Type.ORDER_QUERY, callNs, known, answer -> {
      if (answer.isOk()) {
        call.found(answer.value());
      } else if (answer.outcome() == Outcome.NOT_FOUND) {
        call.notFound();
      } else {
        return false;
      }
      return true;
    });
  }

  /** Reads an answer; says whether the request was served. */
  private interface AnswerReading<T> {
    boolean read(Answer<T> answer);
  }

  private <T> Future<Void> ended(
      Future<Answer<T>> asked, Type type, long callNs, boolean known, AnswerReading<T> reader) {
    return asked.map(answer -> {
      if (answer.outcome() == Outcome.UNAVAILABLE && !answer.retryAfter()) {
        journal.wrong(type + " was answered 503 without Retry-After: " + answer.detail());
      }
      if (reader.read(answer)) {
        journal.served(callNs);
      } else {
        journal.failed(new FailedRequest(
            type,
            answer.status(),
            known,
            answer.detail(),
            habits.frontEnd,
            callNs,
            System.nanoTime()));
      }
      return null;
    });
  }
}
