package toystore.frontend;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import toystore.console.ConsolePicture;
import toystore.console.ConsolePicture.CacheShelves;
import toystore.console.Outlook;
import toystore.console.PurchaseWaits;
import toystore.console.Story;
import toystore.edge.Loop;
import toystore.edge.ServiceClient;
import toystore.leader.LeaderSelector;
import toystore.replication.LogGlance;
import toystore.stock.CatalogGlance;

/**
 * Looks at the store for the consoles: at what this front-end knows anyway all the time, and at the
 * other services while a console is open. It reads only. Owned by one event loop.
 */
final class Lookout {
  private static final long LATE_MS = 250;
  private static final long SECOND_MS = 1_000;
  private static final String GLANCE = "/glance";

  private final Loop loop;
  private final FrontEndConfig config;
  private final String service;
  private final LeaderSelector selector;
  private final Supplier<ServingLoop.LoopView> firstLoop;
  private final Supplier<List<CacheShelves>> caches;
  private final Optional<ServiceClient> catalog;
  private final Map<Integer, ServiceClient> replicas = new HashMap<>();
  private final Set<String> asked = new HashSet<>();
  private final PurchaseWaits waits = new PurchaseWaits();
  private final ConsolePicture picture = new ConsolePicture(new Story(waits));
  private final ServedSeconds seconds = new ServedSeconds();
  private final ConsoleFeed feed;
  private TimedDesk desk;

  /**
   * @param firstLoop what an event loop sees of the catalog, or of the desk in office
   * @param caches of all event loops
   */
  Lookout(
      Vertx vertx,
      FrontEndConfig config,
      String service,
      LeaderSelector selector,
      Supplier<ServingLoop.LoopView> firstLoop,
      Supplier<List<CacheShelves>> caches) {
    this.loop = Loop.current(vertx);
    this.config = config;
    this.service = service;
    this.selector = selector;
    this.firstLoop = firstLoop;
    this.caches = caches;
    FrontEndConfig.Services services = config.services();
    this.catalog = services.catalog().map(at -> services.client(vertx, at, 1));
    // A desk has no log of its own to look at.
    if (!services.isDesks()) {
      services.replicas().forEach((id, at) -> replicas.put(id, services.client(vertx, at, 1)));
    }
    this.feed = new ConsoleFeed(loop, picture, this::gather, config.capacity().eventStreams());
  }

  /** The order desk, with a clock. */
  OrderDesk watch(OrderDesk orders) {
    desk = new TimedDesk(loop, orders, waits);
    return desk;
  }

  ConsoleFeed feed() {
    return feed;
  }

  /** Queries that one event loop has answered within a second. Any thread. */
  void served(Histogram queries) {
    loop.execute(() -> seconds.queries(queries));
  }

  /** To be called every few milliseconds, and whenever the leader changes. */
  void look() {
    long dayMs = System.currentTimeMillis();
    desk.times().roll(dayMs / SECOND_MS, seconds::purchases);
    seconds.failed(desk.takeFailed());
    // By then the other event loops have told their part.
    seconds.take((dayMs - LATE_MS) / SECOND_MS).forEach(picture::second);
    ServingLoop.LoopView view = firstLoop.get();
    Optional<String> durability = config.services().isDesks()
        ? Optional.of(Optional.ofNullable(view.durability()).orElse("unknown"))
        : Optional.empty();
    Outlook outlook = Outlook.of(
        selector.leader(), selector.serving(), view.catalog(), selector.seen(), durability);
    if (picture.look(service, loop.millis(), dayMs, outlook) || feed.open() == 0) {
      feed.publish();
    }
  }

  private void gather() {
    // Who opens a console just when this front-end has started gets a picture, too.
    look();
    picture.caches(caches.get());
    replicas.forEach((id, client) ->
        ask("order-" + id, client, LogGlance.class, found -> picture.replica(id, found)));
    catalog.ifPresent(client -> ask(
        "catalog",
        client,
        CatalogGlance.class,
        found -> picture.catalog(System.currentTimeMillis(), found)));
  }

  /** One question at a time: who is slow is asked less. */
  private <T> void ask(String name, ServiceClient client, Class<T> type, Consumer<T> take) {
    if (asked.add(name)) {
      client
          .get(GLANCE, type, config.times().ping())
          .onComplete(answer -> asked.remove(name))
          .onSuccess(take::accept);
    }
  }

  Future<Void> stop() {
    feed.stop();
    List<Future<Void>> closed = new ArrayList<>();
    catalog.ifPresent(client -> closed.add(client.close()));
    replicas.values().forEach(client -> closed.add(client.close()));
    return Future.join(closed).mapEmpty();
  }
}
