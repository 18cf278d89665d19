package toystore.frontend;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One more event loop on the public port. To the catalog it is a front-end of its own; its orders
 * go over to the event loop that knows the leader.
 */
final class ExtraLoop extends VerticleBase {
  private final FrontEndConfig config;
  private final ServingLoop.SharedByLoops shared;
  private final Context owner;
  private final OrderDesk orders;
  private final Supplier<Future<Buffer>> status;
  private ServingLoop loop;

  ExtraLoop(
      FrontEndConfig config,
      ServingLoop.SharedByLoops shared,
      Context owner,
      OrderDesk orders,
      Supplier<Future<Buffer>> status) {
    this.config = config;
    this.shared = shared;
    this.owner = owner;
    this.orders = new OrdersOfAnotherLoop(owner, orders);
    this.status = status;
  }

  @Override
  public Future<?> start() {
    loop = new ServingLoop(vertx, config, shared);
    loop.observe(() -> Map.of("service", "front-end"), () -> true, loop::view);
    return loop.start(0, orders, () -> OrdersOfAnotherLoop.call(owner, status), () -> {});
  }

  /** Once it has started. */
  ServingLoop serving() {
    return loop;
  }

  @Override
  public Future<?> stop() {
    return loop.stop();
  }
}
