package toystore.drill;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import toystore.api.StoreClient;
import toystore.model.Order;

/**
 * Looks orders up, a few at a time, and compares them with what was promised. Owned by one event
 * loop.
 */
final class PromiseCheck {
  private static final int AT_ONCE = 16;
  private static final int MAX_FINDINGS = 20;

  private final StoreClient shop;
  private final Iterator<Order> orders;
  private final List<String> findings = new ArrayList<>();

  PromiseCheck(StoreClient shop, Iterator<Order> orders) {
    this.shop = shop;
    this.orders = orders;
  }

  Future<?> run() {
    return Future.join(IntStream.range(0, AT_ONCE)
        .mapToObj(lane -> {
          Promise<Void> done = Promise.promise();
          next(done);
          return done.future();
        })
        .toList());
  }

  private void next(Promise<Void> done) {
    if (!orders.hasNext() || findings.size() >= MAX_FINDINGS) {
      done.complete();
      return;
    }
    Order promised = orders.next();
    shop.order(promised.number())
        .map(answer -> promised.equals(answer.value())
            ? ""
            : answer.isOk() ? answer.value().toString() : answer.detail())
        .otherwise(Throwable::toString)
        .onComplete(difference -> {
          if (!difference.result().isEmpty()) {
            findings.add(promised + " was promised, but: " + difference.result());
          }
          next(done);
        });
  }

  List<String> findings() {
    return findings;
  }
}
