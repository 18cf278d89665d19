package toystore.drill;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
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

  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int OUT_OF_STOCK = 409;
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
   */
  record Habits(String toy, double buys, int most, int pauseMs) {}

  private final Vertx vertx;
  private final ShopClient shop;
  private final int id;
  private final Habits habits;
  private final Random chance;
  private final Journal journal;
  private final Promise<Void> done = Promise.promise();
  private PurchaseRequest open;
  private int bought;
  private boolean closing;
  private boolean giveUp;

  Shopper(Vertx vertx, ShopClient shop, int id, Habits habits, long seed, Journal journal) {
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
    HistoryRecorder.Call call = journal.recorder().query(id, habits.toy);
    return ended(shop.product(habits.toy), Type.QUERY, callNs, false, answer -> {
      if (answer.status() != OK) {
        return false;
      }
      call.quantity(answer.body().getLong("quantity"));
      return true;
    });
  }

  /** What is read of all toys together must be as fresh as what is read of one. */
  private Future<Void> askAll() {
    long callNs = System.nanoTime();
    Map<String, HistoryRecorder.Call> calls = new HashMap<>();
    Crowd.toys().forEach(toy -> calls.put(toy, journal.recorder().query(id, toy)));
    return ended(shop.products(), Type.QUERY, callNs, false, answer -> {
      if (answer.status() != OK) {
        return false;
      }
      for (Object listed : answer.body().getJsonArray(ShopClient.LIST)) {
        JsonObject toy = (JsonObject) listed;
        HistoryRecorder.Call call = calls.remove(toy.getString("name"));
        if (call != null) {
          call.quantity(toy.getLong("quantity"));
        }
      }
      calls.keySet().forEach(toy -> journal.wrong("GET /products lists no " + toy));
      return true;
    });
  }

  private Future<Void> buy() {
    PurchaseRequest request = open;
    long callNs = System.nanoTime();
    HistoryRecorder.Call call = journal.recorder().buy(id, request);
    return ended(shop.buy(request), Type.BUY, callNs, false, answer -> {
          if (answer.status() == OK) {
            long number = answer.body().getLong("order_number");
            call.ordered(number);
            journal.promise(request.key(), new Order(number, request.name(), request.quantity()));
          } else if (answer.status() == OUT_OF_STOCK) {
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
    HistoryRecorder.Call call = journal.recorder().orderQuery(id, number);
    return ended(shop.order(number), Type.ORDER_QUERY, callNs, known, answer -> {
      if (answer.status() == OK) {
        call.found(order(answer.body()));
      } else if (answer.status() == NOT_FOUND) {
        call.notFound();
      } else {
        return false;
      }
      return true;
    });
  }

  static Order order(JsonObject data) {
    return new Order(data.getLong("number"), data.getString("name"), data.getInteger("quantity"));
  }

  /** Reads an answer; says whether the request was served. */
  private interface Reader {
    boolean read(ShopClient.Answer answer);
  }

  private Future<Void> ended(
      Future<ShopClient.Answer> asked, Type type, long callNs, boolean known, Reader reader) {
    return asked
        .otherwise(ShopClient.Answer::none)
        .map(answer -> {
          if (answer.status() == UNAVAILABLE && !answer.retryAfter()) {
            journal.wrong(type + " was answered 503 without Retry-After: " + answer.message());
          }
          boolean readable = answer.status() != OK || answer.body() != null;
          return readable && reader.read(answer)
              ? Optional.<Failure>empty()
              : Optional.of(failure(type, answer.status(), known, answer.message(), callNs));
        })
        .map(failure -> {
          failure.ifPresentOrElse(journal::failed, () -> journal.served(callNs));
          return null;
        });
  }

  private static Failure failure(
      Type type, int status, boolean known, String message, long callNs) {
    return new Failure(type, status, known, message, callNs, System.nanoTime());
  }
}
