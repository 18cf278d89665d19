package toystore.frontend;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import toystore.edge.Address;
import toystore.edge.Settings;
import toystore.edge.Tls;
import toystore.edge.Token;
import toystore.leader.SelectorOptions;
import toystore.model.Epochs;

/**
 * A front-end's configuration; the JSON keys are these names. Optional keys show their default.
 *
 * @param id unique among front-ends, 1 to 1023
 * @param host where the public API listens, with {@code port}
 * @param internalHost where invalidations come in, with {@code internalPort}
 * @param advertisedHost by which the catalog reaches it; {@code internalHost}
 * @param token from {@code tokenFile}
 * @param appoints {@code engine}: whether it is primary-backup (the default), not raft
 * @param replicas address by id, of all three
 * @param cache {@code {"enabled":true,"capacity":10}}
 * @param healthCheck {@code healthCheckMs}, 100
 * @param missedHealthChecks so many in a row make a service silent that answers quickly as a rule; 3
 * @param requestTimeout {@code requestTimeoutMs}, 10,000: the longest a public request takes
 * @param receiveTimeout {@code receiveTimeoutMs}, 10,000: the longest the head of a public request
 *     takes to come, and its body
 * @param callTimeout {@code callTimeoutMs}, 3,000: the longest one try inside it takes
 * @param grace {@code graceMs}, 500: requests wait so long for a majority or catalog that is down
 * @param ready {@code readyMs}, 1,000: an appointed leader has so long to become ready
 * @param maxWaiting orders and product queries under way, each, on an event loop; 10,000
 * @param maxConnections of customers at a time, fewer if the process may not open so many files;
 *     10,000
 * @param corsOrigins whose pages a browser lets use the store; none
 * @param eventLoops that serve the public port, each with its own cache; 1
 * @param handOver whether a healthy leader yields to the highest id once that is level; false
 * @param tls of the internal listeners, absent for none
 * @param publicTls of the public one, absent for none
 */
record FrontEndConfig(
    int id,
    String host,
    int port,
    String internalHost,
    int internalPort,
    String advertisedHost,
    Token token,
    Address catalog,
    boolean appoints,
    Map<Integer, Address> replicas,
    Cache cache,
    Duration healthCheck,
    int missedHealthChecks,
    Duration requestTimeout,
    Duration receiveTimeout,
    Duration callTimeout,
    Duration grace,
    Duration ready,
    int maxWaiting,
    int maxConnections,
    Set<String> corsOrigins,
    int eventLoops,
    boolean handOver,
    Optional<Tls> tls,
    Optional<Tls> publicTls) {
  private static final List<String> ENGINES = List.of("primary-backup", "raft");
  private static final int REPLICAS = 3;
  private static final int MINUTE_MS = 60_000;
  private static final int PING_CHECKS = 10;

  /** The product cache, if any, and how many toys it has room for. */
  record Cache(boolean enabled, int capacity) {}

  static FrontEndConfig of(JsonObject json) {
    Settings settings = Settings.of(json);
    String internalHost = settings.host("internalHost");
    FrontEndConfig config = new FrontEndConfig(
        settings.integer("id", 1, Epochs.MAX_APPOINTER),
        settings.host("host"),
        settings.port("port"),
        internalHost,
        settings.port("internalPort"),
        settings.host("advertisedHost", internalHost),
        Token.read(settings, "tokenFile"),
        settings.address("catalog"),
        settings.oneOf("engine", ENGINES, ENGINES.get(0)).equals(ENGINES.get(0)),
        replicas(settings),
        cache(settings),
        settings.millis("healthCheckMs", 10, MINUTE_MS, 100),
        settings.integer("missedHealthChecks", 1, 1_000, 3),
        settings.millis("requestTimeoutMs", 100, 10 * MINUTE_MS, 10_000),
        settings.millis("receiveTimeoutMs", 100, 10 * MINUTE_MS, 10_000),
        settings.millis("callTimeoutMs", 50, MINUTE_MS, 3_000),
        settings.millis("graceMs", 0, MINUTE_MS, 500),
        settings.millis("readyMs", 50, MINUTE_MS, 1_000),
        settings.integer("maxWaiting", 1, 1_000_000, 10_000),
        settings.integer("maxConnections", 1, 1_000_000, 10_000),
        corsOrigins(settings),
        settings.integer("eventLoops", 1, 64, 1),
        settings.flag("handOver", false),
        Tls.read(settings, "tls"),
        Tls.read(settings, "publicTls"));
    settings.refuseUnknown();
    return config;
  }

  SelectorOptions selectorOptions() {
    SelectorOptions usual = SelectorOptions.of(id, new ArrayList<>(replicas.keySet()), appoints);
    return new SelectorOptions(
        usual.frontEnd(),
        usual.replicas(),
        appoints,
        handOver,
        healthCheck.toMillis(),
        missedHealthChecks,
        usual.pollMs(),
        usual.decideMs(),
        ready.toMillis(),
        usual.notServingMs(),
        usual.passOverMs(),
        grace.toMillis(),
        requestTimeout.toMillis(),
        usual.urgeMs());
  }

  /**
   * The public port, for all event loops. Vert.x has them share a port that is wanted; any free one
   * they share when each asks for the same negative number.
   */
  int sharedPort() {
    return port == 0 ? -id : port;
  }

  /** So much of it makes a service silent that answers quickly as a rule. */
  Duration silence() {
    return healthCheck.multipliedBy(missedHealthChecks);
  }

  /** A ping has longer than silence needs to count: a slow answer tells that it is slow. */
  Duration pingTimeout() {
    return healthCheck.multipliedBy(Math.max(missedHealthChecks, PING_CHECKS));
  }

  private static Map<Integer, Address> replicas(Settings settings) {
    Map<Integer, Address> replicas = new LinkedHashMap<>();
    for (Settings replica : settings.sections("replicas")) {
      int id = replica.integer("id", 1, REPLICAS);
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
    if (replicas.size() != REPLICAS) {
      throw settings.wrong(
          "replicas", "must be all " + REPLICAS + " replicas", replicas.size() + " of them");
    }
    return Map.copyOf(replicas);
  }

  private static Set<String> corsOrigins(Settings settings) {
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

  private static Cache cache(Settings settings) {
    return settings
        .section("cache")
        .map(section -> {
          Cache cache =
              new Cache(section.flag("enabled", true), section.integer("capacity", 1, 1 << 20, 10));
          section.refuseUnknown();
          return cache;
        })
        .orElse(new Cache(true, 10));
  }
}
