package toystore.frontend;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import toystore.edge.CallFailure;
import toystore.edge.OrderMessages.Appoint;
import toystore.edge.OrderMessages.Appointed;
import toystore.edge.ServiceClient;
import toystore.leader.HealthWatch;
import toystore.leader.LeaderSelector;
import toystore.leader.LeaderSelector.Action;
import toystore.leader.LeaderSelector.Ping;
import toystore.leader.SelectorOptions;
import toystore.model.Epochs;
import toystore.model.KnownLeader;
import toystore.model.ReplicaHealth;
import toystore.purchase.RequestAge;

/** Pings and appoints as the {@link LeaderSelector} decides. Owned by one event loop. */
final class LeaderWatch {
  /** An event loop that was not there for so long was paused. */
  private static final long PAUSE_MS = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(LeaderWatch.class);
  private static final int CONNECTIONS = 16;
  private static final Duration APPOINT_TIMEOUT = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final LeaderSelector selector;
  private final long tickMs;
  private final Duration pingTimeout;
  private final Map<Integer, ServiceClient> clients = new HashMap<>();
  private final RequestAge age = new RequestAge(PAUSE_MS, MonotonicClock.millis());
  private Optional<KnownLeader> leader = Optional.empty();
  private Runnable onChange = () -> {};
  private Runnable onTick = () -> {};
  private long timer;
  private boolean stopped;

  LeaderWatch(Vertx vertx, FrontEndConfig config) {
    this.vertx = vertx;
    SelectorOptions options = config.selectorOptions();
    this.selector = new LeaderSelector(options);
    this.tickMs = options.checks().pollMs();
    this.pingTimeout = config.times().ping();
    config
        .services()
        .replicas()
        .forEach((id, address) -> clients.put(
            id,
            new ServiceClient(
                vertx, address, config.services().token(), config.services().tls(), CONNECTIONS)));
  }

  /**
   * Starts to watch.
   *
   * @param change runs whenever there is another leader, or none any more
   * @param tick runs every few milliseconds
   */
  void start(Runnable change, Runnable tick) {
    onChange = change;
    onTick = tick;
    timer = vertx.setPeriodic(1, tickMs, id -> {
      age.tick(MonotonicClock.millis());
      carryOut(selector.tick(MonotonicClock.millis()));
      onTick.run();
    });
  }

  void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
    clients.values().forEach(ServiceClient::close);
  }

  RequestAge requestAge() {
    return age;
  }

  LeaderSelector selector() {
    return selector;
  }

  /** See {@link LeaderSelector#doubted}. */
  void doubted(KnownLeader doubted, KnownLeader named) {
    carryOut(selector.doubted(MonotonicClock.millis(), doubted, named));
  }

  void catalogSeen(HealthWatch catalog) {
    carryOut(selector.catalogSeen(MonotonicClock.millis(), catalog));
  }

  private void carryOut(List<Action> actions) {
    if (stopped) {
      return;
    }
    Optional<KnownLeader> now = selector.leader();
    if (!now.equals(leader)) {
      leader = now;
      LOG.info("leader={}", now.map(LeaderWatch::text).orElse("none"));
      onChange.run();
    }
    for (Action action : actions) {
      if (action instanceof Ping ping) {
        ping(ping.replica(), ping.sentMs());
      } else if (action instanceof LeaderSelector.Appoint appoint) {
        appoint(appoint);
      } else {
        throw new AssertionError(action);
      }
    }
  }

  private void ping(int replica, long sentMs) {
    clients
        .get(replica)
        .get("/health", ReplicaHealth.class, pingTimeout)
        .onSuccess(health -> age.read(health.catalogClockMs(), MonotonicClock.millis()))
        .onComplete(answer -> carryOut(
            answer.succeeded() && answer.result().id() == replica
                ? selector.answered(MonotonicClock.millis(), sentMs, answer.result())
                : silent(answer.cause())
                    ? selector.unanswered(MonotonicClock.millis(), replica)
                    : selector.broken(MonotonicClock.millis(), replica)));
  }

  private void appoint(LeaderSelector.Appoint appoint) {
    if (appoint.replica() == appoint.leader()) {
      LOG.info("appoint={} epoch={}", appoint.leader(), Epochs.text(appoint.epoch()));
    }
    clients
        .get(appoint.replica())
        .post(
            "/appoint",
            new Appoint(appoint.epoch(), appoint.leader()),
            Appointed.class,
            APPOINT_TIMEOUT)
        .onSuccess(answer -> carryOut(selector.appointed(
            MonotonicClock.millis(), appoint.replica(), appoint.epoch(), answer.promised())));
    // Who does not answer an appointment does not answer pings either; those count.
  }

  private static boolean silent(Throwable failure) {
    return failure instanceof CallFailure call && call.kind() == CallFailure.Kind.SILENT;
  }

  private static String text(KnownLeader leader) {
    return leader.id() + " epoch=" + Epochs.text(leader.epoch());
  }
}
