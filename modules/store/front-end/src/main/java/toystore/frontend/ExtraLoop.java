package toystore.frontend;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
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
  private final Context owner;
  private final OrderDesk orders;
  private final Supplier<Future<Buffer>> status;
  private final ServingLoop loop;

  ExtraLoop(
      ServingLoop loop,
      Context owner,
      OrderDesk orders,
      Supplier<Future<Buffer>> status,
      PrometheusMeterRegistry metrics) {
    this.owner = owner;
    this.orders = new OrdersOfAnotherLoop(owner, orders);
    this.status = status;
    this.loop = loop;
    loop.observe(() -> Map.of("service", "front-end"), () -> true, loop::view, metrics);
  }

  @Override
  public Future<?> start() {
    return loop.start(0, orders, () -> OrdersOfAnotherLoop.call(owner, status), () -> {});
  }

  @Override
  public Future<?> stop() {
    return loop.stop();
  }
}
