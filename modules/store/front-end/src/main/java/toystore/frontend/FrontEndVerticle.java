package toystore.frontend;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import toystore.edge.Loop;
import toystore.edge.Metrics;
import toystore.edge.PlannedAbsence;
import toystore.edge.RequestTrail;
import toystore.frontend.FrontEndMetrics.FrontEndSeen;
import toystore.frontend.ServingLoop.LoopView;
import toystore.model.KnownLeader;

/**
 * The front-end: public API, product cache, choice of the leader. Runs as one instance, whose event
 * loop owns leader and orders; {@code eventLoops} adds more that serve the public port.
 */
public final class FrontEndVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(FrontEndVerticle.class);

  /** An event loop that was not there for longer was paused. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final List<ServingLoop> loops = new ArrayList<>();
  private final PlannedAbsence catalogAbsence = new PlannedAbsence();
  private final RequestTrail trail = RequestTrail.ofThisProcess();
  private FrontEndConfig config;
  private String service;
  private Loop loop;
  private FrontEndMetrics figures;
  private LeaderWatch watch;
  private Orders orders;
  private Lookout lookout;
  private OrderDesk desk;
  private ServingLoop.SharedByLoops shared;
  private int publicPort;
  /** The leader's id for all event loops, 0 for none; written by the owner only. */
  private volatile int leader;
  /** What other threads, such as a scrape of the metrics, may see. */
  private volatile FrontEndSeen seen;

  @Override
  public Future<?> start() {
    config = FrontEndConfig.of(config());
    service = config.id() == 1 ? "front-end" : "front-end-" + config.id();
    Metrics metrics = Metrics.ofService(service);
    loop = Loop.current(vertx);
    watch = new LeaderWatch(loop, config.selectorOptions(), PAUSE, replicas(), LOG::info);
    orders = new Orders(loop, config.waits(), watch, lines(metrics));
    lookout = lookout();
    desk = lookout.watch(orders);
    shared = new ServingLoop.SharedByLoops(
        PublicConnections.ofThisProcess(config.capacity().connections()),
        catalogAbsence,
        () -> leader,
        metrics,
        trail,
        this::isServing,
        () -> seen.canAnswer(),
        lookout);
    ServingLoop first = new ServingLoop(vertx, config, shared);
    loops.add(first);
    figures = new FrontEndMetrics(metrics, names(), see());
    look();
    first.hear(catalogAbsence);
    first.observe(this::health, this::ready, () -> seen.view());
    watch.start(this::leaderChanged, this::watchTick);
    return first
        .start(config.endpoints().internalPort(), desk, this::status, this::tick)
        .onSuccess(port -> publicPort = port)
        .compose(port -> startMoreLoops())
        .onSuccess(
            started -> LOG.info("service={} port={} loops={}", service, publicPort, loops.size()));
  }

  @Override
  public Future<?> stop() {
    // The other event loops are undeployed, and drained, before this one.
    return loops.get(0).stop().onComplete(done -> {
      watch.stop();
      orders.close();
      lookout.stop();
    });
  }

  private Lookout lookout() {
    return new Lookout(
        vertx, config, service, watch.selector(), () -> loops.get(0).view(), () -> loops.stream()
            .map(ServingLoop::shelves)
            .toList());
  }

  private void leaderChanged() {
    leader = watch.selector().leader().map(KnownLeader::id).orElse(0);
    if (leader != 0) {
      figures.hasNewLeader();
    }
    orders.leaderChanged();
    lookout.look();
  }

  private void watchTick() {
    orders.tick();
    lookout.look();
  }

  private Map<Integer, ReplicaCalls> replicas() {
    Map<Integer, ReplicaCalls> calls = new LinkedHashMap<>();
    FrontEndConfig.Services services = config.services();
    services
        .replicas()
        .forEach((id, address) -> calls.put(
            id,
            new ReplicaClient(
                services.client(vertx, address, ReplicaClient.CONNECTIONS),
                config.times().ping())));
    return calls;
  }

  private List<String> names() {
    FrontEndConfig.Services services = config.services();
    return services.replicas().keySet().stream().map(services::name).toList();
  }

  private Map<Integer, OrderLine> lines(Metrics metrics) {
    Map<Integer, OrderLine> lines = new LinkedHashMap<>();
    config
        .services()
        .replicas()
        .keySet()
        .forEach(id -> lines.put(id, new ReplicaLink(vertx, config, trail, metrics, id)));
    return lines;
  }

  /** Where the first event loop takes invalidations and questions of operators. */
  int internalPort() {
    return loops.get(0).internalPort();
  }

  int publicPort() {
    return publicPort;
  }

  private Future<Void> startMoreLoops() {
    Supplier<Future<Buffer>> status = this::status;
    List<Future<String>> started = new ArrayList<>();
    for (int i = 1; i < config.eventLoops(); i++) {
      ExtraLoop extra = new ExtraLoop(config, shared, context, desk, status);
      started.add(vertx.deployVerticle(extra).onSuccess(id -> loops.add(extra.serving())));
    }
    return Future.all(started).mapEmpty();
  }

  private void tick() {
    watch.catalogSeen(loops.get(0).catalogWatch());
    look();
  }

  private void look() {
    seen = see();
    figures.look(seen, loop.nanos());
  }

  private FrontEndSeen see() {
    List<LoopView> all = loops.stream().map(ServingLoop::view).toList();
    FrontEndView.CacheFigures cache = FrontEndView.CacheFigures.of(config.cache(), all);
    LoopView first = all.get(0);
    return new FrontEndSeen(
        FrontEndView.of(service, watch.selector(), first, cache, orders.waiting()),
        all,
        StatusView.seen(watch.selector(), config.services()),
        lookout.feed().open());
  }

  private Object health() {
    return Map.of("service", service, "id", config.id());
  }

  /** From any thread. */
  private boolean isServing() {
    return seen.view().serving();
  }

  private boolean ready() {
    FrontEndView view = seen.view();
    return view.serving() && "live".equals(view.catalog());
  }

  private FrontEndView.CacheFigures cache() {
    return FrontEndView.CacheFigures.of(
        config.cache(), loops.stream().map(ServingLoop::view).toList());
  }

  private Future<Buffer> status() {
    return Future.succeededFuture(
        StatusView.of(watch.selector(), config.services(), loops.get(0).view(), cache())
            .encode());
  }
}
