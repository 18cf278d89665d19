package toystore.catalog;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import toystore.disk.DataFolder;
import toystore.disk.DataFolderException;
import toystore.edge.Address;
import toystore.edge.FrontEndClient;
import toystore.edge.InternalServer;
import toystore.edge.Loop;
import toystore.edge.Metrics;
import toystore.edge.ProcessEnd;
import toystore.edge.ServiceClient;
import toystore.edge.StartException;
import toystore.model.Epochs;
import toystore.stock.CatalogCore;
import toystore.stock.CatalogFigures;

/** The catalog service: reads its configuration, opens its data, listens. Runs as one instance. */
public final class CatalogVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(CatalogVerticle.class);

  /** What was opened, off the event loop. */
  private record OpenedCatalog(
      CatalogConfig config, DataFolder folder, CatalogStore store, CatalogCore core) {}

  /**
   * What {@code /health} says.
   *
   * @param restockInMs until it next looks for toys that are sold out
   */
  record Health(String service, long restockInMs) {}

  /**
   * What {@code /state} says.
   *
   * @param epoch the fence, for people
   * @param grace whether it waits for the sessions of its last run to end
   */
  record CatalogView(
      String service,
      String role,
      int toys,
      int sessions,
      long fence,
      String epoch,
      int pendingChanges,
      int holds,
      int ledgerRows,
      boolean grace) {}

  private Loop loop;
  private OpenedCatalog opened;
  private CatalogService service;
  private InternalServer server;
  private int port;

  /** The port it listens on, once it is deployed. */
  public int port() {
    return port;
  }

  @Override
  public Future<?> start() {
    loop = Loop.current(vertx);
    return vertx.executeBlocking(this::open).compose(all -> {
      opened = all;
      // A verticle that failed to start is not stopped.
      return serve(all).recover(failure -> close().compose(done -> Future.failedFuture(failure)));
    });
  }

  @Override
  public Future<?> stop() {
    return server.shutdown().eventually(this::close);
  }

  private OpenedCatalog open() {
    CatalogConfig config = CatalogConfig.read(config());
    try {
      return open(config, DataFolder.open(config.data()));
    } catch (DataFolderException e) {
      throw new StartException(e.getMessage() + hint(e, config), e);
    }
  }

  private OpenedCatalog open(CatalogConfig config, DataFolder folder) {
    folder.watch(gone -> ProcessEnd.fatal(LOG, "the catalog's files", gone));
    try {
      CatalogStore store = CatalogStore.open(
          folder.file(CatalogFile.NAME),
          folder.files(),
          cause -> ProcessEnd.fatal(LOG, "the catalog cannot go on with its disk", cause));
      CatalogCore core =
          store.load(disk -> new CatalogCore(config.options(), disk, config.toys(), loop.millis()));
      store.check();
      return new OpenedCatalog(config, folder, store, core);
    } catch (DataFolderException e) {
      folder.close();
      throw e;
    }
  }

  /** Nobody else has what the ledger held: so no command can make it again. */
  private static String hint(DataFolderException e, CatalogConfig config) {
    return e.isDamage()
        ? "; put back a copy of the whole folder " + config.data()
            + " that is as new as the orders:" + " no other service has the stock and the ledger"
        : "";
  }

  private Future<Integer> serve(OpenedCatalog all) {
    CatalogConfig config = all.config;
    Metrics metrics = Metrics.ofService("catalog");
    CatalogLegs legs = new CatalogLegs(metrics);
    service = new CatalogService(
        loop,
        all.core,
        legs.timed(all.store),
        legs.timed(address -> frontEnd(config, address)),
        LOG::info,
        CatalogVerticle::endBroken);
    service.start();
    server = new InternalServer(vertx, config.token(), config.tls())
        .holding(config.data())
        .observe(
            () -> new Health("catalog", service.restockInMs()),
            () -> true,
            this::state,
            CatalogMetrics.observe(metrics, service, all.store));
    new CatalogApi(service, all.store, legs).addTo(server);
    return server.listen(config.host(), config.port()).onSuccess(actual -> {
      port = actual;
      LOG.info(
          "service=catalog became=READY address={} toys={} ledgerRows={} inGrace={}",
          Address.inWords(config.host(), actual),
          service.figures().toys(),
          service.figures().ledgerRows(),
          service.figures().inGrace());
    });
  }

  private FrontEndClient frontEnd(CatalogConfig config, String address) {
    return new FrontEndClient(
        new ServiceClient(vertx, Address.parse(address), config.token(), config.tls(), 1),
        Duration.ofMillis(config.options().leases().repushMs()));
  }

  private static void endBroken(Throwable broken) {
    LOG.error("service=catalog rule=broken", broken);
    ProcessEnd.fatal(LOG, "catalog step", broken);
  }

  private Future<Void> close() {
    service.stop();
    return vertx.executeBlocking(() -> {
      opened.store.close();
      opened.folder.close();
      return null;
    });
  }

  private CatalogView state() {
    CatalogFigures figures = service.figures();
    return new CatalogView(
        "catalog",
        "catalog",
        figures.toys(),
        figures.sessions(),
        figures.fence(),
        Epochs.text(figures.fence()),
        figures.pendingChanges(),
        figures.holds(),
        figures.ledgerRows(),
        figures.inGrace());
  }
}
