package toystore.frontend;

import io.vertx.core.Future;
import toystore.console.PurchaseWaits;
import toystore.edge.Loop;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.model.StoreError;
import toystore.model.StoreException;

/**
 * The order desk with a clock: how long purchases take, and what becomes of those that wait. Owned
 * by one event loop.
 */
final class TimedDesk implements OrderDesk {
  private final Loop loop;
  private final OrderDesk desk;
  private final PurchaseWaits waits;
  private final LoopTimes times = new LoopTimes();
  private long failed;

  TimedDesk(Loop loop, OrderDesk desk, PurchaseWaits waits) {
    this.loop = loop;
    this.desk = desk;
    this.waits = waits;
  }

  @Override
  public Future<Long> buy(PurchaseRequest request) {
    long beganNanos = loop.nanos();
    long number = waits.began();
    return desk.buy(request).onComplete(answer -> {
      long nanos = loop.nanos() - beganNanos;
      boolean isFailure = answer.failed() && !isRefusal(answer.cause());
      times.record(nanos);
      failed += isFailure ? 1 : 0;
      waits.ended(number, nanos / 1_000_000, isFailure);
    });
  }

  /** Said of this purchase, not of the store. */
  private static boolean isRefusal(Throwable failure) {
    if (!(failure instanceof StoreException expected)) {
      return false;
    }
    StoreError error = expected.error();
    return error == StoreError.OUT_OF_STOCK
        || error == StoreError.TOY_NOT_FOUND
        || error == StoreError.KEY_REUSED
        || error == StoreError.BAD_REQUEST;
  }

  @Override
  public Future<Order> find(long number) {
    return desk.find(number);
  }

  LoopTimes times() {
    return times;
  }

  /** Purchases that the store could not answer, since this was last called. */
  long takeFailed() {
    long taken = failed;
    failed = 0;
    return taken;
  }
}
