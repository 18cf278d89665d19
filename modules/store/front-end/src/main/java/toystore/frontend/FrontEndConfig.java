package toystore.frontend;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import toystore.edge.Address;
import toystore.edge.ConfigurationException;
import toystore.edge.PlannedAbsence;
import toystore.edge.ServiceClient;
import toystore.edge.Settings;
import toystore.edge.Tls;
import toystore.edge.Token;
import toystore.leader.SelectorOptions;
import toystore.leader.SelectorOptions.HealthChecks;
import toystore.leader.SelectorOptions.RefusalTimes;
import toystore.model.Epochs;

/**
 * A front-end's configuration. Optional JSON keys show their default; {@code engine} is read and
 * means nothing: the replicas say how they agree.
 *
 * @param id unique among front-ends, 1 to 1023
 * @param cache {@code {"enabled":true,"capacity":10}}
 * @param corsOrigins whose pages a browser lets use the store; none
 * @param trustedProxies addresses and networks of proxies that name their clients; none
 * @param eventLoops that serve the public port, each with its own cache; 1
 * @param handOver whether a healthy leader yields to the highest id once that is level; false
 */
record FrontEndConfig(
    int id,
    Endpoints endpoints,
    Services services,
    CacheChoice cache,
    FrontEndTimes times,
    Capacity capacity,
    Set<String> corsOrigins,
    Set<String> trustedProxies,
    int eventLoops,
    boolean handOver) {
  private static final int REPLICAS = 3;
  private static final int DESKS = 2;
  private static final int MINUTE_MS = 60_000;
  private static final int PING_CHECKS = 10;

  /**
   * Where it listens.
   *
   * @param host of the public API, with {@code port}
   * @param sharePort whether another front-end, of the same user on this machine, may listen on
   *     {@code port} too; false
   * @param publicTls of the public one, absent for none
   * @param internalHost where invalidations come in, with {@code internalPort}
   * @param advertisedHost by which the catalog reaches it; {@code internalHost}
   */
  record Endpoints(
      String host,
      int port,
      boolean sharePort,
      Optional<Tls> publicTls,
      String internalHost,
      int internalPort,
      String advertisedHost) {

    private static Endpoints of(Settings settings) {
      String internalHost = settings.host("internalHost");
      return new Endpoints(
          settings.host("host"),
          settings.port("port"),
          settings.flag("sharePort", false),
          Tls.read(settings, "publicTls"),
          internalHost,
          settings.port("internalPort"),
          settings.host("advertisedHost", internalHost));
    }
  }

  /**
   * Whom it calls: a catalog and replicas, or {@code desks} that are both.
   *
   * @param catalog absent in a store of desks
   * @param replicas address by id, of all three; of a store of desks, the two of them
   * @param token from {@code tokenFile}
   * @param tls of the internal listeners, absent for none
   */
  record Services(
      Optional<Address> catalog, Map<Integer, Address> replicas, Token token, Optional<Tls> tls) {

    private static Services of(Settings settings) {
      boolean desks = settings.has("desks");
      if (desks && (settings.has("catalog") || settings.has("replicas"))) {
        throw new ConfigurationException(
            "desks", "are the catalog and the replicas in one: name either those or these");
      }
      return new Services(
          desks ? Optional.empty() : Optional.of(settings.address("catalog")),
          desks ? addresses(settings, "desks", DESKS) : addresses(settings, "replicas", REPLICAS),
          Token.read(settings, "tokenFile"),
          Tls.read(settings, "tls"));
    }

    /** Whether catalog and order service are one, on a database. */
    boolean isDesks() {
      return catalog.isEmpty();
    }

    /** What people call the replica, or desk, of that id. */
    String name(int id) {
      return (isDesks() ? "desk-" : "order-") + id;
    }

    /** A client of one of them, with so many connections at most. */
    ServiceClient client(Vertx vertx, Address of, int connections) {
      return client(vertx, of, connections, new PlannedAbsence());
    }

    /** The same of one that may be away on purpose. */
    ServiceClient client(Vertx vertx, Address of, int connections, PlannedAbsence absence) {
      return new ServiceClient(vertx, of, token, tls, connections, absence);
    }
  }

  /** The product cache, if any, and how many toys it has room for. */
  record CacheChoice(boolean enabled, int capacity) {}

  /**
   * How long things take; each key ends in {@code Ms}.
   *
   * @param healthCheck between two checks of a service; 100
   * @param missedHealthChecks so many in a row make a service silent that answers quickly as a
   *     rule; 3
   * @param request {@code requestTimeoutMs}, 10,000: the longest a public request takes
   * @param receive {@code receiveTimeoutMs}, 10,000: the longest the head of a public request takes
   *     to come, and its body
   * @param call {@code callTimeoutMs}, 3,000: the longest one try inside it takes
   * @param idle {@code idleTimeoutMs}, 75,000: a connection on which nothing happens stays so long
   *     beyond a request's time; longer than clients usually keep one, for they should close it
   * @param grace 500: requests wait so long for a majority or catalog that is down
   * @param ready 1,000: an appointed leader has so long to become ready
   */
  record FrontEndTimes(
      Duration healthCheck,
      int missedHealthChecks,
      Duration request,
      Duration receive,
      Duration idle,
      Duration call,
      Duration grace,
      Duration ready) {

    private static FrontEndTimes of(Settings settings) {
      return new FrontEndTimes(
          settings.millis("healthCheckMs", 10, MINUTE_MS, 100),
          settings.integer("missedHealthChecks", 1, 1_000, 3),
          settings.millis("requestTimeoutMs", 100, 10 * MINUTE_MS, 10_000),
          settings.millis("receiveTimeoutMs", 100, 10 * MINUTE_MS, 10_000),
          settings.millis("idleTimeoutMs", 1_000, 60 * MINUTE_MS, 75_000),
          settings.millis("callTimeoutMs", 50, MINUTE_MS, 3_000),
          settings.millis("graceMs", 0, MINUTE_MS, 500),
          settings.millis("readyMs", 50, MINUTE_MS, 1_000));
    }

    /** So much of it makes a service silent that answers quickly as a rule. */
    Duration silence() {
      return healthCheck.multipliedBy(missedHealthChecks);
    }

    /** A ping has longer than silence needs to count: a slow answer tells that it is slow. */
    Duration ping() {
      return healthCheck.multipliedBy(Math.max(missedHealthChecks, PING_CHECKS));
    }
  }

  /**
   * How much there may be at a time.
   *
   * @param waiting {@code maxWaiting}, 10,000: orders and product queries under way, each, on an
   *     event loop
   * @param connections {@code maxConnections}, 10,000: of customers, fewer if the process may not
   *     open so many files
   * @param eventStreams {@code maxEventStreams}, 1,000: pages that listen for events of one kind,
   *     on an event loop
   * @param consolePatience {@code consolePatienceMs}, 5,000: a console that reads nothing for so
   *     long is ended
   * @param requestsPerSecond {@code maxRequestsPerSecond}, 0 for any number: of one client, told by
   *     its address, on an event loop
   */
  record Capacity(
      int waiting,
      int connections,
      int eventStreams,
      Duration consolePatience,
      int requestsPerSecond) {

    private static Capacity of(Settings settings) {
      return new Capacity(
          settings.integer("maxWaiting", 1, 1_000_000, 10_000),
          settings.integer("maxConnections", 1, 1_000_000, 10_000),
          settings.integer("maxEventStreams", 0, 100_000, 1_000),
          settings.millis("consolePatienceMs", 100, MINUTE_MS, 5_000),
          settings.integer("maxRequestsPerSecond", 0, 1_000_000, 0));
    }
  }

  static FrontEndConfig of(JsonObject json) {
    return of(Settings.of(json));
  }

  static FrontEndConfig of(Settings settings) {
    settings.text("engine", "");
    FrontEndConfig config = new FrontEndConfig(
        settings.integer("id", 1, Epochs.MAX_APPOINTER),
        Endpoints.of(settings),
        Services.of(settings),
        cacheOf(settings),
        FrontEndTimes.of(settings),
        Capacity.of(settings),
        originsOf(settings),
        proxiesOf(settings),
        settings.integer("eventLoops", 1, 64, 1),
        settings.flag("handOver", false));
    settings.refuseUnknown();
    return config;
  }

  SelectorOptions selectorOptions() {
    SelectorOptions usual =
        SelectorOptions.of(id, List.copyOf(services.replicas().keySet()));
    // The database has the books: one desk is enough.
    return (services.isDesks() ? usual.withMajority(1) : usual)
        .withHandOver(handOver)
        .with(new HealthChecks(
            times.healthCheck().toMillis(),
            times.missedHealthChecks(),
            usual.checks().pollMs()))
        .with(usual.leaderTimes().withReadyMs(times.ready().toMillis()))
        .with(new RefusalTimes(times.grace().toMillis(), times.request().toMillis()));
  }

  ProductOptions productOptions() {
    return new ProductOptions(
        id, cache.enabled(), cache.capacity(), times.healthCheck(), times.silence(), waits());
  }

  Orders.Waits waits() {
    return new Orders.Waits(times.request(), times.grace(), capacity.waiting());
  }

  /**
   * The public port, for all event loops. Vert.x has them share a port that is wanted; any free one
   * they share when each asks for the same negative number.
   */
  int sharedPort() {
    return endpoints.port() == 0 ? -id : endpoints.port();
  }

  private static Map<Integer, Address> addresses(Settings settings, String key, int count) {
    Map<Integer, Address> replicas = new LinkedHashMap<>();
    for (Settings replica : settings.sections(key)) {
      int id = replica.integer("id", 1, count);
      Address address = replica.address("address");
      replica.refuseUnknown();
      if (replicas.containsKey(id)) {
        throw replica.wrong("id", "must be unique", id);
      }
      if (replicas.containsValue(address)) {
        throw replica.wrong("address", "must be unique", address);
      }
      replicas.put(id, address);
    }
    if (replicas.size() != count) {
      throw settings.wrong(key, "must be all " + count + " " + key, replicas.size() + " of them");
    }
    return Map.copyOf(replicas);
  }

  private static Set<String> originsOf(Settings settings) {
    List<String> origins = settings.texts("corsOrigins", List.of());
    for (String origin : origins) {
      if (!Cors.isOrigin(origin)) {
        throw settings.wrong(
            "corsOrigins",
            "must be origins as browsers write them, such as https://shop.example or"
                + " http://localhost:3000, or * for any",
            origin);
      }
    }
    return Set.copyOf(origins);
  }

  private static Set<String> proxiesOf(Settings settings) {
    List<String> proxies = settings.texts("trustedProxies", List.of());
    for (String proxy : proxies) {
      if (!ClientAddresses.isNetwork(proxy)) {
        throw settings.wrong(
            "trustedProxies", "must be addresses, or networks such as 10.0.0.0/8", proxy);
      }
    }
    return Set.copyOf(proxies);
  }

  private static CacheChoice cacheOf(Settings settings) {
    return settings
        .section("cache")
        .map(section -> {
          CacheChoice cache = new CacheChoice(
              section.flag("enabled", true), section.integer("capacity", 1, 1 << 20, 10));
          section.refuseUnknown();
          return cache;
        })
        .orElse(new CacheChoice(true, 10));
  }
}
