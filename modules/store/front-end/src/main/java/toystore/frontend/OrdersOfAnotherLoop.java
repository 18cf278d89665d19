package toystore.frontend;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;
import toystore.model.Order;
import toystore.model.PurchaseRequest;

/** The order desk of another event loop: questions go over to it, answers come back. */
record OrdersOfAnotherLoop(Context owner, OrderDesk desk) implements OrderDesk {

  @Override
  public Future<Long> buy(PurchaseRequest request) {
    return call(owner, () -> desk.buy(request));
  }

  @Override
  public Future<Order> find(long number) {
    return call(owner, () -> desk.find(number));
  }

  /** Runs the action on its owner's event loop; the answer arrives on the caller's. */
  static <T> Future<T> call(Context owner, Supplier<Future<T>> action) {
    Context caller = Vertx.currentContext();
    Promise<T> promise = Promise.promise();
    owner.runOnContext(go -> action
        .get()
        .onComplete(answer -> caller.runOnContext(back -> {
          if (answer.succeeded()) {
            promise.complete(answer.result());
          } else {
            promise.fail(answer.cause());
          }
        })));
    return promise.future();
  }
}
