package toystore.frontend;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import toystore.edge.PlannedAbsence;

/**
 * One more event loop on the public port. To the catalog it is a front-end of its own; its orders
 * go over to the event loop that knows the leader.
 */
final class ExtraLoop extends VerticleBase {
  private final FrontEndConfig config;
  private final PublicConnections connections;
  private final BooleanSupplier serving;
  private final Lookout lookout;
  private final Context owner;
  private final OrderDesk orders;
  private final Supplier<Future<Buffer>> status;
  private final PrometheusMeterRegistry metrics;
  private final PlannedAbsence catalogAbsence;
  private ServingLoop loop;

  ExtraLoop(
      FrontEndConfig config,
      PublicConnections connections,
      BooleanSupplier serving,
      PlannedAbsence catalogAbsence,
      Lookout lookout,
      Context owner,
      OrderDesk orders,
      Supplier<Future<Buffer>> status,
      PrometheusMeterRegistry metrics) {
    this.config = config;
    this.connections = connections;
    this.serving = serving;
    this.catalogAbsence = catalogAbsence;
    this.lookout = lookout;
    this.owner = owner;
    this.orders = new OrdersOfAnotherLoop(owner, orders);
    this.status = status;
    this.metrics = metrics;
  }

  @Override
  public Future<?> start() {
    loop = new ServingLoop(vertx, config, connections, catalogAbsence, serving, lookout);
    loop.observe(() -> Map.of("service", "front-end"), () -> true, loop::view, metrics);
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
