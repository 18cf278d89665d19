package toystore.client;

import io.vertx.core.Future;
import java.util.function.LongFunction;
import toystore.api.Answer;
import toystore.api.Outcome;
import toystore.api.StoreClient;
import toystore.api.ToyAvailability;
import toystore.model.Order;
import toystore.model.PurchaseRequest;

/**
 * One simulated client: looks at a toy, perhaps buys it, and remembers what it was told. It has one
 * request under way at a time. Owned by one event loop.
 */
final class SimulatedClient {
  /** Before the name of a toy, it makes the name of one that no store has. */
  private static final String NO_TOY = "no ";

  private final StoreClient store;
  private final LoadPlan plan;
  private final LoadMix mix;
  private final Repeater repeater;
  private final String run;
  private final int client;
  private final OrdersReceived orders = new OrdersReceived();
  private long iterations;
  private long purchases;

  /**
   * @param run different in each run, or purchases of an earlier one would be repeated
   * @param client from 0
   */
  SimulatedClient(
      StoreClient store, LoadPlan plan, LoadMix mix, Repeater repeater, String run, int client) {
    this.store = store;
    this.plan = plan;
    this.mix = mix;
    this.repeater = repeater;
    this.run = run;
    this.client = client;
  }

  OrdersReceived orders() {
    return orders;
  }

  /**
   * Goes through one iteration.
   *
   * @param startNs from when the query's latency counts: its intended start
   * @return how its last request ended
   */
  Future<Outcome> iterate(long startNs, LoadPhase stretch) {
    LoadPlan.PlannedRequest step = plan.step(client, iterations++);
    return switch (mix.mode()) {
      case SHOP -> query(step, startNs, stretch, units -> decide(step, units, stretch));
      case QUERY -> query(step, startNs, stretch, units -> Future.succeededFuture(Outcome.OK));
      case BUY -> buy(step.toy(), stretch);
      case UNKNOWN -> askForUnknown(step, startNs, stretch);
    };
  }

  private Future<Outcome> query(
      LoadPlan.PlannedRequest step,
      long startNs,
      LoadPhase stretch,
      LongFunction<Future<Outcome>> next) {
    String toy = plan.toy(step.toy());
    return repeater.send(() -> store.product(toy), no -> false, stretch).compose(answer -> {
      if (!answer.isOk()) {
        stretch.tally().count(RequestKind.QUERY, answer);
        return Future.succeededFuture(answer.outcome());
      }
      RequestKind kind = RequestKind.of(answer.value().source());
      stretch.tally().count(kind, answer);
      stretch.latencies().record(kind, startNs, System.nanoTime());
      return next.apply(answer.value().units());
    });
  }

  private Future<Outcome> askForUnknown(
      LoadPlan.PlannedRequest step, long startNs, LoadPhase stretch) {
    String toy = NO_TOY + plan.toy(step.toy());
    return repeater.send(() -> store.product(toy), no -> false, stretch).map(answer -> {
      Answer<ToyAvailability> judged = asUnknown(answer, toy);
      stretch.tally().count(RequestKind.UNKNOWN, judged);
      if (judged.isOk()) {
        stretch.latencies().record(RequestKind.UNKNOWN, startNs, System.nanoTime());
      }
      return judged.outcome();
    });
  }

  /** 404 is right, and 200 is wrong: the store says it has what it cannot have. */
  private static Answer<ToyAvailability> asUnknown(Answer<ToyAvailability> answer, String toy) {
    if (answer.outcome() == Outcome.NOT_FOUND) {
      return Answer.ok(new ToyAvailability(toy, 0, ToyAvailability.Source.UNKNOWN));
    }
    return answer.isOk() ? Answer.failed(Outcome.MALFORMED, "200 for unknown " + toy) : answer;
  }

  /**
   * Looks up one of its orders.
   *
   * @param again whether to ask again for a while if the answer does not settle the matter
   */
  Future<Answer<Order>> lookUp(int index, boolean again, LoadPhase stretch) {
    long startNs = System.nanoTime();
    return repeater
        .send(
            () -> store.order(orders.number(index)),
            outcome -> again && !Verifier.settles(outcome),
            stretch)
        .map(answer -> {
          stretch.tally().count(RequestKind.ORDER, answer);
          if (answer.isOk()) {
            stretch.latencies().record(RequestKind.ORDER, startNs, System.nanoTime());
          }
          return answer;
        });
  }

  private Future<Outcome> decide(LoadPlan.PlannedRequest step, long units, LoadPhase stretch) {
    if (!step.buysIfInStock()) {
      return Future.succeededFuture(Outcome.OK);
    }
    if (units == 0) {
      stretch.tally().countEmptyShelf();
      return Future.succeededFuture(Outcome.OK);
    }
    return buy(step.toy(), stretch);
  }

  private Future<Outcome> buy(int toy, LoadPhase stretch) {
    String key = run + "-" + client + "-" + purchases++;
    PurchaseRequest request = new PurchaseRequest(key, plan.toy(toy), mix.quantity());
    long startNs = System.nanoTime();
    // Only silence is repeated: 503 is an answer, and one that a report must show.
    return repeater.send(() -> store.buy(request), Outcome::isSilence, stretch).map(answer -> {
      stretch.tally().count(RequestKind.BUY, answer);
      if (answer.isOk()) {
        stretch.latencies().record(RequestKind.BUY, startNs, System.nanoTime());
        orders.add(answer.value(), toy);
      } else if (answer.outcome() == Outcome.REFUSED) {
        stretch.latencies().record(RequestKind.REFUSAL, startNs, System.nanoTime());
      } else if (answer.outcome().leavesPurchaseOpen()) {
        stretch.tally().countOpenPurchase();
      }
      return answer.outcome();
    });
  }
}
