package toystore.order;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import toystore.disk.DataFolder;
import toystore.disk.DataFolderException;
import toystore.edge.InternalServer;
import toystore.edge.Loop;
import toystore.edge.MessageFormat;
import toystore.edge.PlannedAbsence;
import toystore.edge.ProcessEnd;
import toystore.edge.Settings;
import toystore.edge.StartException;
import toystore.purchase.LogOrders;
import toystore.purchase.OrderMessages;
import toystore.purchase.PurchaseSettings;
import toystore.purchase.Purchases;
import toystore.replication.ContradictionException;
import toystore.replication.FencedCore;
import toystore.replication.Message;

/**
 * One order replica, with the primary-backup engine; a subclass brings another engine. It owns its
 * data folder, and runs as one instance: all its state belongs to its event loop.
 */
public class OrderVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(OrderVerticle.class);
  private static final int TICK_MS = 10;

  private final Engine engine;
  private DataFolder folder;
  private ReplicaShell replica;
  private PurchaseShell purchases;
  private final PlannedAbsence catalogAbsence = new PlannedAbsence();
  private CatalogClient catalog;
  private PeerLinks peers;
  private DurableLog log;
  private InternalServer server;
  private int port;
  private long timer;

  public OrderVerticle() {
    this(new PrimaryBackupEngine());
  }

  protected OrderVerticle(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Future<?> start() {
    OrderConfig config = OrderConfig.read(Settings.of(config()), engine);
    return vertx
        .executeBlocking(() -> open(config))
        .compose(opened -> serve(config, opened))
        .recover(failure -> closeAll().transform(ended -> Future.failedFuture(failure)));
  }

  private Engine.OpenedEngine open(OrderConfig config) {
    Path path = config.data();
    try {
      folder = DataFolder.open(path);
      folder.watch(gone -> ProcessEnd.fatal(LOG, config.service() + " files", gone));
      return engine.open(config, folder, failure -> {
        endIfDamaged(config.service(), failure);
        ProcessEnd.fatal(LOG, config.service() + " write", failure);
      });
    } catch (DataFolderException e) {
      throw new StartException(e.getMessage() + hint(e, config.service()), e);
    }
  }

  private static String hint(DataFolderException e, String service) {
    return e.isDamage()
        ? "; to fetch its orders anew from the other replicas: bin/toystore rebuild " + service
        : "";
  }

  /** Everything between disk, peers and catalog. */
  private OrderService assemble(
      OrderConfig config, Engine.OpenedEngine opened, OrderMetrics metrics) {
    Loop loop = Loop.current(vertx);
    catalog = new CatalogClient(vertx, config, catalogAbsence, metrics.trail());
    peers = new PeerLinks(vertx, config, engine.messageFormat(), metrics);
    log = opened.log();
    replica = new ReplicaShell(
        loop,
        config.id(),
        new ReplicaShell.Parts(new FencedCore(opened.core()), log, opened.orders(), opened.book()),
        peers,
        new Proofs(loop, config.queryTimeout()),
        metrics,
        broken -> endBroken(config.service(), broken));
    Purchases core = new Purchases(
        settings(config),
        new SecureRandom().nextLong(),
        LogOrders.of(opened.book(), opened.core()::unapplied));
    purchases = new PurchaseShell(loop, config.id(), replica, core, catalog, metrics);
    replica.listen(purchases);
    return new OrderService(
        config.service(), engine.name(), replica, purchases, opened.book(), numbers -> opened
            .older()
            .read(numbers, loop));
  }

  private Future<Integer> serve(OrderConfig config, Engine.OpenedEngine opened) {
    MessageFormat format = engine.messageFormat();
    OrderMetrics metrics = new OrderMetrics(config.service(), config.id());
    OrderService service = assemble(config, opened, metrics);
    metrics.observe(opened.orders(), log, service);
    server = new InternalServer(vertx, config.token(), config.tls())
        .holding(config.data())
        .observe(service::health, service::isServing, service::state, metrics.metrics())
        .post("/appoint", OrderMessages.Appointment.class, service::appoint)
        .post("/buy", OrderMessages.Buy.class, (buy, requests) -> {
          metrics.trail().read(requests, buy.requests());
          return service.buy(buy);
        })
        .post("/query", OrderMessages.OrderQuery.class, service::query)
        .exchange("/replicate", (body, requests) -> {
          Message message = format.decode(body);
          metrics.noteRequests(message, requests);
          long cameNanos = System.nanoTime();
          return replica
              .receive(message)
              .andThen(reply -> metrics.replied(message, System.nanoTime() - cameNanos))
              .map(format::encode);
        })
        .get("/summary", service::summary)
        .get("/glance", service::glance)
        .announces(catalogAbsence);
    purchases.start();
    return server.listen(config.host(), config.port()).onSuccess(actual -> {
      port = actual;
      tickLater();
      LOG.info(
          "replica={} engine={} port={} orders={}",
          config.id(),
          engine.name(),
          actual,
          opened.book().count());
    });
  }

  private static void endBroken(String service, Throwable broken) {
    if (broken instanceof ContradictionException) {
      LOG.error(
          "service={} cannot go on: {}; if the leader's orders are the right ones, stop {} and fetch"
              + " them anew: bin/toystore rebuild {}",
          service,
          broken.getMessage(),
          service,
          service);
      ProcessEnd.with(1);
    }
    endIfDamaged(service, broken);
    LOG.error("service={} rule=broken", service, broken);
    ProcessEnd.fatal(LOG, service + " step", broken);
  }

  /** Older files are read while it runs, too: where a follower asks, and by a check. */
  private static void endIfDamaged(String service, Throwable failure) {
    if (failure instanceof DataFolderException damage && damage.isDamage()) {
      String words = damage.getMessage() + hint(damage, service);
      LOG.error("service={} cannot go on: {}", service, words);
      ProcessEnd.with(1);
    }
  }

  /** One by one: after a stall, a burst of ticks would look like everybody else's silence. */
  private void tickLater() {
    timer = vertx.setTimer(TICK_MS, fired -> {
      tickLater();
      replica.tick();
      purchases.tick();
    });
  }

  private static PurchaseSettings settings(OrderConfig config) {
    PurchaseSettings usual = PurchaseSettings.DEFAULT;
    return new PurchaseSettings(
        config.maxUnderWay(),
        usual.maxBatch(),
        config.reserveBatches(),
        ticks(config.purchaseTimeout()),
        usual.retryTicks(),
        ticks(config.catalogGrace()),
        ticks(config.majorityGrace()),
        usual.probeTicks(),
        usual.suspectTicks(),
        usual.sweepTicks(),
        usual.sweepAgeMs(),
        usual.settleTicks());
  }

  private static int ticks(Duration duration) {
    return (int) (duration.toMillis() / TICK_MS);
  }

  /** The port it listens on, once started. */
  int port() {
    return port;
  }

  @Override
  public Future<?> stop() {
    // The successor needs this replica until it leads: its vote, perhaps, and the word to stand.
    Future<Void> resigned = replica.resign();
    // Whoever waits is sent to the next leader; nothing is bought from here on.
    purchases.close();
    return resigned
        .transform(done -> {
          vertx.cancelTimer(timer);
          purchases.close();
          return server.shutdown();
        })
        .transform(ended -> closeAll());
  }

  private Future<Void> closeAll() {
    if (replica == null) {
      closeFolder();
      return Future.succeededFuture();
    }
    // The replica first: no turn calls a peer or the catalog over lines that are closed.
    replica.close();
    return peers
        .close()
        .transform(ended -> vertx.executeBlocking(() -> {
          log.close();
          return null;
        }))
        .transform(ended -> catalog.close())
        .andThen(ended -> closeFolder());
  }

  private void closeFolder() {
    if (folder != null) {
      folder.close();
    }
  }
}
