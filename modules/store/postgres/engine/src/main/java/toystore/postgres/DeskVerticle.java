package toystore.postgres;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import toystore.desk.DeskCore;
import toystore.desk.DeskStatus;
import toystore.edge.Address;
import toystore.edge.FrontEndClient;
import toystore.edge.InternalServer;
import toystore.edge.Loop;
import toystore.edge.ProcessEnd;
import toystore.edge.ServiceClient;
import toystore.edge.Settings;
import toystore.model.Epochs;
import toystore.stock.CatalogOptions.Leases;

/**
 * One desk: the catalog and the order service in one, on PostgreSQL. It keeps nothing itself. Runs
 * as one instance.
 */
public final class DeskVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(DeskVerticle.class);
  /** A turn waits for an earlier one, that nobody waits for any more, for this part of its time. */
  private static final double LOCK_PART = 0.6;

  private DeskConfig config;
  private DeskService service;
  private InternalServer server;
  private int port;

  /**
   * What {@code /state} says.
   *
   * @param durability replicated, or single where one machine is enough
   * @param lastOrder highest order number that is known to be durable, -1 for none
   * @param trouble what is wrong, for a person, or null
   */
  record DeskView(
      String service,
      String engine,
      String role,
      String epoch,
      long lastOrder,
      boolean serving,
      boolean connected,
      String durability,
      int waiting,
      int sessions,
      long pendingChanges,
      String trouble) {}

  /** The port it listens on, once it is deployed. */
  public int port() {
    return port;
  }

  @Override
  public Future<?> start() {
    config = DeskConfig.read(Settings.of(config()));
    service = service(config);
    DeskApi api = new DeskApi(config.id(), config.database().durability(), service);
    server = new InternalServer(vertx, config.token(), config.tls())
        .observe(
            api::health,
            api::isServing,
            () -> state(api),
            DeskMetrics.of(config.service(), service));
    api.addTo(server);
    return server.listen(config.host(), config.port()).onSuccess(actual -> {
      port = actual;
      service.start();
      LOG.info(
          "service={} became=READY address={} database={} durability={}",
          config.service(),
          Address.inWords(config.host(), actual),
          config.database().inWords(0),
          config.database().durability());
    });
  }

  private DeskService service(DeskConfig config) {
    Loop loop = Loop.current(vertx);
    Leases leases = config.options().leases();
    return new DeskService(
        loop,
        new DeskCore(config.options(), loop.millis()),
        new PostgresLine(
            vertx,
            config.database(),
            Offer.of(config.toys(), config.options().restocking().stock()),
            leases.sessionMs(),
            "toystore " + config.service(),
            (long) (config.options().times().turnMs() * LOCK_PART)),
        address -> new FrontEndClient(
            new ServiceClient(vertx, Address.parse(address), config.token(), config.tls(), 1),
            Duration.ofMillis(leases.repushMs())),
        fact -> LOG.info("service={} {}", config.service(), fact),
        broken -> {
          LOG.error("service={} rule=broken", config.service(), broken);
          ProcessEnd.fatal(LOG, "desk step", broken);
        });
  }

  @Override
  public Future<?> stop() {
    return server.shutdown().onComplete(done -> service.stop());
  }

  private DeskView state(DeskApi api) {
    DeskStatus status = service.status();
    return new DeskView(
        config.service(),
        DeskApi.ENGINE,
        status.role(),
        Epochs.text(status.epoch() == 0 ? Epochs.NONE : Epochs.of(status.epoch(), 0)),
        status.orders() - 1,
        api.isServing(),
        status.connected(),
        config.database().durability(),
        status.waiting(),
        status.sessions(),
        status.callingBack(),
        status.trouble());
  }
}
